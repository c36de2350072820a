// The numbers that name a work: DOI, PubMed, trial registers, accession numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::duplicates {

/// A DOI in one spelling, its version apart.
struct Doi {
  std::string text;  ///< lower case, bare, without version: "10.1002/14651858.cd002273"; empty if there is none
  std::uint32_t version = 0;  ///< 2 of ".pub2" and "/v2"; 0 if it names none

  bool empty() const noexcept { return text.empty(); }
  /// True for registrants and suffixes of preprint servers.
  bool isPreprint() const;
};

/// Reads a DOI, also as URL or with "doi:" before it, percent-encoded, with punctuation behind it. What is no DOI gives
/// an empty one. Thread: any.
Doi parseDoi(std::string_view raw);

struct Identifiers {
  Doi doi;
  std::uint64_t pmid = 0, pmcid = 0;
  std::string accession;            ///< folded, without spaces
  std::string database;             ///< folded
  std::vector<std::string> trials;  ///< ids in trial registers: "nct01234567", "isrctn12345678", sorted
  std::vector<std::string> isbns;   ///< ten or thirteen signs, the check digit left out, sorted

  /// Collects ids of trial registers from a text.
  void addTrials(std::string_view text);
  /// Collects ISBNs from a text that may hold several.
  void addIsbns(std::string_view text);
};

/// Digits at the first digit of a text as a number; 0 if there are none or more than fifteen.
std::uint64_t firstNumber(std::string_view text);

}  // namespace winnow::duplicates
