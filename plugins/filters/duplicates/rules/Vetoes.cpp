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
  return (c.isSameSpan && agrees(c.volume) && c.authors.agree()) || (c.isSameNumber && c.authors.agree());
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
  if (joining == kTranslated) return c.otherAbstract() && !c.title.isContained && c.title.foreignInLonger > 0;
  const bool isKnown =
      byIdentifier(joining) && joining != kDoiAndTitle;  // a supplement may have one DOI for all its abstracts
  return c.title.foreignInShorter > 0 && c.title.foreignInLonger > 0 && !isKnown && !c.isTranslation && !isOneText(c);
}

bool elsewhere(const Comparison& c, Rule joining) { return c.contradictions() >= 2 && !byIdentifier(joining); }

/// A work has one DOI. Databases mistake it; then at least title and place are the same.
bool otherDoi(const Comparison& c, Rule) {
  if (!contradicts(c.doi)) return false;
  if (c.title.equal() && c.sameIssue() && c.contradictions() == 0 && !c.isGeneric) return false;
  return c.pages != Agreement::equal || contradicts(c.volume) || (c.title.similarity < 0.9 && !c.title.isContained);
}

/// Registers and databases keep doublets of one article under two numbers; only at one place, with one title.
bool otherId(const Comparison& c, Rule) {
  if (!contradicts(c.pmid) && !contradicts(c.accession)) return false;
  if (c.doi == Agreement::equal && c.title.equal()) return false;
  return contradicts(c.pmid) || !c.title.equal() || !c.samePlace();
}

bool otherTrial(const Comparison& c, Rule) { return contradicts(c.trial); }

/// Exports call many things an article; so an article and an abstract of a meeting are told apart by journal and
/// volume, and are one text if their abstracts are.
bool kind(const Comparison& c, Rule joining) {
  if (byIdentifier(joining) || c.samePlace()) return false;
  const bool sameVolume = agrees(c.journal) && agrees(c.volume);
  return c.kindsDiffer || (c.isMeetingPair && !sameVolume && c.abstract < 0.8);
}

bool preprint(const Comparison& c, Rule) { return c.isPreprintPair; }

/// ".pub2" and ".pub3"; a Cochrane review of another year, or of another issue of the year, is another version.
bool version(const Comparison& c, Rule joining) {
  if (!c.sameVersion && c.doi == Agreement::equal) return true;
  return c.inCochrane && (c.yearGap > 0 || contradicts(c.issue)) && joining != kDoiAndTitle;
}

/// Titles that say nothing: editorials of one volume, replies of one issue. The same pages, or for what an issue has
/// once the same issue, tell that two are one; a short title of its own needs volume, journal and authors.
bool section(const Comparison& c, Rule joining) {
  if (!c.isGeneric || byIdentifier(joining) || c.pages == Agreement::equal) return false;
  if (c.isSection) return !(c.sameIssue() && c.title.equal() && c.isEditorial && c.contradictions() == 0);
  return !(agrees(c.volume) && agrees(c.journal) && c.authors.agree() && c.contradictions() == 0);
}

struct Entry {
  Rule rule;
  bool (*holds)(const Comparison&, Rule);
};
constexpr Entry kEntries[] = {
    {kNotice, notice},       {kNumbers, numbers},   {kMeaning, meaning}, {kForeignWords, foreignWords},
    {kElsewhere, elsewhere}, {kOtherDoi, otherDoi}, {kOtherId, otherId}, {kOtherTrial, otherTrial},
    {kPreprint, preprint},   {kKind, kind},         {kVersion, version}, {kSection, section}};

/// Vetoes that hold between versions of one work as well; the others are what versions differ in.
bool concernsVersions(Rule rule) {
  return rule == kNotice || rule == kNumbers || rule == kMeaning || rule == kOtherTrial;
}

}  // namespace

std::optional<Rule> veto(const Comparison& comparison, Rule joining, const Policy& policy) {
  if (joining == kIdentical) return std::nullopt;
  for (const Entry& entry : kEntries) {
    if (policy.off[entry.rule] || (joining == kVersions && !concernsVersions(entry.rule))) continue;
    if (entry.holds(comparison, joining)) return entry.rule;
  }
  return std::nullopt;
}

}  // namespace winnow::duplicates
