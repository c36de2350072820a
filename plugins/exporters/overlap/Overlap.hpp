// Which sources delivered which works: the counts behind the overlap table and picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::overlap {

/// A set of sources, as indexes in Overlap::sources(), ascending.
using Combination = std::vector<std::size_t>;

struct SourceCount {
  std::string name;
  std::uint64_t works = 0, onlyHere = 0;
};

/// Counts works by the sources that delivered them. One thread.
class Overlap {
 public:
  /// One work and its sources; a source that stands twice counts once. A work without one is counted in `unsourced`.
  void add(const std::vector<std::string_view>& sources);

  /// By number of works, most first; equal ones by name.
  std::vector<SourceCount> sources() const;
  /// Combinations with their works, most first; equal ones by size, then by sources() order. Indexes are those of
  /// sources().
  std::vector<std::pair<Combination, std::uint64_t>> combinations() const;
  /// Works that both of two sources delivered, by index in sources().
  std::uint64_t shared(std::size_t a, std::size_t b) const;
  std::uint64_t works() const noexcept { return works_; }
  std::uint64_t unsourced() const noexcept { return unsourced_; }

 private:
  std::vector<std::string> ordered() const;
  std::map<std::vector<std::string>, std::uint64_t> counts_;  ///< sorted names -> works
  std::uint64_t works_ = 0, unsourced_ = 0;
};

}  // namespace winnow::overlap
