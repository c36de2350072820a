// How an exporter of tables writes its file: the options that all of them share.
#pragma once

#include <string>
#include <winnow/plugin.hpp>

#include "Grid.hpp"

namespace winnow::table {

inline constexpr std::string_view kTableFormats = "csv|markdown|html|docx|xlsx";
inline constexpr winnow_option kCaption = option(WINNOW_STRING, "caption", "", "Words above the table; else its own.");
inline constexpr winnow_option kNumber =
    option(WINNOW_INTEGER, "number", "0", "The table's number in the paper; 0: none.", {}, "0", "999");
inline constexpr winnow_option kStyle =
    option(WINNOW_CHOICE, "style", "journal",
           "Of html and docx. journal: three rules, caption above; apa: as the APA prints; grid: every cell framed.",
           "journal|apa|grid");
inline constexpr winnow_option kFont = option(WINNOW_STRING, "font", "Arial", "Of html and docx.");
inline constexpr winnow_option kFontSize =
    option(WINNOW_INTEGER, "font_size", "10", "Of html and docx: points of the caption.", {}, "6", "20");
inline constexpr winnow_option kPageSize =
    option(WINNOW_CHOICE, "page", "A4", "Of docx.", "A4|A4 landscape|Letter|Letter landscape");

/// Style, font and page of the settings above.
Print printOf(const Settings& settings);

/// Made from the settings above and "format".
class TableFile {
 public:
  explicit TableFile(const Settings& settings);

  /// The whole file. The caption and number of the settings replace those of the table. Throws std::runtime_error.
  std::string bytes(Grid grid) const;
  const std::string& format() const { return format_; }

 private:
  std::string format_, caption_;
  int number_ = 0;
  Print print_;
};

}  // namespace winnow::table
