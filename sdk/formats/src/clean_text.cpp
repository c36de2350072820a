#include <winnow/formats/clean_text.hpp>
#include <winnow/formats/encodings.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace winnow::formats {

namespace {

constexpr std::size_t kSample = 4096;

}  // namespace

/// Eight bytes at a time.
bool CleanText::isClean(std::string_view text) noexcept {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHigh = 0x8080808080808080;
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if (((bytes | (bytes - kOnes)) & kHigh) != 0) return false;
  }
  for (; at < text.size(); ++at)
    if (const auto byte = static_cast<unsigned char>(text[at]); byte == 0 || byte >= 0x80) return false;
  return true;
}

void CleanText::tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column,
                     std::string_view message, std::string_view action) const {
  winnow_span at{};
  at.line = line;
  at.column = column;
  host_.diagnose({severity, code, message, action, at, writer_.count() + 1});
}

std::string_view CleanText::clean(std::string_view text, std::uint32_t line, std::uint32_t column) {
  if (isClean(text)) return text;
  std::size_t bad = 0;
  const bool isGood = isUtf8(text, &bad);
  const std::size_t nul = text.find('\0');
  if (isGood && nul == std::string_view::npos) {
    if (const std::size_t twice = doubleTold_ ? std::string_view::npos : findDoubleEncoded(text);
        twice != std::string_view::npos)
      tellDouble(line, column + static_cast<std::uint32_t>(twice));
    return text;
  }
  if (nul != std::string_view::npos && !nulTold_) {
    nulTold_ = true;
    tell(WINNOW_WARNING, "text.nul", line, column + static_cast<std::uint32_t>(nul), "the value holds NUL bytes",
         "left out of the value");
  }
  if (!isGood) {
    tellDecoded(text, line, column + static_cast<std::uint32_t>(bad), {});
    text = writer_.keep(cp1252ToUtf8(text));
  }
  if (nul == std::string_view::npos) return text;
  std::string without(text);
  without.erase(std::remove(without.begin(), without.end(), '\0'), without.end());
  return writer_.keep(without);
}

std::string_view CleanText::cleanWhole(std::string_view text, std::uint32_t line, std::uint32_t column,
                                       std::string& storage, std::string_view says) {
  std::size_t bad = 0;
  const bool isGood = isUtf8(text, &bad);
  if (isGood) bad = doubleTold_ ? std::string_view::npos : findDoubleEncoded(text);
  if (bad != std::string_view::npos) {
    const std::string_view before = text.substr(0, bad);
    const std::size_t last = before.rfind('\n');
    line += static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    column = static_cast<std::uint32_t>(last == std::string_view::npos ? column + bad : bad - last);
  }
  if (isGood) {
    if (bad != std::string_view::npos) tellDouble(line, column);
    return text;
  }
  tellDecoded(text, line, column, says);
  storage = cp1252ToUtf8(text);
  return storage;
}

void CleanText::tellDouble(std::uint32_t line, std::uint32_t column) {
  doubleTold_ = true;
  tell(WINNOW_WARNING, "text.double-encoded", line, column,
       "the text was encoded twice: its letters beyond ASCII show as pairs of signs",
       "kept as it is, here and below; export again, or save with the right encoding");
}

void CleanText::tellDecoded(std::string_view text, std::uint32_t line, std::uint32_t column, std::string_view says) {
  if (sample_.size() < kSample) sample_ += text.substr(0, kSample - sample_.size());
  if (decodedTold_) return;
  decodedTold_ = true;
  const std::string what =
      "this record is not UTF-8" + (says.empty() ? std::string() : ", though the file says " + std::string(says));
  EncodingHint hint;
  if (!isOtherEncoding(sample_, hint)) {
    tell(WINNOW_WARNING, "text.cp1252", line, column, what, "read as Windows-1252");
    return;
  }
  const std::string action =
      hint.charset.empty() ? "read as Windows-1252; name its encoding with --encoding (YAML: encoding)"
                           : "read as Windows-1252; if it is " + std::string(hint.language) + ", say --encoding " +
                                 std::string(hint.charset) + " (YAML: encoding: " + std::string(hint.charset) + ")";
  tell(WINNOW_WARNING, "text.cp1252", line, column, what + ", and reads like no Western text", action);
}

std::string_view CleanText::withoutEntities(std::string_view text, std::uint32_t line) {
  if (text.find('&') == std::string_view::npos) return text;
  std::string decoded = decodeEntities(text);
  if (decoded == text) return text;
  // Pages are encoded twice ("&amp;amp;", "&lt;p&gt;"): the tags that come out are the page's, not the author's.
  if (decoded.find('&') != std::string::npos) decoded = decodeEntities(decoded);
  if (text.find("&lt;") != std::string_view::npos) decoded = stripMarkup(decoded);
  if (!entityTold_) {
    entityTold_ = true;
    tell(WINNOW_INFO, "text.html-entity", line, 1, "the value holds HTML entities",
         "read as the characters they stand for; reported once a file");
  }
  return writer_.keep(decoded);
}

void CleanText::noteHidden(const Line& line) {
  if (line.hidden == 0 || hiddenTold_) return;
  hiddenTold_ = true;
  tell(WINNOW_INFO, "text.hidden-mark", line.number, 1,
       "a byte order mark or control characters stand before the text: files were joined here",
       "passed over; reported once a file");
}

}  // namespace winnow::formats
