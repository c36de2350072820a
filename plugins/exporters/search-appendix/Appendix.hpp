// The search as it has to be reported (PRISMA-S items 1, 8, 13; PRISMA-ScR item 8): what was searched where, by which
// lines, what was corrected in them, and how they read on the other platforms of the review.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "Search.hpp"
#include "search-strategy/strategy/mesh/Tree.hpp"

namespace winnow::appendix {

/// A line of the strategy as printed, and as searched.
struct StrategyLine {
  std::string number, printed;
  std::string repaired;  ///< what it should say; "open": only the authors know; empty: nothing was repaired
  std::string problem;   ///< of what is searched: "OVID-E04: ..."; empty: it can be read
  std::vector<std::string> headings;  ///< what is wrong with its headings by the review's thesaurus: "OVID-W24: ..."
};

/// A line on another platform.
struct PlatformLine {
  std::string number, source, text, exactness, remarks;
};

/// Everything that one platform of the review needs.
struct PlatformStrategy {
  std::string title;  ///< "Scopus"
  std::vector<PlatformLine> lines;
  std::map<std::string, std::size_t> of;  ///< exactness -> lines
};

struct Appendix {
  Search search;
  std::vector<StrategyLine> strategy;
  std::vector<std::string> unknownRepairs;  ///< numbers that no line has
  std::vector<PlatformStrategy> platforms;  ///< once each, in the order of the sources
  /// How a source was searched, in words: "as printed", "the query stated", "translated: ...", "no table for ...".
  std::vector<std::string> how;  ///< one for every source
  std::string mesh;              ///< "MeSH 2019 (mtrees2019.bin)"; empty: headings were not checked
};

/// Pure. The strategy is read as Ovid's; an empty tree checks and explodes no heading.
Appendix appendixOf(Search given, const search::mesh::Tree& tree = {});

}  // namespace winnow::appendix
