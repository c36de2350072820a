// All rules by name: what joins two records, what forbids it, what is left to people. The order is part of the contract
// with the host, which counts reasons by their place in this table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#include <winnow/plugin.hpp>

namespace winnow::duplicates {

enum Rule : std::uint32_t {
  // They join, strongest first.
  kIdentical,
  kPubMed,
  kTrial,
  kAccession,
  kDoiAndTitle,
  kDoiAndPlace,
  kTitleAndPlace,
  kTitleAndPages,
  kTitleAndJournal,
  kTitleAndVolume,
  kTitlePageSlip,
  kAheadOfPrint,
  kTranslated,
  kArticleNumber,
  kSparse,
  kSimilar,
  kVersions,
  // They forbid. A pair that one of them stopped, and that is worth a look, bears its code.
  kNotice,
  kNumbers,
  kMeaning,
  kForeignWords,
  kElsewhere,
  kOtherDoi,
  kOtherId,
  kOtherTrial,
  kPreprint,
  kKind,
  kVersion,
  kSection,
  // It asks people.
  kMaybe,
  kRuleCount
};

/// The names and labels, one a rule.
struct RuleTable {
  static constexpr winnow_reason reasons[] = {
      dropReason("duplicates.identical", "Same record: every field says the same"),
      dropReason("duplicates.pubmed", "Same PubMed number"),
      dropReason("duplicates.trial", "Same trial registration"),
      dropReason("duplicates.accession", "Same accession number"),
      dropReason("duplicates.doi-and-title", "Same DOI and title"),
      dropReason("duplicates.doi-and-place", "Same DOI, volume, pages and authors"),
      dropReason("duplicates.title-and-place", "Same title, authors, volume and pages"),
      dropReason("duplicates.title-and-pages", "Same title, authors, year and pages"),
      dropReason("duplicates.title-and-journal", "Same title, authors and journal"),
      dropReason("duplicates.title-and-volume", "Same title, authors, volume and issue"),
      dropReason("duplicates.title-and-page-slip",
                 "Same title, authors, journal and issue; a misprint in the pages or volume"),
      dropReason("duplicates.ahead-of-print", "Same title, authors and abstract; one not yet in print"),
      dropReason("duplicates.translated-title", "Same authors, journal, volume and pages; title translated or damaged"),
      dropReason("duplicates.article-number", "Same authors, journal, year and article number"),
      dropReason("duplicates.sparse", "Same title and authors; one record says nothing more"),
      dropReason("duplicates.similar", "Similar title and authors, nothing contradicts"),
      dropReason("duplicates.versions", "Preprint and article of one work"),
      unsureReason("duplicates.other-notice", "One is an erratum, reply or retraction"),
      unsureReason("duplicates.other-numbers", "Numbers in the titles differ"),
      unsureReason("duplicates.other-meaning", "A word that differs changes the meaning of the title"),
      unsureReason("duplicates.other-words", "Each title has words of its own"),
      unsureReason("duplicates.other-place", "Two of journal, volume and pages contradict"),
      unsureReason("duplicates.other-doi", "Different DOIs"),
      unsureReason("duplicates.other-number", "Different numbers in one database"),
      unsureReason("duplicates.other-trial", "Different trial registrations"),
      unsureReason("duplicates.preprint", "Preprint and article, kept apart"),
      unsureReason("duplicates.other-kind", "Different kinds of publication"),
      unsureReason("duplicates.other-version", "Different versions of one work"),
      unsureReason("duplicates.section", "A recurring section of a journal, or a title that says too little"),
      unsureReason("duplicates.maybe", "Similar, but not enough to be sure"),
  };
};
static_assert(std::size(RuleTable::reasons) == kRuleCount);

/// True for rules that a review may switch off: those that join and those that forbid.
constexpr bool isSwitchable(std::uint32_t rule) { return rule < kMaybe; }

}  // namespace winnow::duplicates
