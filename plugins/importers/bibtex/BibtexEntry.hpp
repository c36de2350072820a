// One entry's text as type, key and fields, whatever is wrong with it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::bibtex {

struct Field {
  std::string name;        ///< lower case
  std::string_view value;  ///< TeX, without the outer signs; views into Entry::text or Entry::joined
  std::uint32_t line = 0;
};

struct Defect {
  std::string_view code;
  std::string message;
  std::string_view action;
  std::uint32_t line, column;
  bool isInfo = false;
};

/// Owns its text; not movable, because fields are views of it.
struct Entry {
  Entry() = default;
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

  std::string text;
  std::deque<std::string> joined;
  std::string type;  ///< lower case
  std::string_view key;
  std::vector<Field> fields;
  std::vector<Defect> defects;
  std::uint64_t byte = 0;
  std::uint32_t line = 1, column = 1, size = 0;

  /// The field of that name; of several the last. Null if there is none.
  const Field* find(std::string_view name) const;
};

/// The text of a macro; null if it is not defined.
using MacroOf = std::function<const std::string*(const std::string& lowerName)>;

/// Reads `entry.text`. `closed`: false if the text ended before the entry did. Of "@string" the fields are the macros,
/// of
/// "@comment" and "@preamble" nothing is read.
void readEntry(Entry& entry, bool closed, const MacroOf& macroOf);

/// Blanks between the parts of an entry.
constexpr bool isBlankByte(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace winnow::bibtex
