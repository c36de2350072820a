// What `match`, `explain` and the filter share: options, and records of a file one by one.
#pragma once

#include <functional>
#include <string>

#include "Commands.hpp"
#include "RecordReader.hpp"
#include "search-strategy/strategy/match/Evaluator.hpp"

namespace winnow::search {

namespace options {
inline constexpr winnow_option kRecords =
    option(WINNOW_LIST, "records", "", "Export files whose records are searched.", {}, {}, {}, WINNOW_OPTION_REQUIRED);
inline constexpr winnow_option kHeadings = option(WINNOW_CHOICE, "headings", "evaluate",
                                                  "What heading lines are where records hold none: evaluate leaves "
                                                  "them unknown, ignore drops them, as-text searches their words.",
                                                  "evaluate|ignore|as-text");
inline constexpr winnow_option kFinal = option(
    WINNOW_INTEGER, "final", "", "Number of the line that is the result; otherwise the highest.", {}, "1", "9999999");
}  // namespace options

/// The thesaurus of the review, from the host; empty if it names none. Throws std::runtime_error, with the place in the
/// file, if that holds no heading.
mesh::Tree treeOf(const Host& host);

match::Headings headingsNamed(std::string_view name);

/// Index of the result line. Throws Usage if --final names none.
std::size_t finalOf(const Settings& settings, const Strategy& strategy);

/// Calls `each(id, record)` for every record of --records in order. Throws Unread; what `each` throws comes through.
void forRecords(const Call& call, const RecordReader& reader,
                const std::function<void(const std::string&, Record)>& each);

}  // namespace winnow::search
