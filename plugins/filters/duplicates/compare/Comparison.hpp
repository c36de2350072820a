// Two records side by side, field by field. No judgement yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "Agreement.hpp"
#include "AuthorComparison.hpp"
#include "RecurringTitles.hpp"
#include "TitleComparison.hpp"
#include "features/Features.hpp"

namespace winnow::duplicates {

struct Comparison {
  static constexpr int kNoYear = -1;

  bool sameContent = false;  ///< every feature equal
  bool sameBytes = false;    ///< every field equal, byte for byte
  TitleComparison title;
  AuthorComparison authors;
  Agreement journal = Agreement::empty, volume = Agreement::empty, issue = Agreement::empty, pages = Agreement::empty;
  Agreement doi = Agreement::empty, pmid = Agreement::empty, trial = Agreement::empty, accession = Agreement::empty;
  bool sameVersion = true;         ///< no DOI version, or the same
  bool isSameRange = false;        ///< first and last page known and equal
  bool isSameSpan = false;         ///< the same range of three pages or more: no two works share it
  bool isSupplement = false;       ///< one stands in a supplement
  bool hasNoPages = false;         ///< neither names a page
  bool isPageSlip = false;         ///< pages differ as misprints do
  bool isSameExtent = false;       ///< "1-17" ahead of print and "566-582": as many pages
  bool isSameNumber = false;       ///< the same number of an article, with digits enough to be its own
  int yearGap = kNoYear;           ///< years apart; kNoYear if one is unknown
  double abstract = -1;            ///< similarity of the abstracts; -1 if one is missing
  bool isGeneric = false;          ///< one title says nothing about the work
  bool recurs = false;             ///< the set holds other works of the same title: one title says nothing
  bool namesWork = false;          ///< each record says which work it is
  bool isEmpty = false;            ///< one record says nothing
  bool otherFile = false;          ///< known to come from two files
  bool isSection = false;          ///< one title names a recurring section
  bool isEditorial = false;        ///< both name a section that an issue has once
  bool isOtherLanguage = false;    ///< of the same pages: one title is English, the other is not
  bool isJournalPart = false;      ///< a journal and its part, or two journals of which one name begins the other
  bool isTranslation = false;      ///< one title stood in brackets, or both records hold titles in several languages
  std::uint32_t contentWords = 0;  ///< of the title with fewer
  bool kindsDiffer = false;        ///< thesis, registration, book or chapter against something else
  bool isMeetingPair = false;      ///< one is of a meeting, the other is said to be an article
  bool isPreprintPair = false;     ///< exactly one is a preprint
  bool isVersionPair = false;      ///< a preprint and its article, or updates of one review
  bool inCochrane = false;         ///< both in the Cochrane Database of Systematic Reviews
  bool sameDatabase = false;       ///< both name the same database
  double weight = 0;               ///< of all fields together: bits for one work, negative for two (evidence/Weights)

  /// Fields of the place in print that contradict: volume, pages, journal.
  int contradictions() const;
  /// Different issues and no page in common: an abstract and its article may share a volume.
  bool otherIssue() const { return contradicts(issue) && !agrees(pages); }
  /// Something of the place in print agrees, or the abstracts do.
  bool hasPlaceEvidence() const {
    return agrees(volume) || agrees(pages) || agrees(issue) || isSameExtent || abstract >= 0.5;
  }
  /// Same journal, volume and issue, by the same people.
  bool sameIssue() const {
    return agrees(journal) && agrees(volume) && agrees(issue) && authors.agree() && yearGap <= 0;
  }
  /// Both abstracts are there and have nothing in common.
  bool otherAbstract() const { return abstract >= 0 && abstract < 0.1; }
  /// As sameIssue(), of a regular issue: the same complete list of people has two works in it hardly ever. A supplement
  /// holds many abstracts of one team.
  bool sameTeamInIssue() const {
    return sameIssue() && issue == Agreement::equal && !isSupplement && authors.share >= 0.95 && authors.sameCount;
  }
  /// Long titles that differ in one pair of words, spelt nearly alike, of one team in one regular issue; no pages tell.
  bool isLikelySlip() const {
    constexpr std::uint32_t kLongTitle = 8;
    return title.onlyRivalsDiffer && title.similarity >= 0.95 && contentWords >= kLongTitle && sameTeamInIssue() &&
           pages == Agreement::empty;
  }
  /// Same volume and same first page.
  bool samePlace() const { return agrees(volume) && samePages(); }
  /// Same first page; of an issue also the same range counted from one.
  bool samePages() const {
    return pages == Agreement::equal || (isSameRange && agrees(pages) && issue == Agreement::equal);
  }
};

/// Compares. Symmetric; a pure function of both. Thread: any.
/// `recurring` holds the titles that several works of the set share.
Comparison compare(const Features& a, const Features& b, const RecurringTitles& recurring = {});

/// A cheap look before compare(): false if no rule could ever join the two. Symmetric. Thread: any.
bool worthComparing(const Features& a, const Features& b);

/// One line for people: "title 1.00, authors 3/3, journal equal, volume equal, pages equal, years 0 apart".
std::string describe(const Comparison& comparison);

}  // namespace winnow::duplicates
