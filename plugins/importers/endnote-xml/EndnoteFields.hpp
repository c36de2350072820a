// From elements of EndNote XML to fields.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>

namespace winnow::endnote {

/// One exported value: its path, text, and the raw field that holds it.
struct Value {
  std::string_view path, text;
  std::uint32_t raw;
};

/// Derives all fields of one record onto the writer's open record.
void deriveFields(const std::vector<Value>& record, Host host, const formats::Tags& tags, std::uint32_t rule, RecordWriter& writer);

}  // namespace winnow::endnote
