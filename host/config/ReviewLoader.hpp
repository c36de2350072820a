// review.yaml -> Review: strict, every value with its place, all problems at once.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "Problems.hpp"
#include "Review.hpp"
#include "StageDeclarations.hpp"

namespace winnow::config {

/// What was read. `review` may be used only if `problems` has no errors.
struct Loaded {
  Review review;
  Problems problems;
  std::string text;  ///< the file's content, for the source lines of messages
};

/// Reads and checks a configuration file. Unknown and duplicate keys, wrong types, unknown plugins and options,
/// patterns that match nothing, names that nothing declares are errors; doubtful things are warnings. Never throws for
/// what a file holds.
Loaded loadReview(const std::filesystem::path& file, std::string_view shownName, const StageDeclarations& stages);

/// As loadReview, for a text that is not in a file; `folder` is where its paths begin. For tests and fuzzing.
Loaded readReview(std::string text, const std::filesystem::path& file, const StageDeclarations& stages);

}  // namespace winnow::config
