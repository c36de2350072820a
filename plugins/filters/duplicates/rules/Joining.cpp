#include "Joining.hpp"

#include <algorithm>

#include "evidence/Weights.hpp"

namespace winnow::duplicates {

namespace {

constexpr double kSameTitle = 0.95;    // misprints, spelling
constexpr double kNearTitle = 0.85;    // damaged, a word more or less
constexpr int kWrongYear = 3;          // years that databases are wrong by
constexpr double kOtherWording = 0.6;  // worded otherwise, the same subject
// Bits of weight. On nine labelled sets no pair more is joined wrongly for any value from -3 to 4; at 2.5 forty true
// pairs of 10,100 more go to people, at 4 a hundred and eighty (tests/bench/dedup_rules.py).
constexpr double kEnough = 1.0;
// Two parts of one title follow each other in the volume: 263-267 and 269-276, by one author, weigh less.
constexpr double kEnoughForSlip = 3.0;
constexpr double kLooseTitle = 0.75;  // enough beside an identifier

/// The same title for people: nearly the same letters, or without its subtitle.
bool sameTitle(const Comparison& c) {
  if (c.title.isMissing) return false;
  return c.title.similarity >= kSameTitle || (c.title.isContained && c.title.foreignInShorter == 0);
}

/// Words that may be two need more than journal and year: the page, or one team in one regular issue.
bool hasPlace(const Comparison& c) { return c.samePlace() || (agrees(c.volume) && agrees(c.pages)); }

/// Nothing but small words, misprints and forms of one word differ.
bool sameWords(const Comparison& c) {
  const bool noForeign = c.title.foreignInShorter == 0 && c.title.foreignInLonger == 0;
  return !c.title.isMissing && c.title.similarity >= kNearTitle && noForeign && c.title.harmless();
}

/// The title is the same beyond doubt: what differs is no word, or stands where two works hardly can. One team in one
/// regular issue may even have left out a word of it.
bool sureTitle(const Comparison& c) {
  const bool wordLeftOut = !c.title.isMissing && c.title.similarity >= kNearTitle && c.title.foreignInShorter == 0 &&
                           c.title.harmless() && c.sameTeamInIssue() && c.authors.matched >= 2;
  if (!sameTitle(c) && !sameWords(c) && !wordLeftOut) return false;
  return !c.title.hasDoubtfulWord || hasPlace(c) || (c.sameTeamInIssue() && c.title.similarity >= kNearTitle);
}

/// The very same people: all of a list, and more than one, or the only one of both.
bool sameTeam(const Comparison& c) {
  return c.authors.share >= 0.95 && (c.authors.matched >= 2 || c.authors.sameCount);
}

bool titleFits(const Comparison& c, double floor) {
  return c.title.isMissing || c.title.similarity >= floor || c.title.isContained || c.isTranslation;
}

bool authorsAgreeOrMissing(const Comparison& c) {
  return c.authors.isMissing || c.authors.agree() || c.authors.sameFirst;
}

/// Years known to be near, or unknown.
bool nearYear(const Comparison& c, const Policy& policy) { return c.yearGap <= policy.yearGap; }
bool sameYear(const Comparison& c) { return c.yearGap == 0; }

/// All fields say the same, and they name a work; or the records are equal byte for byte and come from two files. An
/// empty record is no duplicate of an empty record: what tells them apart stands in fields that nobody read.
bool identical(const Comparison& c, const Policy&) {
  if (c.isEmpty) return false;
  if (c.sameBytes && c.otherFile) return true;
  if (!c.sameContent || !c.namesWork || c.otherAbstract()) return false;
  return !c.isGeneric || c.samePlace() || c.doi == Agreement::equal || c.pmid == Agreement::equal;
}

bool samePubMed(const Comparison& c, const Policy&) { return c.pmid == Agreement::equal && titleFits(c, 0.6); }

bool sameTrial(const Comparison& c, const Policy&) {
  return c.trial == Agreement::equal && !c.kindsDiffer && titleFits(c, 0.6);
}

bool sameAccession(const Comparison& c, const Policy&) {
  return c.accession == Agreement::equal && titleFits(c, kLooseTitle) && authorsAgreeOrMissing(c);
}

/// Abstracts of a meeting may share the DOI of the supplement: titles that are only alike need pages that do not
/// differ.
bool doiAndTitle(const Comparison& c, const Policy&) {
  if (c.doi != Agreement::equal || c.title.isMissing) return false;
  if (c.title.similarity < kSameTitle && contradicts(c.pages)) return false;
  return (c.title.similarity >= kLooseTitle || c.title.isContained) && !c.authors.contradict();
}

bool doiAndPlace(const Comparison& c, const Policy&) {
  if (c.doi != Agreement::equal || !c.authors.agree()) return false;
  if (c.title.isMissing) return c.contradictions() == 0;
  return c.samePlace() &&
         (c.isTranslation || c.title.similarity >= kOtherWording);  // abstracts of a supplement share DOI and page
}

/// A journal prints one work of a title at one page. Where the volume is missing, or the journal is named otherwise,
/// authors and year must agree.
bool titleAndPlace(const Comparison& c, const Policy& policy) {
  if (!sameTitle(c) || !c.samePages() || contradicts(c.volume)) return false;
  const bool wrongYear = agrees(c.journal) && agrees(c.volume) && c.authors.agree() && c.yearGap <= kWrongYear;
  if (!nearYear(c, policy) && !wrongYear) return false;
  if (agrees(c.journal) && agrees(c.volume))
    return c.isGeneric ? authorsAgreeOrMissing(c) && !contradicts(c.issue) : true;
  if (c.isGeneric) return false;
  if (contradicts(c.journal)) return c.authors.agree() && sameYear(c) && agrees(c.volume);
  return c.authors.agree() || (c.authors.isMissing && agrees(c.journal) && sameYear(c));
}

/// Most authors: a name may be left out or damaged where volume and issue agree.
bool mostAuthors(const Comparison& c) {
  return (c.authors.sameFirst && c.authors.share >= 0.5) || (c.authors.matched >= 2 && c.authors.share >= 0.6);
}

/// The same people: all, or most of them beside an otherwise equal title. Of several authors one alone is not enough
/// where no journal is known: it may be the author of the thesis or of the registration behind the article.
bool authorsFit(const Comparison& c) {
  const bool isLoneOfMany = c.authors.matched < 2 && !c.authors.sameCount && !c.authors.isOpen;
  if (c.authors.agree()) return agrees(c.journal) || !isLoneOfMany;
  return c.title.similarity >= kSameTitle && sameYear(c) && mostAuthors(c);
}

/// Pages or volume misprinted, and all else the same: the ranges overlap, or the same pages stand in another volume.
bool hasSlip(const Comparison& c) {
  const bool inPages = contradicts(c.pages) && c.isPageSlip && agrees(c.volume);
  const bool inVolume = contradicts(c.volume) && c.isSameSpan;
  return (inPages || inVolume) && c.title.equal() && c.contentWords >= 5 && agrees(c.journal) && c.authors.agree() &&
         sameYear(c);
}

/// What all fields say; years do not count against a pair that lie no farther apart than a review says they may.
double price(const Comparison& c, const Policy& policy) {
  constexpr int kUsualGap = 1;
  const double year = weightOf(Field::year, levelsOf(c)[static_cast<std::size_t>(Field::year)]);
  return policy.yearGap > kUsualGap && nearYear(c, policy) ? c.weight - std::min(year, 0.0) : c.weight;
}

/// One text by the same people in one journal or meeting, as far as both say. A title cut short, or a year that
/// differs, must be made up for by something of the place: the abstract of a meeting often appears in the journal of
/// the later article. What all fields say together decides whether that is enough.
bool titleAndJournal(const Comparison& c, const Policy& policy) {
  const bool isSlip = hasSlip(c);
  if (!sureTitle(c) || c.contradictions() > (isSlip ? 1 : 0) || c.otherIssue()) return false;
  const bool sameIssue = agrees(c.volume) && agrees(c.issue);
  const bool wholeTitle = c.title.similarity >= kSameTitle || sameWords(c);
  const bool isKnown = ((wholeTitle || c.sameTeamInIssue()) && c.yearGap <= 0) || c.hasPlaceEvidence();
  const bool yearFits = nearYear(c, policy) || (sameIssue && agrees(c.journal) && c.yearGap <= kWrongYear);
  if (!isKnown || !yearFits || (c.isJournalPart && !c.hasPlaceEvidence())) return false;
  if (c.authors.isMissing)
    return sameIssue && agrees(c.journal) && sameYear(c) && c.title.equal() && c.contentWords >= 5;
  return authorsFit(c) && ((c.sameTeamInIssue() && !isSlip) || price(c, policy) >= (isSlip ? kEnoughForSlip : kEnough));
}

/// An abstract is written once. Its article may be not yet in print, or its pages or volume misprinted.
bool titleAndAbstract(const Comparison& c, const Policy&) {
  constexpr int kLongestWait = 2;
  constexpr double kSameAbstract = 0.9, kNearAbstract = 0.6;
  if (!sureTitle(c) || c.authors.contradict() || c.yearGap > kLongestWait || c.otherIssue()) return false;
  const bool isSlip = contradicts(c.pages) && c.isPageSlip && agrees(c.journal) && agrees(c.volume);
  if (c.contradictions() > (isSlip ? 1 : 0)) return false;
  if (c.abstract >= kSameAbstract) return true;
  return c.abstract >= kNearAbstract && c.authors.agree() && c.authors.sameFirst && c.contentWords >= 5;
}

/// Two works never share three pages or more of a volume, nor the number of an article; the title may be translated,
/// damaged or worded otherwise. Two pages are enough where the titles are in two languages.
bool samePages(const Comparison& c, const Policy& policy) {
  const bool isOneText = c.isSameSpan || c.isSameNumber || (c.isSameRange && c.isTranslation);
  if (!isOneText || contradicts(c.journal) || contradicts(c.volume) || !nearYear(c, policy)) return false;
  if (!agrees(c.journal) && !agrees(c.issue)) return false;
  if (contradicts(c.issue) && !c.isSameSpan) return false;
  const bool sameSubject = c.title.similarity >= kOtherWording || c.title.isContained;
  if (sameSubject) return c.authors.isMissing || c.authors.agree();
  // A bracket alone marks a translation of one author's title too often where there is none.
  return c.isTranslation && sameTeam(c) && (c.authors.matched >= 2 || c.isOtherLanguage);
}

bool similar(const Comparison& c, const Policy& policy) {
  const bool known = c.yearGap <= 0 || c.hasPlaceEvidence();  // columns and meetings recur every year
  return c.title.similarity >= kNearTitle && c.authors.share >= 0.75 && agrees(c.journal) && nearYear(c, policy) &&
         known && c.contradictions() == 0 && !c.otherIssue();
}

bool versions(const Comparison& c, const Policy& policy) {
  return policy.mergeVersions && c.isVersionPair && sameTitle(c) && (c.authors.agree() || c.authors.sameFirst);
}

struct JoiningEntry {
  Rule rule;
  Profile from;  ///< the narrowest profile in which it works
  double strength;
  bool (*holds)(const Comparison&, const Policy&);
};

constexpr JoiningEntry kJoining[] = {{kIdentical, Profile::strict, 1.0, identical},
                                     {kVersions, Profile::strict, 0.76, versions},
                                     {kPubMed, Profile::strict, 0.99, samePubMed},
                                     {kTrial, Profile::strict, 0.98, sameTrial},
                                     {kAccession, Profile::strict, 0.97, sameAccession},
                                     {kDoiAndTitle, Profile::strict, 0.96, doiAndTitle},
                                     {kDoiAndPlace, Profile::strict, 0.95, doiAndPlace},
                                     {kTitleAndPlace, Profile::strict, 0.94, titleAndPlace},
                                     {kTitleAndJournal, Profile::normal, 0.90, titleAndJournal},
                                     {kTitleAndAbstract, Profile::normal, 0.88, titleAndAbstract},
                                     {kSamePages, Profile::normal, 0.84, samePages},
                                     {kSimilar, Profile::broad, 0.70, similar}};

}  // namespace

std::optional<Rule> joiningRule(const Comparison& comparison, const Policy& policy) {
  for (const JoiningEntry& entry : kJoining)
    if (entry.from <= policy.profile && !policy.off[entry.rule] && entry.holds(comparison, policy)) return entry.rule;
  for (std::size_t i = 0; i < policy.own.size(); ++i)
    if (holds(policy.own[i], comparison)) return static_cast<Rule>(kRuleCount + i);
  return std::nullopt;
}

double strength(Rule rule, const Comparison& comparison) {
  constexpr double kShare = 0.01;        // of likeness, so that a weaker rule never outranks a stronger one
  constexpr double kOwnStrength = 0.69;  // the review's own rules come after those that were measured
  for (const JoiningEntry& entry : kJoining)
    if (entry.rule == rule) return entry.strength - kShare * (1 - std::min(comparison.title.similarity, 1.0));
  return kOwnStrength - kShare * (1 - std::min(comparison.title.similarity, 1.0));
}

}  // namespace winnow::duplicates
