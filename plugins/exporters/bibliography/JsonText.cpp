#include "bibliography/JsonText.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::bibliography {

namespace {

/// The letter behind the backslash of a sign that must be escaped, 'u' for a number; 0 for one that stands for itself.
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['\b'] = 'b';
  table['\t'] = 't';
  table['\n'] = 'n';
  table['\f'] = 'f';
  table['\r'] = 'r';
  table['"'] = '"';
  table['\\'] = '\\';
  return table;
}();

}  // namespace

void appendJson(std::string& out, std::string_view text) {
  if (!formats::isUtf8(text)) {
    const nlohmann::json string = std::string(text);
    out += string.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return;
  }
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = kEscapes[byte];
    if (escape == 0) continue;
    out.append(text, begin, i - begin);
    begin = i + 1;
    out += '\\';
    out += escape;
    if (escape == 'u') out.append("00") += {kHex[byte >> 4], kHex[byte & 15]};
  }
  out.append(text, begin, text.size() - begin);
  out += '"';
}

}  // namespace winnow::bibliography
