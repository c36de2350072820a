// From the nodes of a record to its fields, by a dialect table whose rules name paths.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>
#include <winnow/formats/raw_tags.hpp>

#include "Nodes.hpp"
#include "Paths.hpp"
#include "tagged/Detection.hpp"
#include "tagged/Mapping.hpp"
#include "tagged/Table.hpp"

namespace winnow::tree {

/// The tag of raw fields of a path and their flags.
formats::RawTag rawTag(const Host& host, const tagged::Table& table, const std::string& path);

/// A table over JSON or XML, ready for work. Borrows `tags`. One instance an importer; one thread.
class TreeMapper {
 public:
  /// Throws std::runtime_error where a rule or sign names no path.
  TreeMapper(const Host& host, const formats::Tags& tags, tagged::Table table, Style style);
  TreeMapper(const TreeMapper&) = delete;
  TreeMapper& operator=(const TreeMapper&) = delete;

  const tagged::Table& table() const noexcept { return table_; }
  /// The paths of records that are read with this table.
  Paths& paths() noexcept { return paths_; }

  /// How sure the table is of a record and of the text before the first one; 0: not its own.
  std::uint32_t confidence(const Nodes& nodes, std::string_view before);
  /// True if the table says that this is no record of the bibliography (an attachment, a note).
  bool isPassedOver(const Nodes& nodes);
  /// Derives the fields of a record, whose nodes have their raw fields, onto the writer's open record. Gives a date
  /// that has no year, or null; it lives until the next call.
  const tagged::Value* map(const Nodes& nodes, RecordWriter& writer);

 private:
  /// A selector as the rules use it.
  struct Use {
    std::uint32_t selector, tag;  ///< tag: its number for the mapper
    const tagged::Rule* rule;     ///< one that puts a value together; null: the node's text is the value
    std::vector<std::uint32_t> parts;
  };

  std::uint32_t number(std::string_view tag) { return names_.number(tag); }
  void addUses(const tagged::Rule& rule);
  void addUse(Use use);
  void addSigns(const std::vector<tagged::Sign>& signs);
  void collect(const Nodes& nodes, RecordWriter* writer);
  void compose(const Use& use, const Nodes& nodes, std::uint32_t node, RecordWriter& writer);
  bool composePerson(const Use& use, const Nodes& nodes, std::uint32_t node, RecordWriter& writer);
  bool isMeant(const Nodes& nodes, std::uint32_t node, std::uint32_t selector) const;
  void allBelow(const Nodes& nodes, std::uint32_t node, std::uint32_t selector, std::vector<std::string>& texts) const;
  std::string textBelow(const Nodes& nodes, std::uint32_t node, std::uint32_t selector) const;
  std::string joined(const Use& use, const Nodes& nodes, std::uint32_t node) const;

  Style style_;
  tagged::Table table_;
  tagged::Table passedOver_;  ///< its signs: what is no record
  Paths paths_;
  tagged::TagNames names_;
  std::vector<std::vector<Use>> uses_;  ///< by selector
  tagged::Detection detection_, passing_;
  tagged::Mapper mapper_;
  std::vector<tagged::Value> values_;
  std::vector<tagged::Person> persons_;
};

}  // namespace winnow::tree
