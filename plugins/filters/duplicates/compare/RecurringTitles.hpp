// Titles that several works of one set share: columns, prize notes, letters under one headline, serial editorials.
#pragma once

#include <cstdint>
#include <vector>

#include "features/Features.hpp"

namespace winnow::duplicates {

/// What was learned of the whole set before pairs are judged. Such a title says nothing about a work, in any language.
class RecurringTitles {
 public:
  /// Takes subjects of titles (Title::subject). Call learn() before contains().
  void learn(std::vector<std::uint64_t> subjects);
  bool contains(std::uint64_t subject) const noexcept;

 private:
  std::vector<std::uint64_t> subjects_;  // sorted
};

/// True if records of one title cannot all be one work: they bear three years or three DOIs, or stand at three places
/// in three issues or under three first authors. Counts are of different values, so copies of records change nothing.
/// One work alone does not reach them: databases mistake its year, its pages and its first author, but not all at once.
/// Independent of the order. Thread: any.
bool areSeveralWorks(const std::vector<const Features*>& records);

}  // namespace winnow::duplicates
