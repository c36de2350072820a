// One CSL-JSON item onto a record. The only file that knows the JSON library is CslItem.cpp.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include <winnow/formats/derive.hpp>
#include <winnow/formats/raw_tags.hpp>

namespace winnow::csl {

/// Where the text is no CSL item.
struct Fault {
  std::size_t offset = 0;  ///< byte within the text
  std::string what;
  bool isForeign = false;  ///< it is JSON, but of something else
};

/// True for a member that CSL 1.0.2 has, or that Zotero, Crossref and pandoc write beside.
bool isMember(std::string_view name);
/// Of the values of a member: whether it is known (isMember), and whether it changes from export to export.
std::uint16_t rawFlags(std::string_view member);

/// Writes the item's members as raw fields and derives all it says onto the writer's open record. A number that is too
/// large for any program is read as text. False: the text is no JSON object, or one without anything that CSL has;
/// `fault` says where, and nothing was written.
bool writeItem(std::string_view text, std::uint32_t line, formats::RawTags& raws, const formats::Tags& tags,
               std::uint32_t rule, RecordWriter& writer, Fault& fault);

}  // namespace winnow::csl
