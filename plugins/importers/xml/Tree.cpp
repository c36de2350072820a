#include "Tree.hpp"

#include <winnow/formats/text.hpp>

namespace winnow::xml {

bool Tree::parse(std::string_view text) {
  const bool whole = parser_.parse(text);
  for (const std::uint32_t i : open_) nodes_[i].end = static_cast<std::uint32_t>(nodes_.size());
  open_.clear();
  return whole;
}

void Tree::begin() {
  nodes_.clear();
  open_.clear();
}

Node& Tree::add() {
  Node& node = nodes_.emplace_back();
  node.line = parser_.line();
  node.parent = open_.empty() ? 0 : open_.back();
  node.end = static_cast<std::uint32_t>(nodes_.size());
  return node;
}

void Tree::open(Name name, const Attributes& attributes) {
  if (nodes_.size() >= kMostNodes) return parser_.stop("the record holds too many elements");
  Node& node = add();
  node.name = name;
  attributes.each(
      [&](Name key, std::string_view value) { node.attributes.emplace_back(key, formats::decodeEntities(value)); });
  open_.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
}

void Tree::close(Name) {
  if (open_.empty()) return;
  nodes_[open_.back()].end = static_cast<std::uint32_t>(nodes_.size());
  open_.pop_back();
}

void Tree::text(std::string_view run) {
  if (open_.empty()) return;
  if (nodes_.back().name.empty())
    nodes_.back().text += run;
  else
    add().text = run;
}

std::string_view Node::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes)
    if (key == wanted) return value;
  return {};
}

const Node& Element::node() const { return tree_->nodes()[index_]; }
std::string_view Element::name() const { return tree_ == nullptr ? std::string_view() : std::string_view(node().name); }
std::string_view Element::attribute(std::string_view wanted) const {
  return tree_ == nullptr ? std::string_view() : node().attribute(wanted);
}
std::uint32_t Element::line() const { return tree_ == nullptr ? 0 : node().line; }

std::string Element::exactText() const {
  std::string text;
  if (tree_ == nullptr) return text;
  for (std::uint32_t i = index_ + 1; i < node().end; ++i) text += tree_->nodes()[i].text;
  return text;
}

std::string Element::text() const {
  const std::string text = exactText();
  std::string storage;
  return std::string(formats::collapse(text, storage));
}

Element Element::child(std::string_view path) const {
  Element at = *this;
  while (at && !path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view wanted = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    Element found;
    at.children(wanted, [&](Element e) {
      if (!found) found = e;
    });
    at = found;
  }
  return at;
}

std::string Element::textOf(std::string_view path) const { return child(path).text(); }

std::string Element::path() const {
  std::string path;
  for (std::uint32_t i = index_; tree_ != nullptr && i != 0; i = tree_->nodes()[i].parent)
    path = path.empty() ? tree_->nodes()[i].name : tree_->nodes()[i].name + "/" + path;
  return path;
}

bool Element::isLeaf() const {
  bool leaf = true;
  children([&](Element) { leaf = false; });
  return leaf;
}

}  // namespace winnow::xml
