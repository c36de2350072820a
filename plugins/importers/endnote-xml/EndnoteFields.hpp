// From elements of EndNote XML to fields.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>

namespace winnow::endnote {

/// The elements that fields are made from; Other: kept raw only.
enum class Field : std::uint8_t {
  Other,
  RefTypeName,
  Title,
  ShortTitle,
  TranslatedTitle,
  OriginalTitle,
  SecondaryTitle,
  TertiaryTitle,
  AltTitle,
  PeriodicalTitle,
  PeriodicalAbbreviation,
  AltPeriodicalTitle,
  AltPeriodicalAbbreviation,
  Author,
  SecondaryAuthor,
  TertiaryAuthor,
  SubsidiaryAuthor,
  TranslatedAuthor,
  Year,
  PubDate,
  Volume,
  Number,
  Issue,
  Pages,
  Edition,
  ElectronicResource,
  RelatedUrl,
  WebUrl,
  Isbn,
  Accession,
  DatabaseName,
  DatabaseProvider,
  RecNumber,
  Abstract,
  Keyword,
  Language,
  WorkType,
  Notes,
  ResearchNotes,
  Publisher,
  PubLocation,
  Custom2,
  Custom4,
  Custom7,
  Custom8
};
inline constexpr std::size_t kFields = static_cast<std::size_t>(Field::Custom8) + 1;

/// The field of a path below <record>, such as "titles/title".
Field fieldOf(std::string_view path);

/// One exported value: its field, text, and the raw field that holds it.
struct Value {
  Field field;
  std::string_view text;
  std::uint32_t raw;
};

/// Derives all fields of one record onto the writer's open record.
void deriveFields(const std::vector<Value>& record, Host host, const formats::Tags& tags, std::uint32_t rule,
                  RecordWriter& writer);

}  // namespace winnow::endnote
