// The keys under which records meet. Two records are compared only if they share one, so there are many, each cheap:
// one damaged field must never hide a pair.
#pragma once

#include <cstdint>

#include <winnow/plugin.hpp>

#include "features/Features.hpp"

namespace winnow::duplicates {

/// The kinds of key. Numbers are stable.
enum class KeySpace : std::uint32_t {
  content = 1,
  doi = 2,
  number = 3,  ///< PubMed, PubMed Central, trial register
  accession = 4,
  titleYear = 5,
  titleWords = 6,
  titleAuthor = 7,
  titleVolume = 8,
  titlePage = 9,
  authorYearPage = 10,
  authorYearJournal = 11,
  volumePageJournal = 12,
  yearVolumePage = 13,
  titleEndAuthor = 14,
  abstractBand = 15,
  titleEndYear = 16,
  authorIssueJournal = 17,
  authorInitialYear = 18,
  titleWordsAuthor = 19,
  titleIssuePage = 20,
};

/// Adds all keys of a record. A key with an empty part is left out; titles that say nothing give no title keys.
/// A pure function of the features. Thread: any.
void addKeys(std::uint64_t record, const Features& features, Keys& keys);

}  // namespace winnow::duplicates
