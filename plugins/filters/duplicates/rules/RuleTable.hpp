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
  kTitleAndJournal,
  kTitleAndAbstract,
  kSamePages,
  kVersions,
  kSimilar,
  // They forbid. A pair that one of them stopped, and that is worth a look, bears its code.
  kNotice,
  kNumbers,
  kMeaning,
  kForeignWords,
  kOtherPeople,
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
      dropReason("duplicates.identical", "The same in every field that names a work"),
      dropReason("duplicates.pubmed", "Same PubMed number"),
      dropReason("duplicates.trial", "Same trial registration"),
      dropReason("duplicates.accession", "Same accession number"),
      dropReason("duplicates.doi-and-title", "Same DOI and title"),
      dropReason("duplicates.doi-and-place", "Same DOI, volume, pages and authors"),
      dropReason("duplicates.title-and-place", "Same title and first page"),
      dropReason("duplicates.title-and-journal", "Same title and authors, in one journal or meeting"),
      dropReason("duplicates.title-and-abstract", "Same title and abstract"),
      dropReason("duplicates.same-pages", "Same authors and pages in one volume; title translated or damaged"),
      dropReason("duplicates.versions", "Preprint and article of one work"),
      dropReason("duplicates.similar", "Similar title and authors, nothing contradicts"),
      unsureReason("duplicates.other-notice", "One is an erratum, reply or retraction"),
      unsureReason("duplicates.other-numbers", "Numbers in the titles differ"),
      unsureReason("duplicates.other-meaning", "A word that differs changes the meaning of the title"),
      unsureReason("duplicates.other-words", "Each title has words of its own"),
      unsureReason("duplicates.other-people", "No author in common"),
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
