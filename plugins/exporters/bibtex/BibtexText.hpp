// Text as BibTeX values. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "bibliography/Work.hpp"

namespace winnow::exporters {

/// One line of UTF-8 with TeX's own signs escaped; braces always balance.
std::string texText(std::string_view text);
/// For identifiers and addresses, which readers take as they stand: only braces and backslashes are encoded.
std::string texVerbatim(std::string_view text);
/// "Family, Suffix, Given"; a body in braces.
std::string texName(const bibliography::Person& person);
/// Letters, digits and - _ : . of a wanted key; empty if none is left.
std::string texKey(std::string_view text);

}  // namespace winnow::exporters
