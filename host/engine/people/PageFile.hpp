// The decision files that the screening page writes: one row a change, only ever appended to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::engine {

/// Whose words a file of the page holds, and about what: one reader's decisions, joint ones, pairs of records, answers
/// to a charting form.
enum class PageWords { OneReader, Joint, Pairs, Chart };

/// What the column `decision` of a charting row says: the record's answers stand in the row, all of them.
inline constexpr const char* kCharted = "charted";

/// The columns, in their order. Every file has `time` and `change`, the name that the page gave the change, which is
/// never empty. `items`: headings of the form's items, of charting alone.
std::vector<std::string> pageColumns(PageWords words, const std::vector<std::string>& items = {});

/// The first line of a file: byte order mark, headings, CR LF.
std::string pageHeading(const std::vector<std::string>& columns);

/// True for the beginning of a file with these columns, whichever line ends it was saved with since. `text` holds at
/// least as many bytes as pageHeading(columns), unless the file has fewer.
bool beginsAsPage(std::string_view text, const std::vector<std::string>& columns);

/// What a file of the page ends in that is no whole row: its program was stopped while it wrote.
struct TornRow {
  std::uint32_t line = 0;  ///< where it begins
  std::uint64_t offset = 0;
  std::string text;
};

/// The torn last row of a file of the page; nothing for a whole file and for files of people and other programs, whose
/// last line may lack its end.
std::optional<TornRow> tornRowOf(const std::filesystem::path& file);

}  // namespace winnow::engine
