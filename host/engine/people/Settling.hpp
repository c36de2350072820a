// Several words of one person about one work: which of them counts.
#pragma once

#include <vector>

#include "Decisions.hpp"

namespace winnow::engine {

/// The words in the order in which they were said, the one that counts last; `isSettled` false: they contradict each
/// other and nothing tells which is later.
struct Settled {
  std::vector<Decision> words;
  bool isSettled = true;
};

/// Orders words. "Later" is a time (column "time"), else the order of rows about one record in one file; an order of
/// file names says nothing. Words that agree need no order. `words` is not empty and in order of file and row.
Settled settle(std::vector<Decision> words);

}  // namespace winnow::engine
