#include "YamlText.hpp"

namespace winnow::config {

std::string quotedInYaml(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (byte < 0x20 || byte == 0x7F)
      ((out += "\\x") += kDigits[byte >> 4]) += kDigits[byte & 15];
    else
      out += c;
  }
  return out + "\"";
}

}  // namespace winnow::config
