// Values out of the ways in which exports write them (`decode` of a rule).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "Table.hpp"

namespace winnow::tagged {

/// The text that `written` stands for. Text that is not of that form stays as it is.
std::string decoded(std::string_view written, Decode form);

/// Parts between any of the characters `separators` (UTF-8: '；' of CJK text is one), trimmed, empty ones left out.
std::vector<std::string_view> partsOf(std::string_view text, std::string_view separators);

/// "Anna BergBo LundJan McDonald": names without a sign between them end where a capital follows a small letter, unless
/// what stands before it in its word is a prefix of names ("Mc", "Mac", "De", ...). Views of `text`, trimmed.
std::vector<std::string_view> namesRunTogether(std::string_view text);

}  // namespace winnow::tagged
