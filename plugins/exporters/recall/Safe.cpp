#include "Safe.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace winnow::recall {

namespace {

constexpr std::uint64_t kInARow = 50;  // "no extra relevant records in the last 50"
constexpr const char* kNames[] = {"random start", "active learning", "other model", "quality check"};

/// Records of a phase since its last relevant one.
std::uint64_t runOf(const std::vector<Label>& labels, Phase phase) {
  std::uint64_t run = 0;
  for (const Label& label : labels)
    if (label.phase == phase) run = label.isRelevant ? 0 : run + 1;
  return run;
}

Condition noneInARow(std::uint64_t run) {
  return {"no relevant record among the last " + std::to_string(kInARow) + " (" + std::to_string(run) + " so far)",
          run >= kInARow};
}

std::uint64_t shareOf(std::uint64_t total, double share) {
  return static_cast<std::uint64_t>(std::ceil(static_cast<double>(total) * share - 1e-9));
}

void addConditions(const std::vector<Label>& labels, std::uint64_t total, bool keyPapersFound, SafeReport& report) {
  SafePhase &start = report.phases[0], &active = report.phases[1], &other = report.phases[2],
            &quality = report.phases[3];
  const std::uint64_t percent = shareOf(total, 0.01), tenth = shareOf(total, 0.1);
  start.conditions = {{"1 % of all records read (" + std::to_string(percent) + ")", start.read >= percent},
                      {"a relevant record found", start.found > 0}};
  // Everything read counts: the phases before have also found and read records.
  const double estimate =
      start.read == 0 ? 0
                      : static_cast<double>(start.found) / static_cast<double>(start.read) * static_cast<double>(total);
  const auto twice = static_cast<std::uint64_t>(std::ceil(2 * estimate - 1e-9));
  const std::uint64_t read = start.read + active.read;
  active.conditions = {{"all key papers found", keyPapersFound},
                       {"twice the estimated number of relevant records read (" + std::to_string(twice) + ")",
                        start.read > 0 && read >= twice},
                       {"10 % of all records read (" + std::to_string(tenth) + ")", read >= tenth},
                       noneInARow(runOf(labels, Phase::ActiveLearning))};
  other.conditions = {noneInARow(runOf(labels, Phase::OtherModel))};
  quality.conditions = {noneInARow(runOf(labels, Phase::QualityCheck))};
}

}  // namespace

bool SafePhase::isDone() const {
  return std::all_of(conditions.begin(), conditions.end(), [](const Condition& c) { return c.holds; });
}
bool SafeReport::isDone() const {
  return std::all_of(phases.begin(), phases.end(), [](const SafePhase& p) { return p.isDone(); });
}

SafeReport safeReport(const std::vector<Label>& labels, std::uint64_t total, bool keyPapersFound) {
  SafeReport report;
  for (int i = 0; i < 4; ++i) report.phases.push_back({static_cast<Phase>(i + 1), kNames[i], 0, 0, {}});
  Phase current = Phase::None;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Label& label = labels[i];
    if (label.phase == Phase::None)
      throw std::invalid_argument("record " + std::to_string(i + 1) +
                                  " states no phase; the SAFE procedure needs the column 'phase'");
    if (label.phase < current)
      throw std::invalid_argument("record " + std::to_string(i + 1) + " goes back to an earlier phase");
    SafePhase& phase = report.phases[static_cast<std::size_t>(label.phase) - 1];
    if (label.phase != current)
      report.events.push_back("record " + std::to_string(i + 1) + ": " + phase.name + " begins");
    current = label.phase;
    ++phase.read;
    phase.found += label.isRelevant;
  }
  addConditions(labels, total, keyPapersFound, report);
  return report;
}

}  // namespace winnow::recall
