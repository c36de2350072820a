// Lists of "Label: text." in one value, as EBSCOhost writes them into N1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::tagged {

/// The text behind a label ("Language") in such a note, up to the next of `ends` ("Publication Type:") or ". "; empty
/// if the label is not there. Words that happen to end in the label ("Original Language") are not it. The view is into
/// `note`.
std::string_view labelledText(std::string_view note, std::string_view label, const std::vector<std::string>& ends);

}  // namespace winnow::tagged
