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
    std::string reason;    ///< what an export of ours said was this reviewer's, if it still stands among the reasons
    std::string note;      ///< the reviewer's notes, parted by "; "
  };
  std::vector<Vote> votes;
  std::vector<std::string> labels, reasons;
  std::string rest;       ///< what is none of these: notes of users, our own id
  bool isRayyan = false;  ///< false: none of Rayyan's marks stands in it, `rest` is empty
};

/// Reads `RAYYAN-INCLUSION: {"Emily"=>"Included"} | RAYYAN-LABELS: a,b | RAYYAN-EXCLUSION-REASONS: c | USER-NOTES:
/// {"Emily"=>["later"]}` and our own `winnow-reasons: {"Emily"=>"c"}`, because Rayyan does not say whose a reason is.
/// The hashes are Ruby's: names in them may hold quotes, commas and bars.
RayyanNotes readRayyanNotes(std::string_view note);

/// Addresses are personal data: "reviewer-5f1c09ab" for "a@b.org", the same each time; other names as they are.
std::string pseudonymOf(std::string_view name);

}  // namespace winnow::formats
