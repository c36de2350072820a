// From MEDLINE tags to fields (NLM, "MEDLINE/PubMed Data Element (Field) Descriptions").
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>

namespace winnow::medline {

/// One tag with its value, continuation lines joined.
struct Value {
  std::string_view tag, text;
  std::uint32_t raw;
};

/// Derives all fields of one record onto the writer's open record. Gives the date that could not be read, or null.
const Value* deriveFields(const std::vector<Value>& record, const formats::Tags& tags, std::uint32_t rule,
                          RecordWriter& writer);

}  // namespace winnow::medline
