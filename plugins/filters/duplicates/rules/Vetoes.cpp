#include "Vetoes.hpp"

namespace winnow::duplicates {

namespace {

bool byIdentifier(Rule joining) { return joining <= kDoiAndPlace; }

/// Erratum, reply and retraction are works of their own. A citation behind an otherwise equal title is only a remark
/// if both stand at one place.
bool notice(const Comparison& c, Rule) {
  if (!c.title.noticesDiffer) return false;
  constexpr double kSameLetters = 0.95;  // a heading such as "Erratum:" takes more than that
  const bool onlyRemark = c.title.similarity >= kSameLetters && !c.title.meaningDiffers;
  return !(onlyRemark && (c.samePlace() || (c.doi == Agreement::equal && !contradicts(c.pages))));
}

/// The same pages of the same volume, or the same article number: whatever the titles say, it is one text.
bool isOneText(const Comparison& c) {
  const bool sameVolume = agrees(c.volume) || (c.volume == Agreement::empty && agrees(c.issue) && c.yearGap == 0);
  return c.authors.agree() && (c.isSameNumber || (c.isSameSpan && sameVolume));
}

/// "Part 1" and "Part 2"; "2010" and "2012".
bool numbers(const Comparison& c, Rule joining) {
  if (!c.title.numbersDiffer || byIdentifier(joining) || isOneText(c)) return false;
  if (!c.title.isContained) return true;
  return !c.samePlace() && !(c.title.onlyYearsDiffer && c.sameIssue());  // "Trends in ...: 1981-1985"
}

bool meaning(const Comparison& c, Rule joining) {
  if (!c.title.meaningDiffers || byIdentifier(joining) || isOneText(c)) return false;
  return !(c.title.isContained && c.samePlace());
}

/// A title translated keeps its abstract, which databases give in English.
bool foreignWords(const Comparison& c, Rule joining) {
  if (joining == kSamePages) return c.otherAbstract() && !c.title.isContained && c.title.foreignInLonger > 0;
  const bool isKnown =
      byIdentifier(joining) && joining != kDoiAndTitle;  // a supplement may have one DOI for all its abstracts
  if (c.isLikelySlip()) return false;
  return c.title.foreignInShorter > 0 && c.title.foreignInLonger > 0 && !isKnown && !c.isTranslation && !isOneText(c);
}

bool elsewhere(const Comparison& c, Rule joining) { return c.contradictions() >= 2 && !byIdentifier(joining); }

/// Both records name people, and nobody is in both: letters under one headline, a reply, an erratum by the editors.
/// Only the same three pages or more say that the names of one record are damaged.
bool otherPeople(const Comparison& c, Rule joining) {
  return c.authors.contradict() && !byIdentifier(joining) && !(c.isSameSpan && agrees(c.volume));
}

/// A work has one DOI. Databases mistake it; then title, authors, issue and page are the same.
bool otherDoi(const Comparison& c, Rule) {
  if (!contradicts(c.doi)) return false;
  const bool isOneText = c.title.similarity >= 0.95 && c.title.harmless() && !c.title.hasDoubtfulWord &&
                         c.authors.agree() && !contradicts(c.issue) &&
                         (c.samePlace() || (agrees(c.pages) && c.abstract >= 0.9) ||
                          (c.title.equal() && c.sameTeamInIssue() && c.pages == Agreement::empty));
  return c.isGeneric || !isOneText;
}

/// Registers and databases keep doublets of one article under two numbers; only at one place, with one title.
bool otherId(const Comparison& c, Rule) {
  if (!contradicts(c.pmid) && !contradicts(c.accession)) return false;
  if (c.doi == Agreement::equal && c.title.equal()) return false;
  return contradicts(c.pmid) || !c.title.equal() || !c.samePlace();
}

bool otherTrial(const Comparison& c, Rule) { return contradicts(c.trial); }

/// Exports call many things an article; so an article and an abstract of a meeting are told apart by journal and
/// volume, and are one text if their abstracts are. Where one names no volume, the pages must agree, or neither may
/// name any: one that does is the full article.
bool kind(const Comparison& c, Rule joining) {
  if (byIdentifier(joining) || c.samePlace()) return false;
  const bool fits = !contradicts(c.volume) && c.title.equal() && c.yearGap == 0 && (agrees(c.pages) || c.hasNoPages);
  const bool sameVolume = agrees(c.journal) && (agrees(c.volume) || fits);
  return c.kindsDiffer || (c.isMeetingPair && !sameVolume && c.abstract < 0.8);
}

bool preprint(const Comparison& c, Rule) { return c.isPreprintPair; }

/// ".pub2" and ".pub3"; a Cochrane review of another year, or of another issue of the year, is another version.
bool version(const Comparison& c, Rule joining) {
  if (!c.sameVersion && c.doi == Agreement::equal) return true;
  return c.inCochrane && (c.yearGap > 0 || contradicts(c.issue)) && joining != kDoiAndTitle;
}

constexpr double kEnoughForShort = 5.0;  // two authors, journal and year beside a title of two words

/// Titles that say nothing: editorials of one volume, replies of one issue, columns. Page and issue tell that two are
/// one; a title that says little by itself, but does not recur, needs volume, journal and authors.
bool section(const Comparison& c, Rule joining) {
  if (!c.isGeneric || byIdentifier(joining)) return false;
  if (c.otherAbstract()) return true;
  const bool sameRange = c.isSameRange && agrees(c.volume) && c.authors.agree();
  if (contradicts(c.issue)) return !sameRange;
  if (c.samePages()) return false;
  if (c.abstract >= 0.9 && c.authors.agree()) return false;
  const bool sameIssue = c.sameIssue() && c.title.equal() && c.contradictions() == 0;
  if (c.isEditorial) return !sameIssue;
  if (c.isSection) return true;
  if (c.recurs) return !sameIssue || !agrees(c.pages);
  if (!agrees(c.journal) || !c.authors.agree() || c.contradictions() > 0) return true;
  return !agrees(c.volume) && c.weight < kEnoughForShort;
}

struct VetoEntry {
  Rule rule;
  bool (*holds)(const Comparison&, Rule);
};
constexpr VetoEntry kVetoes[] = {
    {kNotice, notice},           {kNumbers, numbers},     {kMeaning, meaning},   {kForeignWords, foreignWords},
    {kOtherPeople, otherPeople}, {kElsewhere, elsewhere}, {kOtherDoi, otherDoi}, {kOtherId, otherId},
    {kOtherTrial, otherTrial},   {kPreprint, preprint},   {kKind, kind},         {kVersion, version},
    {kSection, section}};

/// Vetoes that hold between versions of one work as well; the others are what versions differ in.
bool concernsVersions(Rule rule) {
  return rule == kNotice || rule == kNumbers || rule == kMeaning || rule == kOtherTrial;
}

}  // namespace

std::optional<Rule> veto(const Comparison& comparison, Rule joining, const Policy& policy) {
  if (joining == kIdentical) return std::nullopt;
  for (const VetoEntry& entry : kVetoes) {
    if (policy.off[entry.rule] || (joining == kVersions && !concernsVersions(entry.rule))) continue;
    if (entry.holds(comparison, joining)) return entry.rule;
  }
  return std::nullopt;
}

}  // namespace winnow::duplicates
