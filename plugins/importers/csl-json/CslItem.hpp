// One CSL-JSON item onto a record. The only file that knows the JSON library is CslItem.cpp.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include <winnow/formats/derive.hpp>

namespace winnow::csl {

/// Where the text is no JSON.
struct Fault {
  std::size_t offset = 0;  ///< byte within the text
  std::string what;
};

/// Writes the item's members as raw fields and derives all it says onto the writer's open record. False: the text is no
/// JSON object; `fault` says where, and nothing was written.
bool writeItem(std::string_view text, std::uint32_t line, const Host& host, const formats::Tags& tags,
               std::uint32_t rule, RecordWriter& writer, Fault& fault);

}  // namespace winnow::csl
