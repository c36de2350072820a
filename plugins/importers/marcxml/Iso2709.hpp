// MARC 21 in its exchange format (ISO 2709), record by record.
#pragma once

#include <string>
#include <string_view>

namespace winnow::marc {

inline constexpr char kRecordEnd = '\x1D', kFieldEnd = '\x1E', kSubfield = '\x1F';

/// True for bytes that begin as a record does: 24 characters of a leader, then a directory of digits.
bool beginsRecord(std::string_view bytes);

/// What one record became.
struct AsXml {
  std::string text;         ///< the record as MARCXML
  std::string fault;        ///< why there is none; empty if there is
  bool isWhole = true;      ///< false: characters of sets that are not known became U+FFFD
  bool isRepaired = false;  ///< said to be UTF-8 and is not: read as Windows-1252
};

/// The record, up to its end sign, as MARCXML, so that both forms mean the same. Text is UTF-8 where leader position 9
/// says so, else MARC-8 (MARC 21 Specifications, Part 2). Directories whose numbers are wrong are read by the signs
/// that end fields.
AsXml asXml(std::string_view record);

}  // namespace winnow::marc
