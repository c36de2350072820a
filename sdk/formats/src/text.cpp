#include <winnow/formats/text.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include <winnow/formats/ascii.hpp>

namespace winnow::formats {

namespace {

// Windows-1252 0x80-0x9F (Unicode consortium mapping CP1252.TXT); 0 = unassigned.
constexpr std::array<char32_t, 32> kCp1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                              0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                              0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                              0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// Length of the well-formed sequence at `at`, 0 if there is none.
std::size_t sequenceLength(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[at + i]); };
  const auto follows = [&](std::size_t i, unsigned from = 0x80, unsigned to = 0xBF) {
    return at + i < s.size() && byte(i) >= from && byte(i) <= to;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF)
    return follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
  if (lead >= 0xF0 && lead <= 0xF4)
    return follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : 0;
  return 0;
}

bool isAsciiBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool isNoBreakSpace(std::string_view s, std::size_t at) {
  return at + 1 < s.size() && s[at] == '\xC2' && s[at + 1] == '\xA0';
}

/// Bytes of the blank at `at`, 0 if there is none.
std::size_t blankLength(std::string_view s, std::size_t at) {
  return isAsciiBlank(s[at]) ? 1 : isNoBreakSpace(s, at) ? 2 : 0;
}

// Many bytes at a time: the texts are long, nearly all of it letters and single spaces, and every importer passes here.
// Vectors of GCC and Clang, which become the instructions of any processor.
using Bytes = unsigned char __attribute__((vector_size(16)));

Bytes bytesAt(std::string_view s, std::size_t at) {
  Bytes bytes;
  std::memcpy(&bytes, s.data() + at, sizeof bytes);
  return bytes;
}

template <class Vector>
bool isAnySet(const Vector& vector) {
  std::uint64_t halves[2];
  static_assert(sizeof vector == sizeof halves);
  std::memcpy(halves, &vector, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/// Bytes within the 16 at `at` that may be or begin a wide blank; the byte behind them is looked at as well.
auto wideBlanks(std::string_view s, std::size_t at) {
  const Bytes here = bytesAt(s, at), next = bytesAt(s, at + 1);
  return (here < 0x20) | (here == 0xC2) | ((here == ' ') & (next == ' '));
}

/// Where the next blank stands that is not one single space (or where one goes on that a single space began); the size
/// of `s` if there is none.
std::size_t findWideBlank(std::string_view s, std::size_t at) {
  constexpr std::size_t kStep = 4 * sizeof(Bytes);
  while (at < s.size()) {
    if (at + kStep < s.size() &&
        !isAnySet(wideBlanks(s, at) | wideBlanks(s, at + 16) | wideBlanks(s, at + 32) | wideBlanks(s, at + 48))) {
      at += kStep;
      continue;
    }
    if (at + sizeof(Bytes) < s.size() && !isAnySet(wideBlanks(s, at))) {
      at += sizeof(Bytes);
      continue;
    }
    const std::size_t end = std::min(at + sizeof(Bytes), s.size());
    for (; at < end; ++at) {
      const auto byte = static_cast<unsigned char>(s[at]);
      if (byte > ' ' && byte != 0xC2) continue;
      const bool isSingle = byte == ' ' && (at + 1 == s.size() || blankLength(s, at + 1) == 0);
      if (blankLength(s, at) > 0 && !isSingle) return at;
    }
  }
  return s.size();
}

/// Where the first byte beyond ASCII stands; the size of `s` if there is none.
std::size_t findNonAscii(std::string_view s, std::size_t at) {
  while (at + 4 * sizeof(Bytes) <= s.size() &&
         !isAnySet((bytesAt(s, at) | bytesAt(s, at + 16) | bytesAt(s, at + 32) | bytesAt(s, at + 48)) & 0x80))
    at += 4 * sizeof(Bytes);
  while (at < s.size() && static_cast<unsigned char>(s[at]) < 0x80) ++at;
  return at;
}

bool isInlineTag(std::string_view name) {
  static constexpr std::string_view kTags[] = {"i",    "b",  "u",   "em", "strong", "sub", "sup",   "sc", "scp",
                                               "span", "tt", "inf", "p",  "br",     "div", "title", "sec"};
  return std::find(std::begin(kTags), std::end(kTags), name) != std::end(kTags) || name.substr(0, 5) == "jats:";
}

/// Between the words before and behind such a tag stands a blank: "<jats:title>Abstract</jats:title><jats:p>Peers".
bool isBlockTag(std::string_view name) {
  if (name.substr(0, 5) == "jats:") name.remove_prefix(5);
  return name == "p" || name == "br" || name == "div" || name == "sec" || name == "title" || name == "list" ||
         name == "list-item";
}

}  // namespace

bool isUtf8(std::string_view bytes, std::size_t* firstBad) {
  for (std::size_t at = findNonAscii(bytes, 0); at < bytes.size();) {
    const std::size_t length = sequenceLength(bytes, at);
    if (length == 0) {
      if (firstBad != nullptr) *firstBad = at;
      return false;
    }
    at += length;
    if (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) at = findNonAscii(bytes, at);
  }
  return true;
}

void appendUtf8(std::string& out, char32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
  } else if (code < 0x10000) {
    out += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
            static_cast<char>(0x80 | (code & 63))};
  } else {
    out += {static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 63)),
            static_cast<char>(0x80 | (code >> 6 & 63)), static_cast<char>(0x80 | (code & 63))};
  }
}

char32_t nextCodePoint(std::string_view text, std::size_t& at) {
  const std::size_t length = sequenceLength(text, at);
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[at + i])); };
  char32_t code = byte(0);
  if (length == 2) code = (byte(0) & 0x1F) << 6 | (byte(1) & 63);
  if (length == 3) code = (byte(0) & 0x0F) << 12 | (byte(1) & 63) << 6 | (byte(2) & 63);
  if (length == 4) code = (byte(0) & 0x07) << 18 | (byte(1) & 63) << 12 | (byte(2) & 63) << 6 | (byte(3) & 63);
  at += length == 0 ? 1 : length;
  return code;
}

std::string cp1252ToUtf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const char32_t mapped = byte >= 0x80 && byte < 0xA0 ? kCp1252[byte - 0x80u] : 0;
    appendUtf8(out, mapped != 0 ? mapped : byte);
  }
  return out;
}

std::string_view decodeText(std::string_view bytes, std::string& storage, bool& repaired) {
  repaired = !isUtf8(bytes);
  if (!repaired) return bytes;
  storage = cp1252ToUtf8(bytes);
  return storage;
}

std::string_view trim(std::string_view text) {
  const auto mayBeBlank = [](char c) { return isAsciiBlank(c) || c == '\xC2' || c == '\xA0'; };
  if (text.empty() || (!mayBeBlank(text.front()) && !mayBeBlank(text.back()))) return text;
  for (;;) {
    if (!text.empty() && isAsciiBlank(text.front()))
      text.remove_prefix(1);
    else if (isNoBreakSpace(text, 0))
      text.remove_prefix(2);
    else
      break;
  }
  for (;;) {
    if (!text.empty() && isAsciiBlank(text.back()))
      text.remove_suffix(1);
    else if (text.size() >= 2 && isNoBreakSpace(text, text.size() - 2))
      text.remove_suffix(2);
    else
      break;
  }
  return text;
}

std::string_view collapse(std::string_view text, std::string& storage) {
  text = trim(text);
  std::size_t next = findWideBlank(text, 0);
  if (next == text.size()) return text;
  storage.clear();
  storage.reserve(text.size());
  for (std::size_t begin = 0; begin < text.size(); next = findWideBlank(text, begin)) {
    storage.append(text, begin, next - begin);
    if (next < text.size() && (storage.empty() || storage.back() != ' ')) storage += ' ';
    begin = next;
    while (begin < text.size() && blankLength(text, begin) > 0) begin += blankLength(text, begin);
  }
  return storage;
}

std::string collapsed(std::string_view text) {
  std::string storage;
  return std::string(collapse(text, storage));
}

bool isCollapsed(std::string_view text) {
  return trim(text).size() == text.size() && findWideBlank(text, 0) == text.size();
}

std::size_t findControl(std::string_view text) {
  const auto isControl = [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; };
  std::size_t at = 0;
  for (; at + 32 <= text.size(); at += 32) {
    const Bytes a = bytesAt(text, at), b = bytesAt(text, at + 16);
    if (isAnySet((a < 0x20) | (a == 0x7F) | (b < 0x20) | (b == 0x7F))) break;
  }
  while (at < text.size() && !isControl(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

std::string_view beginning(std::string_view text, std::size_t most) noexcept {
  if (text.size() <= most) return text;
  while (most > 0 && isContinuation(text[most])) --most;
  return text.substr(0, most);
}

bool isBlank(std::string_view text) { return trim(text).empty(); }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool startsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equalsIgnoringCase(text.substr(0, prefix.size()), prefix);
}

namespace {

/// An object, not a function: the algorithms inline it, and a search calls it for every letter.
constexpr auto isSameLetter = [](char a, char b) noexcept {
  const auto low = [](char c) { return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; };
  return low(a) == low(b);
};

}  // namespace

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), isSameLetter);
}

bool containsIgnoringCase(std::string_view text, std::string_view part) {
  return part.empty() || std::search(text.begin(), text.end(), part.begin(), part.end(), isSameLetter) != text.end();
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::array<bool, 256> isSeparator{};
  for (const char c : separators) isSeparator[static_cast<unsigned char>(c)] = true;
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = begin;
    while (end < text.size() && !isSeparator[static_cast<unsigned char>(text[end])]) ++end;
    if (const std::string_view part = trim(text.substr(begin, end - begin)); !part.empty()) parts.push_back(part);
    begin = end + 1;
  }
  return parts;
}

std::string stripMarkup(std::string_view text) {
  constexpr std::size_t kLongestTag = 200;  // also keeps the time linear in a text full of '<'
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text[at] == '<' ? text.substr(at, kLongestTag).find('>') : std::string_view::npos;
    if (length == std::string_view::npos) {
      out += text[at++];
      continue;
    }
    const std::size_t end = at + length;
    std::string_view name = text.substr(at + 1, length - 1);
    if (!name.empty() && name.front() == '/') name.remove_prefix(1);
    const std::string word = lower(name.substr(0, name.find_first_of(" /")));
    if (!isInlineTag(word)) {
      out += text[at++];
      continue;
    }
    at = end + 1;
    if (isBlockTag(word) && !out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

}  // namespace winnow::formats
