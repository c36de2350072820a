#include "Paths.hpp"

#include <algorithm>
#include <stdexcept>

#include <winnow/formats/text.hpp>

namespace winnow::tree {

namespace {

/// "name[member=a|b]"; false: brackets that do not match, or no name.
bool readStep(std::string_view text, Step& step) {
  const std::size_t open = text.find('[');
  step.name = text.substr(0, open);
  if (step.name.empty()) return false;
  if (open == std::string_view::npos) return true;
  if (text.back() != ']') return false;
  const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  const std::size_t equals = inside.find('=');
  std::string_view member = inside.substr(0, equals);
  step.isNegated = !member.empty() && member.back() == '!';
  if (step.isNegated) member.remove_suffix(1);
  step.member = member;
  if (equals != std::string_view::npos)
    for (const std::string_view value : formats::split(inside.substr(equals + 1), "|")) step.values.emplace_back(value);
  return !step.member.empty() && (equals == std::string_view::npos || !step.values.empty());
}

}  // namespace

std::vector<Step> stepsOf(std::string_view text, Style style) {
  std::vector<Step> steps;
  const char between = static_cast<char>(style);
  std::size_t depth = 0, begin = 0;
  const auto add = [&](std::size_t end) {
    Step step;
    if (!readStep(text.substr(begin, end - begin), step)) return false;
    steps.push_back(std::move(step));
    begin = end;
    return true;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') ++depth;
    if (text[i] == ']' && depth > 0) --depth;
    if (depth > 0) continue;
    const bool isAttribute = style == Style::Xml && text[i] == '@' && i > begin;
    if (text[i] != between && !isAttribute) continue;
    if (!add(i)) return {};
    if (!isAttribute) begin = i + 1;
  }
  if (depth > 0 || !add(text.size())) return {};
  return steps;
}

std::uint32_t Paths::addSelector(std::string_view text) {
  const auto [place, isNew] = numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(selectors_.size()));
  if (isNew) selectors_.push_back(stepsOf(text, style_));
  if (selectors_[place->second].empty()) throw std::runtime_error("'" + std::string(text) + "' is no path");
  return place->second;
}

std::uint32_t Paths::below(std::uint32_t path, std::string_view name) {
  const auto found = paths_[path].children.find(name);
  return found != paths_[path].children.end() ? found->second : add(path, name);
}

std::uint32_t Paths::add(std::uint32_t parent, std::string_view name) {
  if (paths_.size() >= kMostPaths && name != "(other)") return below(kRecord, "(other)");
  const auto number = static_cast<std::uint32_t>(paths_.size());
  Path& path = paths_.emplace_back();
  path.name = name;
  path.parent = parent;
  path.depth = paths_[parent].depth + 1;
  const bool isAttribute = style_ == Style::Xml && !name.empty() && name[0] == '@';
  path.text = paths_[parent].text;
  if (parent != kRecord && !isAttribute) path.text += static_cast<char>(style_);
  path.text += name;
  path.leadsOn = false;
  for (std::uint32_t s = 0; s < selectors_.size(); ++s) {
    const std::vector<Step>& steps = selectors_[s];
    if (steps.size() < path.depth || !fits(number, steps, path.depth)) continue;
    const bool asks = !steps[path.depth - 1].member.empty();
    if (steps.size() > path.depth || asks) path.leadsOn = true;
    if (steps.size() == path.depth) path.here.push_back(s);
  }
  paths_[parent].children.emplace(std::string(name), number);
  return number;
}

/// True if the names on the way to the path are those of the first `count` steps.
bool Paths::fits(std::uint32_t path, const std::vector<Step>& steps, std::size_t count) const {
  for (; count > 0; --count, path = paths_[path].parent) {
    const std::string& wanted = steps[count - 1].name;
    const bool isAny = wanted == "*" && paths_[path].name[0] != '@';
    if (!isAny && wanted != paths_[path].name) return false;
  }
  return path == kRecord;
}

}  // namespace winnow::tree
