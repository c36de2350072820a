// winnow/formats/pages.hpp: pages and article numbers. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace winnow::formats {

/// "943-7" and "943–947" become "943-947", "S12-20" "S12-S20"; placeholders ("No Specified", "+", "nan", "Page(s)")
/// become empty. Anything else stays, blanks collapsed.
std::string normalisePages(std::string_view text);
/// From start and end as two fields; the end may hold the whole range or be a placeholder.
std::string joinPages(std::string_view first, std::string_view last);
/// True for what exports write when they have no value: "nan", "null", "undefined", "No", "Specified", "UNKNOWN",
/// "n/a". Of "No" only this spelling: "no" is a language.
bool isPlaceholder(std::string_view text);
/// True for a remark that stands in place of a title, an abstract or authors: "[No author name available]" (Scopus),
/// "[No authors listed]", "[Not Available]." (PubMed), "Abstract not available." Without brackets it names what is
/// missing.
bool isRemark(std::string_view text);

}  // namespace winnow::formats
