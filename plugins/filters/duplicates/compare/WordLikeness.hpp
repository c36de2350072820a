// Whether two words of a title are one word in two forms.
#pragma once

#include <cstdint>
#include <string_view>

namespace winnow::duplicates {

/// How two different spellings stand to each other.
enum class Twin : std::uint8_t {
  none,      ///< two words: unlike, contrary, numbers, or names of two countries or medicines
  rival,     ///< near in spelling, but both stand in the dictionary and are no forms of one word
  possible,  ///< near each other, and nothing tells whether one is a misprint of the other or another word
  certain    ///< inflection, British and American spelling, or a slip of one letter that leaves no word
};

/// Compares two folded words. Symmetric. Thread: any.
Twin twinOf(std::string_view a, std::string_view b);

/// True if `longer` is `shorter` behind a prefix that turns or changes its meaning: "asymptomatic", "nonsmokers",
/// "reoperation". Thread: any.
bool isPrefixed(std::string_view longer, std::string_view shorter);

}  // namespace winnow::duplicates
