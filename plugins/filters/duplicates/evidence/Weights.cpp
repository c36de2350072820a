#include "Weights.hpp"

#include <cstdio>

namespace winnow::duplicates {

namespace {

// One row a field, in the order of Field; one weight a level, in the order of the scale. Fitted by fit_weights.py.
constexpr double kWeights[kFieldCount][kMostLevels] = {
#include "weights.inc"
};

}  // namespace

double weightOf(Field field, std::uint8_t level) { return kWeights[static_cast<std::size_t>(field)][level]; }

double weigh(const Levels& levels) {
  double sum = 0;
  for (std::size_t i = 0; i < kFieldCount; ++i) sum += weightOf(static_cast<Field>(i), levels[i]);
  return sum;
}

std::string describe(const Levels& levels) {
  std::string text;
  char number[32];
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (levels[i] == 0) continue;
    const auto field = static_cast<Field>(i);
    std::snprintf(number, sizeof number, " %+.1f; ", weightOf(field, levels[i]));
    text.append(nameOf(field)).append(" ").append(nameOf(field, levels[i])).append(number);
  }
  std::snprintf(number, sizeof number, "sum %+.1f", weigh(levels));
  return text.append(number);
}

}  // namespace winnow::duplicates
