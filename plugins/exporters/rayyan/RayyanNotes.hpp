// What Rayyan keeps in a record's notes, in its own syntax.
#pragma once

#include <string>

#include "bibliography/Work.hpp"

namespace winnow::exporters {

/// `RAYYAN-INCLUSION: {"KBAA"=>"Excluded"} | RAYYAN-LABELS: ward | RAYYAN-EXCLUSION-REASONS: wrong population |
/// USER-NOTES: {"KBAA"=>["for later"]} | winnow-reasons: {"KBAA"=>"wrong population"} | winnow-id: r:5f1c09ab33d2e471`;
/// empty if there is nothing to say. Rayyan parts reasons and labels at commas, so theirs become blanks, and does not
/// say whose a reason is, so a line of ours does. "labels: a, b" in a note are labels.
std::string rayyanNotes(const bibliography::Work& work);

}  // namespace winnow::exporters
