// One record as the nodes of a tree, in the order of the document: members of JSON, elements and attributes of XML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "Paths.hpp"

namespace winnow::tree {

/// A node is followed by all that is below it, up to `end`. Members of a list are nodes of the list's path.
struct Node {
  std::uint32_t path = Paths::kRecord;
  std::uint32_t parent = 0, end = 0;
  std::uint32_t line = 0;  ///< within the record's text, from 1
  std::uint32_t raw = WINNOW_NONE;
  std::string_view text;  ///< of a leaf; lives as long as the writer's batch
  bool isText = false;    ///< a run of text between elements; its path is that of the element it stands in
};

/// Builds the nodes of one record after the other. Borrows both. One thread.
class Nodes {
 public:
  Nodes(Paths& paths, RecordWriter& writer) : paths_(paths), writer_(writer) {}

  /// Begins anew, with the record itself as the first node.
  void begin();
  /// A node that others will be below of, up to close().
  void open(std::uint32_t path, std::uint32_t line);
  void close();
  /// A leaf; the text is copied.
  void leaf(std::uint32_t path, std::string_view text, std::uint32_t line);
  /// A run of text below the open node; the text is copied.
  void run(std::string_view text, std::uint32_t line);
  /// Closes what is still open.
  void finish();
  std::size_t depth() const noexcept { return open_.size(); }
  std::uint32_t openPath() const { return nodes_[open_.back()].path; }

  Paths& paths() const noexcept { return paths_; }
  const std::vector<Node>& all() const noexcept { return nodes_; }
  std::vector<Node>& all() noexcept { return nodes_; }
  /// All text of a node and below it, in order; blanks collapsed where it consists of several runs.
  std::string_view textOf(std::uint32_t node) const;
  /// The first raw field of a node or below it.
  std::uint32_t rawOf(std::uint32_t node) const;
  /// True if the steps of a selector ask nothing that the node and those above it do not have.
  bool holds(std::uint32_t node, std::uint32_t selector) const;

 private:
  Node& add(std::uint32_t path, std::uint32_t line);
  bool holds(std::uint32_t node, const Step& step) const;

  Paths& paths_;
  RecordWriter& writer_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> open_;
};

}  // namespace winnow::tree
