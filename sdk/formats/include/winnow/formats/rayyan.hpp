// winnow/formats/rayyan.hpp: what reviewers said in Rayyan, as its exports carry it in notes. Pure functions; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::formats {

/// One note of an export of Rayyan, in its parts.
struct RayyanNotes {
  struct Vote {
    std::string reviewer;  ///< the name shown in Rayyan; an address is replaced by a pseudonym
    std::string decision;  ///< "include", "exclude", "maybe"; other words as they stand
  };
  std::vector<Vote> votes;
  std::vector<std::string> labels, reasons;
  std::string rest;       ///< what is none of these: notes of users, our own id
  bool isRayyan = false;  ///< false: none of Rayyan's marks stands in it, `rest` is empty
};

/// Reads `RAYYAN-INCLUSION: {"Emily"=>"Included"} | RAYYAN-LABELS: a,b | RAYYAN-EXCLUSION-REASONS: c | ...`. The first
/// is a Ruby hash: names in it may hold quotes, commas and bars.
RayyanNotes readRayyanNotes(std::string_view note);

/// Addresses are personal data: "reviewer-5f1c09ab" for "a@b.org", the same each time; other names as they are.
std::string pseudonymOf(std::string_view name);

}  // namespace winnow::formats
