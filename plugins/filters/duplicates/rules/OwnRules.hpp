// Rules that a review writes itself: "my-rule: [title 0.9, first author, year 1, same volume]".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compare/Comparison.hpp"

namespace winnow::duplicates {

/// One demand of a rule.
struct Demand {
  enum class Kind : std::uint8_t {
    Title,        ///< likeness of the titles, at least `most` (0..1)
    Authors,      ///< share of the shorter list that is found in the other, at least
    FirstAuthor,  ///< the same
    Journal,      ///< equal or one the abbreviation of the other
    Volume,
    Issue,
    FirstPage,
    Pages,  ///< first and last
    Year,   ///< apart by `most` years at the most; a missing year fails
    Doi,
    Abstract,  ///< likeness of the abstracts, at least
    Words,     ///< content words of the shorter title, at least
    NothingContradicts
  };
  Kind kind;
  double most = 0;
};

struct OwnRule {
  std::string code, label;  ///< "rule.my-rule"; the demands in words
  std::vector<Demand> demands;
  bool asks = false;  ///< the pair goes to the hand-check list
};

/// Reads one rule. Throws std::invalid_argument naming the rule, the word and what may stand there.
OwnRule readRule(std::string_view name, const std::vector<std::string_view>& words);

/// True if the two meet every demand. Symmetric; a pure function. A field that is missing on one side meets none.
bool holds(const OwnRule& rule, const Comparison& comparison);

}  // namespace winnow::duplicates
