#include "PageFiles.hpp"

#include <algorithm>
#include <vector>

#include "DecisionFile.hpp"
#include "config/parts/FileMatch.hpp"
#include "io/FileName.hpp"
#include "io/Listed.hpp"

namespace winnow::screen {

namespace {

namespace fs = std::filesystem;
using Patterns = std::vector<std::string>;

bool isRead(const config::Review& review, const Patterns& patterns, const fs::path& file) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return config::matchesPath(review.folder, pattern, file); });
}

/// What else reads the file; empty: nothing.
std::string otherReading(const config::Review& review, const Patterns& own, const fs::path& file) {
  for (const config::Step& step : review.steps)
    for (const Patterns* patterns : {&step.decisionPatterns, &step.resolutionPatterns})
      if (patterns != &own && isRead(review, *patterns, file)) return "'" + step.label + "' reads it, too";
  if (isRead(review, review.studyPatterns, file)) return "it would be read as a file of studies";
  return file == review.assignments ? "it is the file of assignments" : std::string();
}

/// A name that the pattern's own words make: "ta-*.csv" and "ON-page" give "ta-ON-page.csv".
std::string filledIn(const std::string& pattern, const std::string& word) {
  const std::size_t star = pattern.find('*');
  if (star == std::string::npos || pattern.find('?') != std::string::npos) return {};
  const bool isApart = star == 0 || pattern[star - 1] == '-' || pattern[star - 1] == '_';
  std::string name = pattern.substr(0, star) + (isApart ? "" : "-") + word;
  for (const char c : pattern.substr(star + 1))
    if (c != '*') name += c;
  return name.find('.') == std::string::npos ? name + ".csv" : name;
}

/// The first of the names, in the folders of the patterns, that the page may write.
PagePlace placeAmong(const config::Review& review, const Patterns& patterns, const std::vector<std::string>& names,
                     const std::string& word, const std::string& key, const std::string& step,
                     const std::vector<std::string>& columns, const io::OutputPolicy& policy) {
  std::string why;
  for (const std::string& pattern : patterns) {
    const fs::path whole = (review.folder / pattern).lexically_normal();
    std::vector<std::string> tried = names;
    if (std::string own = filledIn(whole.filename().string(), word); !own.empty()) tried.push_back(std::move(own));
    for (const std::string& name : tried) {
      const fs::path file = whole.parent_path() / name;
      if (file.extension() != ".csv" || !config::matchesPath(review.folder, pattern, file)) continue;
      why = otherReading(review, patterns, file);
      if (why.empty() && !isPageFile(file, columns)) why = "somebody's sheet has that name";
      if (why.empty()) why = policy.outside(file);
      if (why.empty()) return {file, {}};
      why = "the page would write '" + config::relativeName(file, review.folder) + "', and " + why;
    }
  }
  if (why.empty())
    why = patterns.empty() ? "the step '" + step + "' reads no file of its own"
                           : io::quoted(patterns) + " leaves the page no file of its own";
  return {{}, why + "; add '" + key + "' to the step '" + step + "'"};
}

}  // namespace

PagePlace decisionPlace(const config::Review& review, const config::Step& step, const std::string& reader,
                        const std::vector<std::string>& columns, const io::OutputPolicy& policy) {
  const std::string word = io::safeFileName(reader), begin = step.id + "-" + word;
  std::vector<std::string> names{begin + ".csv", begin + "-page.csv"};
  for (int number = 2; number < 10 && step.verb == config::Verb::Chart; ++number)
    names.push_back(begin + "-page-" + std::to_string(number) + ".csv");
  return placeAmong(review, step.decisionPatterns, names, word + "-page", "decisions: decisions/" + step.id + "*.csv",
                    step.label, columns, policy);
}

PagePlace resolutionPlace(const config::Review& review, const config::Step& step, const io::OutputPolicy& policy) {
  const std::string begin = "resolutions-" + step.id;
  return placeAmong(review, step.resolutionPatterns, {begin + ".csv", begin + "-page.csv"}, "page",
                    "resolutions: decisions/resolutions-" + step.id + "*.csv", step.label,
                    engine::pageColumns(engine::PageWords::Joint), policy);
}

}  // namespace winnow::screen
