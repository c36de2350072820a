#include "Shown.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "Utf8.hpp"

namespace winnow::io {

namespace {

std::string byteEscape(char byte) {
  char text[8];
  std::snprintf(text, sizeof text, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(byte)));
  return text;
}

std::string escaped(char32_t value) {
  if (value == '\n') return "\\n";
  if (value == '\t') return "\\t";
  if (value == '\r') return "\\r";
  if (value < 0x80) return byteEscape(static_cast<char>(value));
  char text[16];
  std::snprintf(text, sizeof text, "\\u{%04X}", static_cast<unsigned>(value));
  return text;
}

bool isPlain(char c) { return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F; }

std::string withoutControls(std::string_view text, std::string_view kept) {
  const auto odd = std::find_if_not(text.begin(), text.end(), isPlain);
  if (odd == text.end()) return std::string(text);
  std::string out(text.begin(), odd);
  for (std::size_t at = out.size(); at < text.size();) {
    const CodePoint next = codePointAt(text, at);
    if (next.size == 0) {
      out += byteEscape(text[at++]);
      continue;
    }
    if (isShowable(next.value) || (next.size == 1 && kept.find(text[at]) != std::string_view::npos))
      out.append(text, at, next.size);
    else
      out += escaped(next.value);
    at += next.size;
  }
  return out;
}

}  // namespace

bool isShowable(char32_t c) {
  const bool isControl = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool isSeparator = c == 0x2028 || c == 0x2029 || c == 0xFEFF;
  const bool isOverride = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return !isControl && !isSeparator && !isOverride;
}

std::string shown(std::string_view text) { return withoutControls(text, {}); }

std::string shownLines(std::string_view text) { return withoutControls(text, "\n\t"); }

std::string shownJson(std::string_view json) {
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    const CodePoint next = codePointAt(json, at);
    const std::size_t size = std::max<std::size_t>(next.size, 1);
    const bool isLayout = next.size == 1 && next.value != 0x7F;
    if (next.size == 0 || isLayout || isShowable(next.value)) {
      out.append(json, at, size);
    } else {
      char text[16];
      std::snprintf(text, sizeof text, "\\u%04x", static_cast<unsigned>(next.value));  // all of them are below U+10000
      out += text;
    }
    at += size;
  }
  return out;
}

}  // namespace winnow::io
