// What was made of each tag or heading of an export, and which of those that nothing was made of look like something.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <winnow/abi.h>

#include "plugins/TagTable.hpp"

namespace winnow::engine {

/// One tag or heading of an export.
struct FieldUse {
  std::string name;               ///< as exported: "T1", "Published Year"
  std::uint64_t values = 0;       ///< that are not blank
  std::uint64_t used = 0;         ///< from which something was made
  std::uint64_t known = 0;        ///< from which nothing was made, though the importer knows what they are
  std::vector<std::string> made;  ///< the fields that were made from them, in order of first use
  std::uint32_t line = 0;         ///< of the first value
};

/// Counts the fields of the records of one file. Constant time a field; one thread.
class FieldCounts {
 public:
  explicit FieldCounts(plugins::TagTable& tags);

  /// False for a record that should have a title and has none. Rows of sheets that people filled in should not, and are
  /// not counted.
  bool add(const winnow_record& record);

  /// In the order in which the file has them first.
  std::vector<FieldUse> uses() const;
  /// Values of the export, and those of them that went nowhere and that the importer does not know either.
  std::uint64_t values() const noexcept { return values_; }
  std::uint64_t lost() const noexcept { return lost_; }

  /// A tag or heading that nothing was made of though its words say what it is, and no record of the file has that.
  struct Overlooked {
    FieldUse use;
    std::string_view meaning;  ///< "a year"
  };
  std::vector<Overlooked> overlooked() const;

 private:
  struct Counter {
    std::uint64_t values = 0, used = 0, known = 0, derived = 0;
    std::uint32_t line = 0;
    bool isNew = true, isCell = false;
    std::vector<std::uint32_t> made;
  };
  Counter& counterOf(std::uint32_t tag);
  void addRaw(const winnow_field& field, bool isUsed);
  bool hasDerived(std::string_view prefix) const;

  const plugins::TagTable& tags_;
  std::vector<std::uint32_t> titles_;
  std::vector<Counter> counters_;       ///< by tag number
  std::vector<std::uint32_t> rawTags_;  ///< in the order of their first values
  std::vector<bool> made_;              ///< by field of the record that is added: something was made of it
  std::uint64_t values_ = 0, lost_ = 0;
};

}  // namespace winnow::engine
