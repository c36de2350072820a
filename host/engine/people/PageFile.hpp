// The decision files that the screening page writes: one row a change, only ever appended to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::engine {

/// The columns, in their order. `change` is last and never empty: the name that the page gave the change. In a file of
/// joint decisions `by` stands in the place of `reviewer`.
inline constexpr const char* kPageColumns[] = {"record", "reviewer", "decision",     "category", "reason",
                                               "note",   "labels",   "number",       "doi",      "pmid",
                                               "title",  "year",     "first author", "time",     "change"};

/// The columns of a file of pairs.
inline constexpr const char* kPairColumns[] = {"record", "other", "reviewer", "decision", "note", "time", "change"};

/// Whose words a file of the page holds, about records or pairs of them.
enum class PageWords { OneReader, Joint, Pairs };

/// The first line of such a file: byte order mark, headings, CR LF.
std::string pageHeading(PageWords words = PageWords::OneReader);

/// True for the begin of a file of the page, whichever line ends it was saved with since. `text` holds at least as many
/// bytes as pageHeading(words), unless the file has fewer.
bool beginsAsPage(std::string_view text, PageWords words);

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
