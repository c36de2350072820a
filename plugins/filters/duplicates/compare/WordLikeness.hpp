// Whether two words of a title are one word in two forms.
#pragma once

#include <string_view>

namespace winnow::duplicates {

/// True for a misprint, British against American spelling, singular against plural, another ending of one stem. False
/// for words that change the meaning, for numbers, and for contrary prefixes ("hypertension", "hypotension").
/// Symmetric. Thread: any.
bool nearlySameWord(std::string_view a, std::string_view b);

/// True if `longer` is `shorter` behind a prefix that turns or changes its meaning: "asymptomatic", "nonsmokers",
/// "reoperation". Thread: any.
bool isPrefixed(std::string_view longer, std::string_view shorter);

}  // namespace winnow::duplicates
