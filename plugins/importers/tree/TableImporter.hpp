// What the importers of JSON and XML are: tables over paths, of which the first record of a file tells one.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>
#include <winnow/plugin.hpp>

#include "TreeMapper.hpp"
#include "tagged/TaggedImporter.hpp"

namespace winnow::tree {

/// The built-in tables of an importer, the surest first, then by id. Throws std::runtime_error for one that is not
/// good.
std::vector<tagged::Table> readTables(const Host& host, std::string_view parent,
                                      std::span<const std::string_view> texts);

/// A source over bytes that are there already; what is emitted to it is forgotten.
class Bytes {
 public:
  explicit Bytes(std::string_view text);
  Source source() const { return Source(&source_); }

 private:
  static winnow_status WINNOW_CALL next(const winnow_source* source, winnow_str* chunk);
  static winnow_status WINNOW_CALL emit(const winnow_source*, const winnow_batch*) { return WINNOW_OK; }
  static winnow_status WINNOW_CALL declare(const winnow_source*, const winnow_declaration*, std::size_t) {
    return WINNOW_OK;
  }
  std::string_view text_;
  winnow_source source_;
};

class TableImporter : public Importer {
 public:
  Probe probe(std::string_view head, std::string_view name) override;
  winnow_status read(Source source) override;
  std::vector<winnow::Format> formats() const override;
  const void* extension(std::string_view wanted) override;

 protected:
  /// The tables of an importer, read at the first call of the process; they outlive every importer.
  using BuiltIn = const std::vector<tagged::Table>& (*)(const Host& host);

  /// `format`: "JSON", for people. `parent`: what tables extend. Throws std::runtime_error when the setting "table" is
  /// no good table.
  TableImporter(Host host, const Settings& settings, Style style, std::string_view format, std::string_view parent,
                BuiltIn builtIn);

  /// How sure a table is of a file that begins with `head`; `place`: where records are, one of those that it names.
  virtual std::uint32_t confidence(std::string_view head, TreeMapper& mapper, std::string& place) const = 0;
  virtual winnow_status readRecords(Source source, TreeMapper& mapper, const std::string& place) = 0;

 private:
  /// A table, ready for work.
  struct Ready {
    Ready(const Host& host, const formats::Tags& tags, const tagged::Table& table, Style style);
    TreeMapper mapper;
    std::string_view name;  ///< "openalex" for importers.json.openalex
    std::string toldBy;     ///< its signs, for people
  };
  std::deque<Ready>& tables() const;
  Ready* surest(std::string_view head, std::uint32_t& sure, std::string& place);

  formats::Tags tags_;
  std::string format_, fixed_;
  std::unique_ptr<tagged::Table> own_;  ///< a table that somebody else made
  Style style_;
  BuiltIn builtIn_;
  mutable std::deque<Ready> tables_;  ///< the surest first; made when a file is looked at that may be of this format
  std::unique_ptr<tagged::TableWords> words_;
};

}  // namespace winnow::tree
