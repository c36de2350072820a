#include <winnow/formats/outside.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::formats {

namespace {

/// "12.", "<3001. >", "Record #3 of 18", "-----": what stands between records and holds nothing.
bool isSeparator(std::string_view text) {
  if (text.find_first_not_of("0123456789.<> ") == std::string_view::npos) return true;
  if (text.find_first_not_of("-=_*~# ") == std::string_view::npos) return true;
  return text.substr(0, 8) == "Record #" && text.find_first_not_of("0123456789 of", 8) == std::string_view::npos;
}

}  // namespace

std::uint32_t Outside::kindOf(std::string_view text) const {
  if (isSeparator(trim(text))) return WINNOW_SEPARATOR;
  return writer_.count() == 0 ? WINNOW_HEADING : WINNOW_COMMENT;
}

void Outside::add(const Line& line, std::uint32_t kind) {
  if (isBlank(line.text)) return;
  if (kind == 0) {
    isForeign_ = isForeign_ || (signOf(line.text) != Sign::None && !isSeparator(trim(line.text)));
    if (isForeign_) return;
    kind = kindOf(line.text);
  }
  writer_.declare(line.at(), kind);
  if (kind != WINNOW_COMMENT || told_) return;
  told_ = true;
  host_.diagnose(
      {WINNOW_INFO, code_, "text between the records", "passed over, here and below", line.at(), writer_.count()});
}

}  // namespace winnow::formats
