#include "Protection.hpp"

#include <algorithm>

#include "config/parts/FileMatch.hpp"
#include "io/FolderEntries.hpp"

namespace winnow::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kCode = "config.output";

/// SQLite keeps a journal beside its file.
void protectLedger(io::OutputPolicy& policy, const fs::path& ledger) {
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    fs::path file = ledger;
    file += ending;
    policy.protect(file, io::FileRole::Ledger);
  }
}

void protectSheets(io::OutputPolicy& policy, const config::Review& review) {
  for (const fs::path& file : io::filesBelow(review.folder / review.outFolder / "sheets"))
    policy.protect(file, io::FileRole::Decisions);
}

bool anyMatches(const config::Review& review, const std::vector<std::string>& patterns, const std::string& path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return config::matchesPath(review.folder, pattern, path); });
}

/// How the next run would read the file that this one writes; empty if it would not.
std::string readAgainAs(const config::Review& review, const std::string& path) {
  for (const config::Source& source : review.sources)
    for (const fs::path& pattern : source.filePatterns)
      if (config::matchesPath(review.folder, pattern.string(), path)) return "an export of '" + source.name + "'";
  for (const config::Step& step : review.steps)
    if (anyMatches(review, step.decisionPatterns, path) || anyMatches(review, step.resolutionPatterns, path))
      return "decisions of '" + step.label + "'";
  return {};
}

bool isAmongSheets(const config::Review& review, const std::string& path) {
  const fs::path sheets = (review.folder / review.outFolder / "sheets").lexically_normal();
  const fs::path file = (review.folder / path).lexically_normal();
  return std::mismatch(sheets.begin(), sheets.end(), file.begin(), file.end()).first == sheets.end();
}

std::string fault(const io::OutputPolicy& policy, const config::Review& review, const std::string& path) {
  try {
    if (std::string why = policy.refusal(path, io::NamedBy::Configuration, io::FileRole::Nothing, review.folder);
        !why.empty())
      return why;
  } catch (const std::exception& error) {
    return error.what();
  }
  if (isAmongSheets(review, path)) return "'" + path + "' lies among the sheets; write it to another folder";
  const std::string reading = readAgainAs(review, path);
  return reading.empty() ? "" : "'" + path + "' would be read as " + reading + " by the next run; name another file";
}

/// The files that the review reads beside its configuration: where each is, as the configuration names it, what it is.
template <class Take>
void forEachReadFile(const config::Review& review, Take&& take) {
  for (const std::string& file : {review.search.strategy, review.search.mesh})
    if (!file.empty()) take(review.folder / file, file, io::FileRole::Input);
  const auto takeAll = [&](const std::vector<fs::path>& files, const std::vector<std::string>& names,
                           io::FileRole role) {
    for (std::size_t i = 0; i < files.size(); ++i) take(files[i], names[i], role);
  };
  for (const config::Source& source : review.sources) takeAll(source.files, source.fileNames, io::FileRole::Input);
  for (const config::Step& step : review.steps) {
    takeAll(step.decisions, step.decisionNames, io::FileRole::Decisions);
    takeAll(step.resolutions, step.resolutionNames, io::FileRole::Decisions);
  }
  takeAll(review.studies, review.studyNames, io::FileRole::Decisions);
}

}  // namespace

void protectReview(io::OutputPolicy& policy, const config::Review& review) {
  policy.confine(review.folder);
  policy.protect(review.file, io::FileRole::Configuration);
  policy.protect(fs::path(review.file).replace_extension(".lock"), io::FileRole::Lock);
  policy.protect(review.assignments, io::FileRole::Assignments);
  protectLedger(policy, review.ledger);
  protectSheets(policy, review);
  forEachReadFile(review,
                  [&](const fs::path& file, const std::string&, io::FileRole role) { policy.protect(file, role); });
}

std::vector<std::string> readOutside(const config::Review& review) {
  std::error_code ignored;
  const fs::path folder = fs::weakly_canonical(review.folder, ignored);
  std::vector<std::string> outside;
  const auto look = [&](const fs::path& file, const std::string& name, io::FileRole) {
    const fs::path real = fs::weakly_canonical(file, ignored);
    const bool isInside = std::mismatch(folder.begin(), folder.end(), real.begin(), real.end()).first == folder.end();
    if (!isInside && std::find(outside.begin(), outside.end(), name) == outside.end()) outside.push_back(name);
  };
  forEachReadFile(review, look);
  return outside;
}

void checkOutputs(const io::OutputPolicy& policy, const config::Review& review, config::Problems& problems) {
  if (const std::string why = policy.outside(review.ledger.lexically_relative(review.folder), review.folder);
      !why.empty())
    problems.error(kCode, review.ledgerAt, why);
  if (const std::string why = policy.outside(review.outFolder, review.folder); !why.empty())
    problems.error(kCode, review.outAt, why);
  for (const config::Export& one : review.exports)
    if (const std::string why = one.path.empty() ? "" : fault(policy, review, one.path); !why.empty())
      problems.error(kCode, one.pathAt, why);
  problems.sortByPlace();
}

}  // namespace winnow::cli
