// Is a file text at all? Checked before any parser sees it.
#pragma once

#include <cstddef>
#include <string_view>

#include "../Problems.hpp"

namespace winnow::config {

/// Characters (code points) of a UTF-8 text.
std::size_t characterCount(std::string_view text);

/// The text without a leading UTF-8 byte order mark.
std::string_view withoutByteOrderMark(std::string_view text);

/// True if the text has at most `largest` bytes, is UTF-8 (RFC 3629: no overlong forms, no surrogates) and holds no
/// control character but tab and line end; otherwise false with the first defect of each sort in `problems`.
bool checkPlainText(std::string_view text, std::size_t largest, Problems& problems);

}  // namespace winnow::config
