// The names of the journal, book or series a work appeared in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ContainerName.hpp"

namespace winnow::duplicates {

struct Journal {
  /// Folded, without "the", subtitle and place: "j clin oncol". Bilingual and double names give one entry each.
  std::vector<std::string> names;
  std::vector<ContainerName> parsed;  ///< of each name, made by finish()
  std::vector<std::uint64_t> issns;   ///< hashes, sorted
  std::uint32_t year = 0;             ///< that the name of a meeting bears: "ECOR 2003"; 0 if none
  bool isPreprintServer = false;      ///< arXiv, medRxiv, SSRN and the like
  bool isProceedings = false;         ///< proceedings, workshop, symposium, conference
  bool isCochrane = false;            ///< the Cochrane Database of Systematic Reviews, whose reviews appear in versions
  bool isThesis = false;              ///< Dissertation Abstracts and the like
  bool isRegistry = false;            ///< a register of trials

  bool empty() const noexcept { return names.empty() && issns.empty(); }
  /// Adds a name as exported.
  void addName(std::string_view raw);
  /// Adds each ISSN of a text that may hold several.
  void addIssns(std::string_view raw);
  /// Sorts what came in; call once when all is added.
  void finish();
  /// First letters of the content words of the first name: the part of it that abbreviating leaves. Empty if none.
  std::string initials() const;
};

}  // namespace winnow::duplicates
