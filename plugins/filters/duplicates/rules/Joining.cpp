#include "Joining.hpp"

#include <algorithm>

namespace winnow::duplicates {

namespace {

constexpr double kSameTitle = 0.95;    // misprints, spelling
constexpr double kNearTitle = 0.85;    // damaged, a word more or less
constexpr int kWrongYear = 3;          // years that databases are wrong by
constexpr double kOtherWording = 0.6;  // worded otherwise, the same subject
constexpr double kLooseTitle = 0.75;   // enough beside an identifier

/// The same title for people: nearly the same letters, or without its subtitle.
bool sameTitle(const Comparison& c) {
  if (c.title.isMissing) return false;
  return c.title.similarity >= kSameTitle || (c.title.isContained && c.title.foreignInShorter == 0);
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

/// The same byte for byte is the same, however few fields say it. Records that only mean the same may be two if they
/// have no title, or that of a section.
bool identical(const Comparison& c, const Policy&) {
  if (c.sameBytes) return true;
  return c.sameContent && !c.title.isMissing && (!c.isSection || c.hasPlaceEvidence());
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

/// A journal prints one work of a title at one page; whose names an export spoilt does not matter. Where the journal is
/// named otherwise, the authors must agree.
bool titleAndPlace(const Comparison& c, const Policy& policy) {
  if (!sameTitle(c) || !c.samePlace()) return false;
  const bool wrongYear =
      agrees(c.journal) && c.authors.agree() && c.yearGap <= kWrongYear;  // the volume tells the year
  if (!nearYear(c, policy) && !wrongYear) return false;
  if (agrees(c.journal)) return !c.isGeneric || authorsAgreeOrMissing(c);
  return authorsAgreeOrMissing(c) && (!contradicts(c.journal) || (c.authors.agree() && sameYear(c) && !c.isGeneric));
}

bool titleAndPages(const Comparison& c, const Policy& policy) {
  if (!sameTitle(c) || c.pages != Agreement::equal || !nearYear(c, policy) || c.contradictions() > 0) return false;
  return c.authors.agree() || (c.authors.isMissing && agrees(c.journal) && sameYear(c) && !c.isGeneric);
}

/// A title cut short, or a year that differs, must be made up for by something of the place: the abstract of a
/// meeting often appears in the journal of the later article.
bool titleAndJournal(const Comparison& c, const Policy& policy) {
  const bool wholeTitle = c.title.similarity >= kSameTitle;
  const bool known = (wholeTitle && (sameYear(c) || c.yearGap == Comparison::kNoYear)) || c.hasPlaceEvidence();
  return sameTitle(c) && c.authors.agree() && agrees(c.journal) && nearYear(c, policy) && known &&
         c.contradictions() == 0 && !c.otherIssue();
}

/// Volume and issue tell the year; so a year may be wrong, and one author, or one word of the title. An issue has a
/// long title once, whoever wrote it.
bool titleAndVolume(const Comparison& c, const Policy& policy) {
  if (!agrees(c.volume) || !agrees(c.issue)) return false;
  if (c.authors.isMissing)
    return c.title.equal() && c.contentWords >= 5 && agrees(c.journal) && sameYear(c) && c.contradictions() == 0;
  if (contradicts(c.journal))
    return sameTitle(c) && c.authors.agree() && sameYear(c) && c.contradictions() == 1 && c.abstract >= 0.8;
  if (c.contradictions() > 0) return false;
  if (sameTitle(c) && c.authors.agree() && (nearYear(c, policy) || (agrees(c.journal) && c.yearGap <= kWrongYear)))
    return true;
  if (!agrees(c.journal) || !sameYear(c)) return false;
  const bool mostAuthors =
      (c.authors.sameFirst && c.authors.share >= 0.5) || (c.authors.matched >= 2 && c.authors.share >= 0.6);
  if (c.title.similarity >= kSameTitle && c.contentWords >= 4 && mostAuthors) return true;
  return c.title.similarity >= kNearTitle && c.title.foreignInShorter == 0 && c.authors.share >= 0.95 &&
         c.authors.sameCount && c.authors.matched >= 2;
}

bool titlePageSlip(const Comparison& c, const Policy&) {
  const bool sameVolume = agrees(c.volume) || (c.volume == Agreement::empty && agrees(c.issue));
  // An issue has a title once, so its pages may be anything; within a volume, the abstract of a meeting may precede.
  const bool sameIssue = c.issue == Agreement::equal;
  const bool onlyPages = sameVolume && contradicts(c.pages) && (sameIssue || c.isPageSlip) && !c.otherIssue();
  const bool onlyVolume = contradicts(c.volume) && (c.isSameSpan || (c.pages == Agreement::equal && c.abstract >= 0.7));
  const bool same =
      c.title.equal() || (c.title.similarity >= kSameTitle && c.abstract >= 0.8);  // abstracts of one meeting are alike
  return same && c.contentWords >= 5 && c.authors.agree() && c.authors.sameFirst && agrees(c.journal) && sameYear(c) &&
         (onlyPages || onlyVolume);
}

bool aheadOfPrint(const Comparison& c, const Policy&) {
  constexpr int kLongestWait = 2;
  return sameTitle(c) && c.contentWords >= 5 && c.authors.agree() && c.authors.sameFirst && c.yearGap <= kLongestWait &&
         c.abstract >= 0.6 && c.contradictions() == 0;
}

/// One title translated or damaged: what stands at one place of a volume, by the same people, is one work.
bool translated(const Comparison& c, const Policy&) {
  if (!agrees(c.journal) || !agrees(c.volume) || c.pages != Agreement::equal || !sameYear(c)) return false;
  if (contradicts(c.issue) && !c.isSameSpan) return false;
  const bool sameSubject = c.title.similarity >= kOtherWording || c.title.isContained;
  if (c.isSameSpan && sameSubject) return c.authors.isMissing || c.authors.share >= 0.8;
  if (c.isSameSpan && c.isTranslation) return sameTeam(c);
  if (!sameTeam(c) || c.authors.matched < 2) return false;
  // A team may have two abstracts on a page: each with words of its own.
  const bool ownWords = c.title.foreignInShorter > 0 && c.title.foreignInLonger > 0;
  return c.isTranslation || c.title.isContained || (c.title.similarity >= kNearTitle && !ownWords);
}

/// A number of an article is an identifier within its journal.
bool articleNumber(const Comparison& c, const Policy&) {
  if (!c.isSameNumber || !agrees(c.journal) || !sameYear(c) || contradicts(c.volume)) return false;
  return c.authors.agree() &&
         (c.title.similarity >= kLooseTitle || c.title.isContained || (c.isTranslation && sameTeam(c)));
}

/// One of several authors alone may be the author of the thesis or of the registration behind the article.
bool sparse(const Comparison& c, const Policy& policy) {
  if (c.authors.matched < 2 && !c.authors.sameCount && !c.authors.isOpen) return false;
  return c.title.similarity >= kSameTitle && c.contentWords >= 5 && c.authors.agree() && c.authors.sameFirst &&
         nearYear(c, policy) && c.yearGap <= 0 && c.contradictions() == 0 && !c.otherIssue();
}

bool similar(const Comparison& c, const Policy& policy) {
  const bool known = c.yearGap <= 0 || c.hasPlaceEvidence();  // columns and meetings recur every year
  return c.title.similarity >= kNearTitle && c.authors.share >= 0.75 && agrees(c.journal) && nearYear(c, policy) &&
         known && c.contradictions() == 0 && !c.otherIssue();
}

bool versions(const Comparison& c, const Policy& policy) {
  return policy.mergeVersions && c.isVersionPair && sameTitle(c) && (c.authors.agree() || c.authors.sameFirst);
}

struct Entry {
  Rule rule;
  Profile from;  ///< the narrowest profile in which it works
  double strength;
  bool (*holds)(const Comparison&, const Policy&);
};

constexpr Entry kEntries[] = {{kIdentical, Profile::strict, 1.0, identical},
                              {kVersions, Profile::strict, 0.76, versions},
                              {kPubMed, Profile::strict, 0.99, samePubMed},
                              {kTrial, Profile::strict, 0.98, sameTrial},
                              {kAccession, Profile::strict, 0.97, sameAccession},
                              {kDoiAndTitle, Profile::strict, 0.96, doiAndTitle},
                              {kDoiAndPlace, Profile::strict, 0.95, doiAndPlace},
                              {kTitleAndPlace, Profile::strict, 0.94, titleAndPlace},
                              {kTitleAndPages, Profile::normal, 0.92, titleAndPages},
                              {kTitleAndJournal, Profile::normal, 0.90, titleAndJournal},
                              {kTitleAndVolume, Profile::normal, 0.88, titleAndVolume},
                              {kTranslated, Profile::normal, 0.84, translated},
                              {kArticleNumber, Profile::normal, 0.83, articleNumber},
                              {kTitlePageSlip, Profile::normal, 0.82, titlePageSlip},
                              {kAheadOfPrint, Profile::normal, 0.80, aheadOfPrint},
                              {kSparse, Profile::normal, 0.78, sparse},
                              {kSimilar, Profile::broad, 0.70, similar}};

}  // namespace

std::optional<Rule> joiningRule(const Comparison& comparison, const Policy& policy) {
  for (const Entry& entry : kEntries)
    if (entry.from <= policy.profile && !policy.off[entry.rule] && entry.holds(comparison, policy)) return entry.rule;
  for (std::size_t i = 0; i < policy.own.size(); ++i)
    if (holds(policy.own[i], comparison)) return static_cast<Rule>(kRuleCount + i);
  return std::nullopt;
}

double strength(Rule rule, const Comparison& comparison) {
  constexpr double kShare = 0.01;        // of likeness, so that a weaker rule never outranks a stronger one
  constexpr double kOwnStrength = 0.69;  // the review's own rules come after those that were measured
  for (const Entry& entry : kEntries)
    if (entry.rule == rule) return entry.strength - kShare * (1 - std::min(comparison.title.similarity, 1.0));
  return kOwnStrength - kShare * (1 - std::min(comparison.title.similarity, 1.0));
}

}  // namespace winnow::duplicates
