#include "PlainText.hpp"

#include <algorithm>
#include <cstdint>

namespace winnow::config {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

unsigned byteAt(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

/// Bytes of the character at `at`, or 0 if none of RFC 3629 begins there.
std::size_t characterSize(std::string_view text, std::size_t at) {
  const unsigned first = byteAt(text, at);
  if (first < 0x80U) return 1;
  const std::size_t size = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
  if (first < 0xC2U || first > 0xF4U || at + size > text.size()) return 0;
  const unsigned second = byteAt(text, at + 1);
  const unsigned low = first == 0xE0U ? 0xA0U : first == 0xF0U ? 0x90U : 0x80U;
  const unsigned high = first == 0xEDU ? 0x9FU : first == 0xF4U ? 0x8FU : 0xBFU;
  if (second < low || second > high) return 0;
  for (std::size_t i = 2; i < size; ++i)
    if ((byteAt(text, at + i) & 0xC0U) != 0x80U) return 0;
  return size;
}

bool isControl(std::string_view text, std::size_t at) {
  const unsigned byte = byteAt(text, at);
  if (byte == '\r') return at + 1 >= text.size() || text[at + 1] != '\n';
  return (byte < 0x20U && byte != '\t' && byte != '\n') || byte == 0x7FU;
}

std::string hex(unsigned byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  return {digits[byte >> 4U], digits[byte & 0xFU]};
}

}  // namespace

std::size_t characterCount(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

std::string_view withoutByteOrderMark(std::string_view text) {
  return text.substr(0, byteOrderMark.size()) == byteOrderMark ? text.substr(byteOrderMark.size()) : text;
}

bool checkPlainText(std::string_view text, std::size_t largest, Problems& problems) {
  if (text.size() > largest) {
    problems.error("yaml.too-large", {}, "the file is larger than " + std::to_string(largest >> 20U) + " MiB");
    return false;
  }
  Place at{1, 1, 1};
  if (const std::string_view mark = text.substr(0, 2); mark == "\xFF\xFE" || mark == "\xFE\xFF") {
    problems.error("yaml.not-utf8", at, "this is UTF-16 (Notepad calls it 'Unicode'); save the file as UTF-8");
    return false;
  }
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = characterSize(text, i);
    if (size == 0) {
      problems.error("yaml.not-utf8", at, "byte " + hex(byteAt(text, i)) + " is not UTF-8; save the file as UTF-8");
      return false;
    }
    if (isControl(text, i)) {
      problems.error("yaml.control-character", at,
                     "the control character " + hex(byteAt(text, i)) + " cannot stand in a review; remove it");
      return false;
    }
    at.column = text[i] == '\n' ? 1 : at.column + 1;
    at.line += text[i] == '\n' ? 1 : 0;
    i += size;
  }
  return true;
}

}  // namespace winnow::config
