#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace winnow::exporters {

/// Text as XML 1.0 character data: `&`, `<` and `>` escaped, a line end as "&#xD;" (EndNote's paragraph), a tab as a
/// blank. What XML cannot hold (control characters, U+FFFE, U+FFFF, bytes that are no UTF-8) is left out and counted in
/// `removed`. The rule is production [2] of XML 1.0, fifth edition.
std::string xmlText(std::string_view text, std::size_t& removed);

}  // namespace winnow::exporters
