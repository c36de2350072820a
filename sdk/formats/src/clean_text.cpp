#include <winnow/formats/clean_text.hpp>
#include <winnow/formats/encodings.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>

namespace winnow::formats {

namespace {

constexpr std::size_t kSample = 4096;

}  // namespace

void CleanText::tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column,
                     std::string_view message, std::string_view action) const {
  winnow_span at{};
  at.line = line;
  at.column = column;
  host_.diagnose({severity, code, message, action, at, writer_.count() + 1});
}

std::string_view CleanText::clean(std::string_view text, std::uint32_t line, std::uint32_t column) {
  std::size_t bad = 0;
  const bool isGood = isUtf8(text, &bad);
  const std::size_t nul = text.find('\0');
  if (isGood && nul == std::string_view::npos) {
    if (!doubleTold_) {
      if (const std::size_t twice = findDoubleEncoded(text); twice != std::string_view::npos) {
        doubleTold_ = true;
        tell(WINNOW_WARNING, "text.double-encoded", line, column + static_cast<std::uint32_t>(twice),
             "the text was encoded twice: its letters beyond ASCII show as pairs of signs",
             "kept as it is, here and below; export again, or save with the right encoding");
      }
    }
    return text;
  }
  if (nul != std::string_view::npos && !nulTold_) {
    nulTold_ = true;
    tell(WINNOW_WARNING, "text.nul", line, column + static_cast<std::uint32_t>(nul), "the value holds NUL bytes",
         "left out of the value");
  }
  if (!isGood) {
    tellDecoded(text, bad, line, column);
    text = writer_.keep(cp1252ToUtf8(text));
  }
  if (nul == std::string_view::npos) return text;
  std::string without(text);
  without.erase(std::remove(without.begin(), without.end(), '\0'), without.end());
  return writer_.keep(without);
}

void CleanText::tellDecoded(std::string_view text, std::size_t bad, std::uint32_t line, std::uint32_t column) {
  if (sample_.size() < kSample) sample_ += text.substr(0, kSample - sample_.size());
  if (decodedTold_) return;
  decodedTold_ = true;
  column += static_cast<std::uint32_t>(bad);
  EncodingHint hint;
  if (!isOtherEncoding(sample_, hint)) {
    tell(WINNOW_WARNING, "text.cp1252", line, column, "this record is not UTF-8", "read as Windows-1252");
    return;
  }
  const std::string action =
      hint.charset.empty() ? "read as Windows-1252; name its encoding with --encoding (YAML: encoding)"
                           : "read as Windows-1252; if it is " + std::string(hint.language) + ", say --encoding " +
                                 std::string(hint.charset) + " (YAML: encoding: " + std::string(hint.charset) + ")";
  tell(WINNOW_WARNING, "text.cp1252", line, column, "this record is not UTF-8 and reads like no Western text", action);
}

std::string_view CleanText::withoutEntities(std::string_view text, std::uint32_t line) {
  if (text.find('&') == std::string_view::npos) return text;
  const std::string decoded = decodeEntities(text);
  if (decoded == text) return text;
  if (!entityTold_) {
    entityTold_ = true;
    tell(WINNOW_INFO, "text.html-entity", line, 1, "the value holds HTML entities",
         "read as the characters they stand for; told once a file");
  }
  return writer_.keep(decoded);
}

void CleanText::noteHidden(const Line& line) {
  if (line.hidden == 0 || hiddenTold_) return;
  hiddenTold_ = true;
  tell(WINNOW_INFO, "text.hidden-mark", line.number, 1,
       "a byte order mark or control characters stand before the text: files were joined here",
       "passed over; told once a file");
}

}  // namespace winnow::formats
