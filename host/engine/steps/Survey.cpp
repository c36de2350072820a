#include "Survey.hpp"

#include <winnow/plugin.hpp>

namespace winnow::engine {

void Survey::show(const SharedKey& shared) {
  if (wanted_ == nullptr || shared.space != wanted_->space || shared.records.size() < wanted_->fewest) return;
  std::vector<Place> block = shared.records;
  byContent(block, input_);
  if (block.size() > kLargestBlock) block.resize(kLargestBlock);
  std::vector<RecordId> ids;
  for (const Place place : block) ids.push_back(input_.order[place]);
  matcher_.survey(input_.batch(ids),
                  [&](const winnow_key& fact) { facts_.emplace(fact.space, std::string(view(fact.value))); });
}

void learnFacts(plugins::Instance& matcher, const Facts& facts) {
  if (matcher.surveyed() == nullptr) return;
  std::vector<winnow_key> list;
  for (const auto& [space, value] : facts) list.push_back({0, space, 0, str(value)});
  matcher.learn(list);
}

}  // namespace winnow::engine
