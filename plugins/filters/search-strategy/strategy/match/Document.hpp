// A record as a strategy sees it. Views: the owner keeps the texts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::search::match {

/// What can be searched. One bit each in FieldSet.
enum class Field : std::uint8_t {
  Title,
  Abstract,
  OriginalTitle,
  Keyword,
  Heading,
  Subheading,
  Type,
  Language,
  Author,
  Journal,
  Issn,
  Affiliation,
  Doi,
  Id,
  Substance,
  Year,
  Other,
  Count
};
using FieldSet = std::uint32_t;
constexpr FieldSet bit(Field field) { return FieldSet{1} << static_cast<unsigned>(field); }
inline constexpr FieldSet kAllFields = (FieldSet{1} << static_cast<unsigned>(Field::Count)) - 1;

/// One value; a repeated field has several. `index`: the owner's number of it, for evidence.
struct Value {
  Field field;
  std::string_view text;
  std::uint32_t index = 0;
};

/// One subject heading: "Cooperative Behavior/*ethics" -> name, subheadings, major.
struct HeadingValue {
  std::string_view name;
  std::uint32_t value = 0;                    ///< index into Document::values
  bool major = false;                         ///< the heading itself, or one of its subheadings, is starred
  std::vector<std::string_view> subheadings;  ///< names in full
};

/// A date of the record's way into the database: field "ed", value YYYYMMDD.
struct DateValue {
  std::string_view field;
  std::string value;
};

struct Document {
  std::vector<Value> values;
  std::vector<HeadingValue> headings;
  std::vector<DateValue> dates;

  void clear() {
    values.clear();
    headings.clear();
    dates.clear();
  }
  /// Takes a heading as PubMed writes it apart and adds its words and subheadings as values.
  void addHeading(std::string_view text, std::uint32_t index);
};

/// The fields that Ovid's codes search; an unknown code searches everything.
FieldSet fieldsOf(const std::vector<std::string>& codes);

/// The names by which a language may be asked for: "en" or "eng" -> "english", "eng", "en". Empty for unknown ones.
std::vector<std::string_view> languageNames(std::string_view code);

}  // namespace winnow::search::match
