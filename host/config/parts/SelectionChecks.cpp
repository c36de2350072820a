#include "SelectionChecks.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace winnow::config {

void tellStepOrder(const Review& review, Problems& problems) {
  static constexpr std::string_view order[] = {"duplicates", "language", "publication-type", "not-public", "topic"};
  std::size_t last = 0;
  for (const Step& step : review.steps) {
    const std::string_view filter = std::string_view(step.plugin).substr(step.plugin.find('.') + 1);
    auto place = std::find(std::begin(order), std::end(order), step.id);
    if (place == std::end(order)) place = std::find(std::begin(order), std::end(order), filter);
    if (step.verb != Verb::Remove || place == std::end(order)) continue;
    const auto index = static_cast<std::size_t>(place - std::begin(order));
    if (index < last) {
      problems.warning("config.order", step.at,
                       "'" + step.label + "' stands after '" + std::string(order[last]) + "'; protocols remove " +
                           std::string(order[index]) + " first, and the counts follow the order written here");
    }
    last = std::max(last, index);
  }
}

void tellUnusedReviewers(const Review& review, Problems& problems) {
  if (problems.hasErrors()) return;  // the step that names the reviewer may be the one that was not understood
  for (const Reviewer& reviewer : review.reviewers) {
    const bool hasTask = std::any_of(review.steps.begin(), review.steps.end(), [&](const Step& step) {
      return std::any_of(step.readers.begin(), step.readers.end(),
                         [&](const Reader& reader) { return reader.reviewer == reviewer.id; });
    });
    if (!hasTask && !review.steps.empty())
      problems.warning("config.unused-reviewer", reviewer.at, "no step is read by '" + reviewer.id + "'");
  }
}

}  // namespace winnow::config
