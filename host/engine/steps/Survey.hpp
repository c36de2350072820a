// What a matcher learns from the whole set before it judges pairs (winnow/ext/survey.h).
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "Blocks.hpp"

namespace winnow::engine {

/// What a matcher said of blocks: space and value. Those of parts of a set are united, in any order.
using Facts = std::set<std::pair<std::uint32_t, std::string>>;

/// Shows a matcher the blocks that it wants to see, and gathers what it says.
class Survey {
 public:
  Survey(plugins::Instance& matcher, const MatchInput& input)
      : matcher_(matcher), input_(input), wanted_(matcher.surveyed()) {}

  /// Shows the block if the matcher wants to see it.
  void show(const SharedKey& shared);
  const Facts& facts() const noexcept { return facts_; }

 private:
  plugins::Instance& matcher_;
  const MatchInput& input_;
  const winnow_survey* wanted_;
  Facts facts_;
};

/// Hands a matcher that surveys the set all that was learned; others nothing. Once, before its first block.
void learnFacts(plugins::Instance& matcher, const Facts& facts);

}  // namespace winnow::engine
