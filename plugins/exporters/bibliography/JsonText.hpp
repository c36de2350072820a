#pragma once

#include <string>
#include <string_view>

namespace winnow::bibliography {

/// Appends a text as a string of JSON (RFC 8259), as nlohmann::json writes it; bytes that are no UTF-8 become U+FFFD.
void appendJson(std::string& out, std::string_view text);

}  // namespace winnow::bibliography
