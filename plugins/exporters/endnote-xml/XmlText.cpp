#include "XmlText.hpp"

namespace winnow::exporters {
namespace {

/// Bytes of the UTF-8 sequence that begins `text` and stands for a character of XML; 0 if none does.
std::size_t characterSize(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return lead >= 0x20 ? 1 : 0;
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return 0;
  unsigned code = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0u) != 0x80u) return 0;
    code = (code << 6) | (byte(i) & 0x3Fu);
  }
  const unsigned least = size == 4 ? 0x10000u : size == 3 ? 0x800u : 0x80u;
  const bool isSurrogate = code >= 0xD800u && code <= 0xDFFFu;
  const bool isNoncharacter = code == 0xFFFEu || code == 0xFFFFu;
  return code < least || code > 0x10FFFFu || isSurrogate || isNoncharacter ? 0 : size;
}

std::string_view escapeOf(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\t':
      return " ";
    case '\n':
    case '\r':
      return "&#xD;";
    default:
      return {};
  }
}

}  // namespace

std::string xmlText(std::string_view text, std::size_t& removed) {
  std::string xml;
  xml.reserve(text.size() + text.size() / 16);
  while (!text.empty()) {
    const std::string_view escape = escapeOf(text.front());
    const std::size_t size = escape.empty() ? characterSize(text) : text.substr(0, 2) == "\r\n" ? 2 : 1;
    if (!escape.empty())
      xml.append(escape);
    else if (size == 0)
      ++removed;
    else
      xml.append(text.substr(0, size));
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return xml;
}

}  // namespace winnow::exporters
