// A table as a tree of texts, lists and maps, each with its place: what YAML says, without a YAML parser. Built-in
// tables are turned into trees while the program is built, so that no start of the program reads YAML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::tagged {

/// An immutable tree. Copies are deep.
class Node {
 public:
  enum class Kind { Missing, Empty, Text, List, Map };
  struct Entry;

  Node() = default;  ///< Missing
  Node(Kind kind, std::uint32_t line, std::uint32_t column) : kind_(kind), line_(line), column_(column) {}

  /// False for what is not there; an empty value ("key:") is there.
  explicit operator bool() const noexcept { return kind_ != Kind::Missing; }
  Kind kind() const noexcept { return kind_; }
  bool isText() const noexcept { return kind_ == Kind::Text; }
  bool isList() const noexcept { return kind_ == Kind::List; }
  bool isMap() const noexcept { return kind_ == Kind::Map; }
  /// From 1; 0 for what is missing.
  std::uint32_t line() const noexcept { return line_; }
  std::uint32_t column() const noexcept { return column_; }

  /// Empty unless a text.
  const std::string& text() const noexcept { return text_; }
  /// Of a list; empty for anything else.
  const std::vector<Node>& items() const noexcept { return items_; }
  /// Of a map, in the order of the text; empty for anything else. Lives as long as the tree.
  std::vector<Entry> entries() const;
  /// The value of a key of a map, the first if it stands twice; missing otherwise. Lives as long as the tree.
  const Node& operator[](std::string_view key) const noexcept;

  void setText(std::string text) { text_ = std::move(text); }
  void add(Node item);
  void add(Node key, Node value);

 private:
  Kind kind_ = Kind::Missing;
  std::uint32_t line_ = 0, column_ = 0;
  std::string text_;
  std::vector<Node> items_;          ///< of a list
  std::vector<Node> keys_, values_;  ///< of a map, side by side
};

struct Node::Entry {
  const Node &key, &value;
};

/// Why a text is no tree, with its place.
struct NodeProblem {
  std::uint32_t line = 1, column = 1;
  std::string message;
};

/// The tree of one YAML document. The problem's message is empty if it could be read.
Node nodeFromYaml(std::string_view yaml, NodeProblem& problem);

/// A tree as bytes, which nodeFromBytes() reads in linear time, and back. Bytes of a tree begin with kTreeMark, which
/// begins no YAML. nodeFromBytes() throws std::invalid_argument for bytes that toBytes() did not make.
inline constexpr char kTreeMark = '\x01';
std::string toBytes(const Node& node);
Node nodeFromBytes(std::string_view bytes);

}  // namespace winnow::tagged
