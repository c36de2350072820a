// Whether a record, or the lines before it, shows the signs of a table.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "Table.hpp"

namespace winnow::tagged {

/// One value of a record.
struct Value {
  std::uint32_t tag;  ///< its number
  std::string_view text;
  std::uint32_t raw;         ///< index of the raw field
  std::uint32_t person = 0;  ///< where a person was put together: which of the record's, from 1
};

/// The number by which an importer knows a tag.
using Numbering = std::function<std::uint32_t(std::string_view)>;

/// A set of tags as bits, of which several may fall together: what is not in it is not there.
constexpr std::uint64_t bitOf(std::uint32_t tag) { return std::uint64_t{1} << (tag * 0x9E3779B1u >> 26); }
std::uint64_t bitsOf(const std::vector<Value>& record);

/// A record that is looked at, with the lines before it. Borrows both.
struct Seen {
  Seen(const std::vector<Value>& values, const std::vector<std::string_view>& linesBefore)
      : record(values), lines(linesBefore), bits(bitsOf(values)) {}
  const std::vector<Value>& record;
  const std::vector<std::string_view>& lines;
  std::uint64_t bits;
};

/// The signs of one table, ready to be looked for. Any thread.
class Detection {
 public:
  Detection(const Table& table, const Numbering& number);
  /// The table's confidence when one of `any` and each of `all` is shown; 0 if not, or if it has no signs.
  std::uint32_t confidence(const Seen& seen) const;

 private:
  struct Ready {
    Sign::Is is;
    std::vector<std::uint32_t> tags;
    std::uint32_t before;  ///< Behind: the tag that stands before
    std::uint64_t bits;    ///< of the tags that must be there
    std::string text;
  };
  static bool isShown(const Ready& sign, const Seen& seen);

  std::vector<Ready> any_, all_;
  std::uint32_t confidence_;
};

}  // namespace winnow::tagged
