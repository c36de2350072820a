// What Rayyan keeps in a record's notes, in its own syntax.
#pragma once

#include <string>

#include "bibliography/Work.hpp"

namespace winnow::exporters {

/// `RAYYAN-INCLUSION: {"KBAA"=>"Included"} | RAYYAN-EXCLUSION-REASONS: wrong population | winnow-id:
/// medline:5f1c09ab33d2e471`; empty if there is nothing to say. Rayyan parts reasons at commas, so theirs become
/// blanks.
std::string rayyanNotes(const bibliography::Work& work);

}  // namespace winnow::exporters
