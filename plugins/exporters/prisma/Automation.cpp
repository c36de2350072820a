#include <algorithm>

#include "Flow.hpp"

namespace winnow::prisma {

namespace {

constexpr const char* kAutomation = "automation";

Item& automationLine(Box& removed) {
  const auto found = std::find_if(removed.items.begin(), removed.items.end(),
                                  [](const Item& item) { return item.label == kAutomation; });
  if (found != removed.items.end()) return *found;
  Item line{kAutomation, {}, {}};
  line.count.waves.assign(removed.total.waves.size(), 0);
  removed.items.push_back(std::move(line));
  return removed.items.back();
}

bool isFolded(const Stage& stage) {
  const bool isOpen = stage.waiting && stage.waiting->n != 0;
  const bool isByPeople = stage.excluded.by && stage.excluded.by->human != 0;
  return stage.isAutomatic && !isOpen && !isByPeople;
}

void fold(Lane& lane) {
  const auto last = std::find_if_not(lane.stages.begin(), lane.stages.end(), isFolded);
  if (last == lane.stages.begin()) return;
  if (!lane.removed) {
    lane.removed.emplace();
    lane.removed->total.waves.assign(lane.identified.total.waves.size(), 0);
  }
  Box& removed = *lane.removed;
  Item& line = automationLine(removed);
  for (auto stage = lane.stages.begin(); stage != last; ++stage) {
    const Count& gone = stage->excluded.total;
    line.count = sumOf(line.count, gone);
    removed.total = sumOf(removed.total, gone);
    line.parts.push_back({stage->label, gone, {}});
    if (stage->undecided) lane.keptByAutomation.n += stage->undecided->n;
    if (removed.by) removed.by->automation += gone.n;
  }
  if (lane.screened) lane.screened = std::prev(last)->out;
  lane.stages.erase(lane.stages.begin(), last);
}

void foldLanes(Flow& flow) {
  if (flow.db) fold(*flow.db);
  if (flow.other) fold(*flow.other);
}

}  // namespace

void foldAutomation(Flow& flow) {
  foldLanes(flow);
  for (Flow& wave : flow.waves) foldLanes(wave);
}

}  // namespace winnow::prisma
