#include "Tally.hpp"

#include <algorithm>

namespace winnow::search::match {

namespace {

bool holds(const Node& node, Kind a, Kind b) {
  return node.kind == a || node.kind == b ||
         std::any_of(node.args.begin(), node.args.end(), [&](const Node& arg) { return holds(arg, a, b); });
}

}  // namespace

Tally::Tally(const Strategy& strategy, std::size_t final, Policy policy, std::array<bool, 3> keep)
    : final_(final), policy_(policy), keep_(keep), lines_(strategy.lines.size()) {
  for (std::size_t i = 0; i < strategy.lines.size(); ++i) {
    if (!strategy.lines[i].tree) continue;
    const Node& tree = *strategy.lines[i].tree;
    if (holds(tree, Kind::Term, Kind::Phrase) && !holds(tree, Kind::Ref, Kind::Ref)) wordLines_.push_back(i);
    if (tree.kind != Kind::Or) continue;
    std::vector<std::size_t> members;
    for (const Node& arg : tree.args)
      if (const Line* line = arg.kind == Kind::Ref ? strategy.find(arg.n, i) : nullptr)
        members.push_back(static_cast<std::size_t>(line - strategy.lines.data()));
    for (const std::size_t member : members) lines_[member].inOr = true;
    if (members.size() > 1) ors_.push_back(std::move(members));
  }
}

void Tally::add(const std::string& id, const std::vector<Truth>& values) {
  ++records_;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = static_cast<std::size_t>(values[i]);
    ++lines_[i].counts[value];
    if (keep_[value]) lines_[i].ids[value].push_back(id);
  }
  for (const auto& members : ors_) {
    std::size_t found = 0, last = 0;
    for (const std::size_t member : members)
      if (values[member] == Truth::True) ++found, last = member;
    if (found == 1) ++lines_[last].unique;
  }
  const bool byWords =
      std::any_of(wordLines_.begin(), wordLines_.end(), [&](std::size_t i) { return values[i] == Truth::True; });
  if (!byWords && !wordLines_.empty()) {
    ++unexplained_;
    if (keep_[static_cast<std::size_t>(Truth::True)] || unexplainedIds_.size() < kShown) unexplainedIds_.push_back(id);
  }
  if (final_ >= values.size()) return;
  const Truth result = values[final_];
  undecided_ += result == Truth::Unknown ? 1 : 0;
  const bool in = result == Truth::True || (result == Truth::Unknown && policy_ == Policy::Include);
  included_ += in ? 1 : 0;
  if (result == Truth::True && !byWords) ++headingsOnly_;
}

}  // namespace winnow::search::match
