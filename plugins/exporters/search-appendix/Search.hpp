// The document "search" (winnow-search/1), read strictly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::appendix {

struct Repair {
  std::string line, text;
};

/// One database, register or other method.
struct Source {
  std::string kind, name, platform, wave, searched, query;
  std::optional<std::uint64_t> reported, taken;
  std::uint64_t imported = 0;
};

struct Search {
  std::string file, text;  ///< of the strategy; empty: the review names none
  std::vector<Repair> repairs;
  std::vector<Source> sources;
};

/// Throws std::runtime_error with the path of what is not as the format says.
Search readSearch(std::string_view json);

}  // namespace winnow::appendix
