// One record's XML as a flat tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "SaxParser.hpp"

namespace winnow::xml {

/// An element, or a run of text (its name is empty then). A node is followed by all that is below it, up to `end`.
struct Node {
  std::string name;                                             ///< local name
  std::string text;                                             ///< of a run of text
  std::vector<std::pair<std::string, std::string>> attributes;  ///< by local name
  std::uint32_t line = 0;                                       ///< within the parsed text, from 1
  std::uint32_t parent = 0, end = 0;

  std::string_view attribute(std::string_view wanted) const;
};

class Tree;

/// A place in a tree; cheap to copy; false where there is none. Lives as long as the parsed text.
class Element {
 public:
  Element() = default;
  Element(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

  explicit operator bool() const noexcept { return tree_ != nullptr; }
  bool operator==(const Element& other) const noexcept { return tree_ == other.tree_ && index_ == other.index_; }
  std::uint32_t index() const noexcept { return index_; }
  std::string_view name() const;
  std::string_view attribute(std::string_view wanted) const;
  std::uint32_t line() const;
  /// All text below, in order, with blanks collapsed and inline elements as if they were not there.
  std::string text() const;
  /// As text(), blanks as they stand: for fields in which places count.
  std::string exactText() const;
  /// The first child of that name, or below: child("a/b").
  Element child(std::string_view path) const;
  /// text() of child(path); empty if there is none.
  std::string textOf(std::string_view path) const;
  /// Calls `each(Element)` for every child element; with a name, for those of that name.
  template <class Each>
  void children(Each&& each) const;
  template <class Each>
  void children(std::string_view wanted, Each&& each) const {
    children([&](Element e) {
      if (e.name() == wanted) each(e);
    });
  }
  /// "a/b/c" below the root.
  std::string path() const;
  /// True if it holds no element but text.
  bool isLeaf() const;

 private:
  const Node& node() const;
  const Tree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

/// Parses one text after the other with one parser. One thread.
class Tree final : private SaxEvents {
 public:
  /// False: the text is not well-formed; the tree holds what came before the defect, whose place within the text is in
  /// fault(). More nodes than kMostNodes count as a defect, and what SaxParser counts as one.
  bool parse(std::string_view text);
  const Fault& fault() const noexcept { return parser_.fault(); }
  Element root() const { return nodes_.empty() ? Element() : Element(this, 0); }
  const std::vector<Node>& nodes() const noexcept { return nodes_; }

  static constexpr std::size_t kMostNodes = 2'000'000;

 private:
  void begin() override;
  void open(Name name, const Attributes& attributes) override;
  void close(Name name) override;
  void text(std::string_view run) override;
  Node& add();

  SaxParser parser_{*this};
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> open_;
};

template <class Each>
void Element::children(Each&& each) const {
  if (tree_ == nullptr) return;
  const std::vector<Node>& nodes = tree_->nodes();
  for (std::uint32_t i = index_ + 1; i < nodes[index_].end; i = nodes[i].end)
    if (!nodes[i].name.empty()) each(Element(tree_, i));
}

}  // namespace winnow::xml
