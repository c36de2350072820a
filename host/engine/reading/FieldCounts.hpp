// What was made of each tag or heading of an export, and which of those that nothing was made of look like something.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
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

/// Counts the fields of the records of one file. Constant time a field; 64 bytes a tag; one thread.
class FieldCounts {
 public:
  /// `isFilledIn`: the records are rows that people filled in (WINNOW_FILLED_IN); they need no title and are not
  /// counted.
  FieldCounts(plugins::TagTable& tags, bool isFilledIn);

  /// False for a record that should have a title and has none.
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
  /// The names of those tags, `most` at most, from which most values went nowhere; the first ones first.
  std::vector<std::string> mostlyLost(std::size_t most) const;

 private:
  static constexpr std::size_t kMostMade = 8;  ///< kinds of fields from one tag that are named
  struct Counter {
    std::uint64_t values = 0, used = 0, known = 0;
    std::uint32_t line = 0;
    bool isDerived = false;
    std::array<std::uint32_t, kMostMade> made{};  ///< tag numbers; 0: none
  };
  static constexpr std::size_t kPage = 256;
  using Page = std::array<Counter, kPage>;
  /// Two tag numbers: of a value (0: none), and of a field that was made from it.
  struct Derived {
    std::uint32_t origin = 0, tag = 0;
    bool operator==(const Derived&) const = default;
  };

  Counter& counterOf(std::uint32_t tag) {
    const std::size_t page = tag / kPage;
    if (page >= counters_.size() || !counters_[page]) addPage(page);
    return (*counters_[page])[tag % kPage];
  }
  void addPage(std::size_t page);
  const Counter& counted(std::uint32_t tag) const { return (*counters_[tag / kPage])[tag % kPage]; }
  void noteDerived(Derived derived);
  void addRaw(const winnow_field& field, bool isUsed);
  FieldUse useOf(std::uint32_t tag) const;
  std::string_view nameOf(std::uint32_t tag) const;
  bool hasDerived(std::string_view prefix) const;

  const plugins::TagTable& tags_;
  bool isFilledIn_;
  std::vector<std::uint32_t> titles_;
  std::vector<std::unique_ptr<Page>> counters_;  ///< by tag number; a table may have very many columns
  std::array<Derived, 256> noted_{};             ///< some of what was noted: most records repeat it
  std::vector<std::uint32_t> rawTags_;           ///< in the order of their first values
  std::vector<char> made_;                       ///< by field of the record that is added: something was made of it
  std::uint64_t values_ = 0, lost_ = 0;
};

}  // namespace winnow::engine
