#include "Comparison.hpp"

#include <algorithm>
#include <cstdio>
#include <tuple>

#include "EditDistance.hpp"
#include "JournalComparison.hpp"
#include "PageComparison.hpp"
#include "evidence/Weights.hpp"

namespace winnow::duplicates {

namespace {

Agreement compareTexts(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return Agreement::empty;
  return a == b ? Agreement::equal : Agreement::contradiction;
}

Agreement compareNumbers(std::uint64_t a, std::uint64_t b) {
  if (a == 0 || b == 0) return Agreement::empty;
  return a == b ? Agreement::equal : Agreement::contradiction;
}

Agreement compareTrials(const Identifiers& a, const Identifiers& b) {
  if (a.trials.empty() || b.trials.empty()) return Agreement::empty;
  for (const std::string& id : a.trials)
    if (std::find(b.trials.begin(), b.trials.end(), id) != b.trials.end()) return Agreement::equal;
  return Agreement::contradiction;
}

/// Accession numbers can only differ within one database; equal ones may come from two names of one database.
Agreement compareAccessions(const Identifiers& a, const Identifiers& b) {
  if (a.accession.empty() || b.accession.empty()) return Agreement::empty;
  const bool otherDatabase = !a.database.empty() && !b.database.empty() && a.database != b.database;
  if (a.accession == b.accession) return otherDatabase ? Agreement::compatible : Agreement::equal;
  const bool sameDatabase = !a.database.empty() && a.database == b.database;
  return sameDatabase ? Agreement::contradiction : Agreement::empty;
}

/// Years apart; the year that a meeting's name bears counts as well as that of its proceedings.
int yearGap(const Features& a, const Features& b) {
  if (a.year == 0 || b.year == 0) return Comparison::kNoYear;
  if (a.journal.year == b.year || b.journal.year == a.year) return 0;
  return static_cast<int>(std::max(a.year, b.year) - std::min(a.year, b.year));
}

/// A book is to its chapters what a journal is to its articles. Different ISBNs say nothing: one book has several.
bool shareIsbn(const Identifiers& a, const Identifiers& b) {
  return std::find_first_of(a.isbns.begin(), a.isbns.end(), b.isbns.begin(), b.isbns.end()) != a.isbns.end();
}

/// True if `next` serves a pair better than `best`; all of a comparison counts, so that the choice is symmetric.
bool isBetter(const TitleComparison& next, const TitleComparison& best) {
  const auto rank = [](const TitleComparison& t) {
    return std::tuple(!t.isMissing, t.similarity, t.harmless(), t.isContained, !t.noticesDiffer, !t.numbersDiffer,
                      !t.meaningDiffers, !t.hasDoubtfulWord, -static_cast<std::ptrdiff_t>(t.foreignInShorter),
                      -static_cast<std::ptrdiff_t>(t.foreignInLonger));
  };
  return rank(next) > rank(best);
}

/// The title comparison that serves the pair best, over all titles both records hold.
TitleComparison compareAllTitles(const Features& a, const Features& b) {
  TitleComparison best = compareTitles(a.title, b.title);
  const auto improve = [&](const Title& one, const Title& other) {
    const TitleComparison next = compareTitles(one, other);
    if (isBetter(next, best)) best = next;
  };
  for (const Title& other : b.otherTitles) improve(a.title, other);
  for (const Title& other : a.otherTitles) improve(other, b.title);
  for (const Title& one : a.otherTitles)
    for (const Title& other : b.otherTitles) improve(one, other);
  return best;
}

/// The titles have nothing in common, and an English dictionary knows the words of one only. Looked at only where the
/// pages are the same: for all other pairs it does not matter.
bool isOtherLanguage(const Features& a, const Features& b, const Comparison& c) {
  constexpr double kUnlike = 0.6;
  if (!c.isSameRange || c.title.isMissing || c.title.similarity >= kUnlike) return false;
  return areOtherLanguages(a.title, b.title);
}

void compareKinds(const Features& a, const Features& b, Comparison& c) {
  c.isPreprintPair = (a.kind == WorkKind::preprint) != (b.kind == WorkKind::preprint);
  if (a.kind == WorkKind::unknown || b.kind == WorkKind::unknown || a.kind == b.kind || c.isPreprintPair) return;
  const auto isEither = [](WorkKind kind) { return kind == WorkKind::article || kind == WorkKind::meeting; };
  c.isMeetingPair = isEither(a.kind) && isEither(b.kind);
  c.kindsDiffer = !c.isMeetingPair;
}

/// Volume and issue stand in each other's cells: both ways, or the issue alone in the cell of the volume.
bool isShifted(const Features& a, const Features& b) {
  return a.issue.empty() && a.volume.number != 0 && a.volume.number == b.issue.number;
}

/// The volume stands in the cell of the issue, and the issue in that of the pages.
bool isShiftedTwice(const Features& a, const Features& b) {
  return a.volume.empty() && a.issue.number != 0 && a.issue.number == b.volume.number && b.issue.number != 0 &&
         a.pages.first == b.issue.number && a.pages.last == 0;
}

void compareNumbering(const Features& a, const Features& b, Comparison& c) {
  c.isSupplement = a.volume.isSupplement || b.volume.isSupplement || a.issue.isSupplement || b.issue.isSupplement;
  c.volume = compareVolumes(a.volume, b.volume);
  c.issue = compareIssues(a.issue, b.issue);
  const bool isExchanged =
      !a.volume.empty() && !a.issue.empty() && a.volume.number == b.issue.number && a.issue.number == b.volume.number;
  if (isExchanged) c.volume = c.issue = Agreement::compatible;
  if (isShiftedTwice(a, b) || isShiftedTwice(b, a)) {
    c.volume = c.issue = Agreement::compatible;
    c.pages = Agreement::empty;
  }
  if (contradicts(c.volume) && (isShifted(a, b) || isShifted(b, a))) c.volume = Agreement::empty;
}

/// Pages counted within the article, as many as the printed ones. What a spreadsheet took for a date tells no extent.
bool isSameExtent(const Pages& own, const Pages& print) {
  constexpr std::uint32_t kFewestPages = 3;
  if (own.kind != PageKind::generic || own.isSpreadsheetDate || own.last < kFewestPages) return false;
  return print.kind == PageKind::print && print.last > print.first && print.last - print.first == own.last - own.first;
}

void comparePlaces(const Pages& a, const Pages& b, Comparison& c) {
  constexpr std::uint32_t kFewestPages = 3;
  constexpr std::uint32_t kSmallestNumber = 1000;  // shorter numbers count the abstracts of a supplement
  c.pages = comparePages(a, b);
  c.hasNoPages = a.empty() && b.empty();
  c.isSameExtent = isSameExtent(a, b) || isSameExtent(b, a);
  c.isPageSlip = isPageSlip(a, b);
  c.isSameRange = agrees(c.pages) && a.first == b.first && a.last != 0 && a.last == b.last;
  if (c.pages != Agreement::equal) return;
  c.isSameSpan = c.isSameRange && a.kind == PageKind::print && a.last >= a.first + kFewestPages - 1;
  c.isSameNumber = a.kind == PageKind::electronic && b.kind == PageKind::electronic && a.first >= kSmallestNumber;
}

/// Content words of `a` that `b` has as well.
std::size_t commonWords(const Title& a, const Title& b) {
  return static_cast<std::size_t>(std::count_if(a.words.begin(), a.words.end(), [&](const Word& word) {
    return word.isContent &&
           std::any_of(b.words.begin(), b.words.end(), [&](const Word& other) { return other.hash == word.hash; });
  }));
}

const char* wordFor(Agreement agreement) {
  switch (agreement) {
    case Agreement::equal:
      return "equal";
    case Agreement::compatible:
      return "compatible";
    case Agreement::contradiction:
      return "different";
    case Agreement::empty:
      break;
  }
  return "";
}

void append(std::string& text, const char* name, Agreement agreement) {
  if (agreement == Agreement::empty) return;
  text.append(text.empty() ? "" : ", ").append(name).append(" ").append(wordFor(agreement));
}

}  // namespace

int Comparison::contradictions() const {
  return (contradicts(journal) ? 1 : 0) + (contradicts(volume) ? 1 : 0) + (contradicts(pages) ? 1 : 0);
}

Comparison compare(const Features& a, const Features& b, const RecurringTitles& recurring) {
  Comparison c;
  c.sameContent = a.content == b.content;
  c.sameBytes = a.exact == b.exact;
  c.title = compareAllTitles(a, b);
  c.authors = compareAuthors(a.authors, b.authors);
  const JournalComparison journals = compareJournals(a.journal, b.journal);
  c.journal = shareIsbn(a.ids, b.ids) ? Agreement::equal : journals.agreement;
  c.isJournalPart = journals.isPart && c.journal == Agreement::empty;
  comparePlaces(a.pages, b.pages, c);
  compareNumbering(a, b, c);
  c.doi = compareTexts(a.ids.doi.text, b.ids.doi.text);
  c.sameVersion = a.ids.doi.version == b.ids.doi.version;
  c.pmid = compareNumbers(a.ids.pmid, b.ids.pmid);
  if (c.pmid == Agreement::empty) c.pmid = compareNumbers(a.ids.pmcid, b.ids.pmcid);
  c.trial = compareTrials(a.ids, b.ids);
  c.accession = compareAccessions(a.ids, b.ids);
  c.yearGap = yearGap(a, b);
  c.abstract = similarity(a.abstract, b.abstract);
  c.recurs = recurring.contains(a.title.subject) || recurring.contains(b.title.subject);
  c.isGeneric = a.title.isGeneric || b.title.isGeneric || c.recurs;
  c.namesWork = a.namesWork() && b.namesWork();
  c.isEmpty = a.isEmpty() || b.isEmpty();
  c.otherFile = a.file != 0 && b.file != 0 && a.file != b.file;
  c.isEditorial = a.title.isEditorial && b.title.isEditorial;
  c.isSection = a.title.isSectionName || b.title.isSectionName;
  c.isOtherLanguage = isOtherLanguage(a, b, c);
  c.isTranslation = a.title.isTranslated || b.title.isTranslated || c.isOtherLanguage;
  c.contentWords = std::min(a.title.contentWords, b.title.contentWords);
  c.inCochrane = a.journal.isCochrane && b.journal.isCochrane;
  compareKinds(a, b, c);
  c.isVersionPair = c.isPreprintPair || (c.doi == Agreement::equal && !c.sameVersion) ||
                    (c.inCochrane && c.isSameNumber && (c.yearGap > 0 || contradicts(c.issue)));
  c.sameDatabase = !a.ids.database.empty() && a.ids.database == b.ids.database;
  c.weight = weigh(levelsOf(c));
  return c;
}

bool worthComparing(const Features& a, const Features& b) {
  if (a.content == b.content || a.exact == b.exact || a.title.empty() || b.title.empty()) return true;
  if (!a.ids.doi.empty() && a.ids.doi.text == b.ids.doi.text) return true;
  if (a.ids.pmid != 0 && a.ids.pmid == b.ids.pmid) return true;
  const bool samePage = a.pages.first != 0 && a.pages.first == b.pages.first;
  if (samePage && a.volume.number == b.volume.number) return true;  // a translated title shares no word
  if (!a.otherTitles.empty() || !b.otherTitles.empty()) return true;
  const std::size_t needed = std::min(a.title.contentWords, b.title.contentWords);
  const std::size_t common = std::max(commonWords(a.title, b.title), commonWords(b.title, a.title));
  if (2 * common < needed) {
    // Every word of a short title may be spelt in two ways: "Tumour behaviour", "Tumor behavior".
    constexpr std::size_t kShort = 5;
    constexpr double kSpeltOtherwise = 0.8;
    return needed <= kShort && a.year == b.year &&
           editSimilarity(a.title.letters, b.title.letters, kSpeltOtherwise) >= kSpeltOtherwise;
  }
  const bool mayBeCut = 4 * common >= 3 * needed;
  return mayBeCut || editSimilarity(a.title.letters, b.title.letters, kTitleFloor) >= kTitleFloor;
}

std::string describe(const Comparison& c) {
  std::string text;
  char number[64];
  if (!c.title.isMissing) {
    std::snprintf(number, sizeof number, "title %.2f", c.title.similarity);
    text.append(number);
    if (c.title.isContained) text.append(" (one is the beginning of the other)");
  }
  if (!c.authors.isMissing) {
    std::snprintf(number, sizeof number, "%sauthors %.2f", text.empty() ? "" : ", ", c.authors.share);
    text.append(number);
  }
  append(text, "journal", c.journal);
  append(text, "volume", c.volume);
  append(text, "issue", c.issue);
  append(text, "pages", c.pages);
  append(text, "DOI", c.doi);
  append(text, "PubMed number", c.pmid);
  append(text, "trial number", c.trial);
  append(text, "accession number", c.accession);
  if (c.yearGap > 0) {
    std::snprintf(number, sizeof number, ", years %d apart", c.yearGap);
    text.append(number);
  }
  if (c.abstract >= 0) {
    std::snprintf(number, sizeof number, ", abstract %.2f", c.abstract);
    text.append(number);
  }
  return text;
}

}  // namespace winnow::duplicates
