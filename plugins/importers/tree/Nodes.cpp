#include "Nodes.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

namespace winnow::tree {

void Nodes::begin() {
  nodes_.clear();
  open_.clear();
  nodes_.emplace_back().end = 1;
  open_.push_back(0);
}

Node& Nodes::add(std::uint32_t path, std::uint32_t line) {
  Node& node = nodes_.emplace_back();
  node.path = path;
  node.line = line;
  node.parent = open_.back();
  node.end = static_cast<std::uint32_t>(nodes_.size());
  return node;
}

void Nodes::open(std::uint32_t path, std::uint32_t line) {
  add(path, line);
  open_.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
}

void Nodes::close() {
  const std::uint32_t node = open_.back();
  open_.pop_back();
  // An element with one text and nothing else is a leaf.
  if (nodes_.size() == node + 2 && nodes_.back().isText) {
    nodes_[node].text = nodes_.back().text;
    nodes_.pop_back();
  }
  nodes_[node].end = static_cast<std::uint32_t>(nodes_.size());
}

void Nodes::leaf(std::uint32_t path, std::string_view text, std::uint32_t line) {
  add(path, line).text = writer_.keep(text);
}

void Nodes::run(std::string_view text, std::uint32_t line) {
  Node& node = add(openPath(), line);
  node.text = writer_.keep(text);
  node.isText = true;
}

void Nodes::finish() {
  while (!open_.empty()) close();
}

std::string_view Nodes::textOf(std::uint32_t node) const {
  const Node& first = nodes_[node];
  if (!first.text.empty() || first.end == node + 1) return first.text;
  std::string all;
  for (std::uint32_t i = node + 1; i < first.end; ++i) {
    const std::string_view name = paths_.name(nodes_[i].path);
    if (nodes_[i].isText || name.empty() || name[0] != '@') all += nodes_[i].text;
  }
  return writer_.keep(formats::collapsed(all));
}

std::uint32_t Nodes::rawOf(std::uint32_t node) const {
  for (std::uint32_t i = node; i < nodes_[node].end; ++i)
    if (nodes_[i].raw != WINNOW_NONE) return nodes_[i].raw;
  return WINNOW_NONE;
}

bool Nodes::holds(std::uint32_t node, std::uint32_t selector) const {
  const std::vector<Step>& steps = paths_.steps(selector);
  for (std::size_t step = steps.size(); step-- > 0; node = nodes_[node].parent)
    if (!steps[step].member.empty() && !holds(node, steps[step])) return false;
  return true;
}

bool Nodes::holds(std::uint32_t node, const Step& step) const {
  for (std::uint32_t i = node + 1; i < nodes_[node].end; i = nodes_[i].end) {
    if (nodes_[i].isText || paths_.name(nodes_[i].path) != step.member) continue;
    if (step.values.empty()) return !step.isNegated;
    const std::string_view text = formats::trim(textOf(i));
    const bool isOne = std::any_of(step.values.begin(), step.values.end(),
                                   [&](const std::string& value) { return formats::equalsIgnoringCase(value, text); });
    if (isOne) return !step.isNegated;
  }
  return step.isNegated;
}

}  // namespace winnow::tree
