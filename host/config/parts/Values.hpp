// Small values as people write them: dates, shares, labels.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::config {

/// True for YYYY, YYYY-MM or YYYY-MM-DD that exists in the calendar (ISO 8601, proleptic Gregorian).
bool isIsoDate(std::string_view text);

/// True if `earlier` ends before `later` begins, both ISO dates; 2020-12 and 2020-12-15 are not apart.
bool isBefore(std::string_view earlier, std::string_view later);

/// "all" and "100%" are "all"; "20%" is "0.2", "12.5%" is "0.125", "0.20" is "0.2": exact decimal text, no rounding.
/// None for anything else, for 0 and for more than 100 %. "1" is none too: it may mean one per cent or all.
std::optional<std::string> shareText(std::string_view text);

/// "Title and abstract" -> "title-and-abstract": lower case, everything but letters and digits one hyphen. Characters
/// beyond ASCII stay.
std::string kebab(std::string_view label);

/// True if `text` is its own kebab.
bool isKebab(std::string_view text);

/// 'text'.
std::string inQuotes(std::string_view text);

/// "a|b|c" cut at the bars; empty text gives no part.
std::vector<std::string> splitBars(std::string_view text);

}  // namespace winnow::config
