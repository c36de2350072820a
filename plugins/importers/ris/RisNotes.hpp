// The list of "Label: text." that EBSCOhost writes into N1, and the only place where it tells language and type.
#pragma once

#include <string_view>

namespace winnow::ris {

/// The text behind a label ("Language") in such a note, up to the next label or ". "; empty if the label is not there.
/// Words that happen to end in the label ("Original Language") are not it. The view is into `note`.
std::string_view labelledText(std::string_view note, std::string_view label);

}  // namespace winnow::ris
