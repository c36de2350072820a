// The hand-check list as a page to read: two records side by side, what differs marked, in print and without a mouse as
// well.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace winnow::cli {

/// One row of a pair: what both records say of a field.
struct PageRow {
  std::string name, left, right;
};

struct PagePair {
  std::string why, note;              ///< the rule in words; how alike the two are
  std::string left, right;            ///< names of the records
  std::string leftPlace, rightPlace;  ///< where they were found
  std::vector<PageRow> rows;
};

std::string pageHead(std::size_t pairs);
/// The pair at `number` (from 1) of `count`. Everything is escaped.
std::string pageSection(const PagePair& pair, std::size_t number, std::size_t count);
std::string pageEnd();

}  // namespace winnow::cli
