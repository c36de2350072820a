#include "FileName.hpp"

#include <algorithm>
#include <cstdio>

#include "Sha256.hpp"
#include "Shown.hpp"
#include "Utf8.hpp"

namespace winnow::io {

namespace {

constexpr std::size_t kLongest = 200;  // of 255: an ending and ".part" must fit behind it
constexpr std::size_t kHashDigits = 16;

std::string percent(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    char text[4];
    std::snprintf(text, sizeof text, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    out += text;
  }
  return out;
}

/// What may stand anywhere in a name. The second list is forbidden in names of files by Windows (Win32, "Naming
/// Files").
bool mayStand(char32_t c) {
  constexpr std::string_view kForbidden = "%/\\<>:\"|?*";
  return isShowable(c) && (c >= 0x80 || kForbidden.find(static_cast<char>(c)) == std::string_view::npos);
}

/// CON, NUL, COM1 and the like, also with an ending, are devices to Windows.
bool isDeviceName(std::string_view name) {
  std::string stem(name.substr(0, name.find('.')));
  std::transform(stem.begin(), stem.end(), stem.begin(),
                 [](unsigned char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
  if (stem == "CON" || stem == "PRN" || stem == "AUX" || stem == "NUL") return true;
  return stem.size() == 4 && (stem.compare(0, 3, "COM") == 0 || stem.compare(0, 3, "LPT") == 0) && stem[3] >= '0' &&
         stem[3] <= '9';
}

/// Cut at a whole character and a whole %XX.
std::string shortened(const std::string& safe, std::string_view name) {
  std::size_t end = kLongest - kHashDigits - 2;
  while (end > 0 && (static_cast<unsigned char>(safe[end]) & 0xC0) == 0x80) --end;
  if (safe[end - 1] == '%')
    end -= 1;
  else if (safe[end - 2] == '%')
    end -= 2;
  return safe.substr(0, end) + "%~" + sha256Hex(name).substr(0, kHashDigits);
}

}  // namespace

std::string safeFileName(std::string_view name) {
  if (name.empty()) return "%";
  std::string safe;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint next = codePointAt(name, at);
    const std::size_t size = std::max<std::size_t>(next.size, 1);
    const std::string_view bytes = name.substr(at, size);
    const bool isFirst = at == 0, isLast = at + size == name.size();
    const bool isAwkward = (isFirst && (bytes == "." || bytes == "-" || bytes == " " || bytes == "~")) ||
                           (isLast && (bytes == "." || bytes == " ")) || (isFirst && isDeviceName(name));
    safe += next.size != 0 && mayStand(next.value) && !isAwkward ? std::string(bytes) : percent(bytes);
    at += size;
  }
  return safe.size() <= kLongest ? safe : shortened(safe, name);
}

}  // namespace winnow::io
