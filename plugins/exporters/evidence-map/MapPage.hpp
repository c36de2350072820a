// The map as a page for browsers: one file that makes no request.
#pragma once

#include <string>
#include <vector>

#include "Map.hpp"

namespace winnow::map {

/// What the page holds beside the map.
struct PageMatter {
  std::vector<Dimension> dimensions;  ///< what a reader may choose from
  std::vector<std::string> ris;       ///< each study's record, parallel to the studies
  std::string searched;               ///< date of the last search; for reviews begun from a cell
  std::string question;
};

/// The page. Without scripts it shows the map as a table, the gaps and the studies. Deterministic.
std::string pageOf(const EvidenceMap& map, const PageMatter& matter);

/// A configuration for a review that begins with the studies of a cell; its RIS file stands beside it.
std::string reviewOf(const std::string& title, const std::string& file, std::size_t studies,
                     const std::string& searched);

/// A name for files of a cell: letters and digits, hyphens between.
std::string fileName(const std::string& words);

}  // namespace winnow::map
