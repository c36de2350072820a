// Which database or program wrote a RIS record, told by its content, because extensions and file names lie.
#pragma once

#include <string_view>
#include <vector>

#include "RisScanner.hpp"

namespace winnow::ris {

enum class Dialect { Generic, Ovid, Ebsco, Embase, Scopus, Wos, Proquest, Cochrane, Primo, Worldcat, Scholar, Endnote, Rayyan, Zotero };

/// "ovid", "ebsco", ...; empty for Generic.
std::string_view dialectName(Dialect dialect);
/// The dialect of that name; Generic for "auto" and "".
Dialect dialectOf(std::string_view name);

/// One tag with its value, of one record.
struct Value {
  std::uint32_t tag;       ///< code(tag)
  std::string_view text;
  std::uint32_t raw;       ///< index of the raw field
};

/// The dialect that the values of one record show; Generic if nothing is decisive.
Dialect recognise(const std::vector<Value>& record);

}  // namespace winnow::ris
