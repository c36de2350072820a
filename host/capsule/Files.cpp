#include "Files.hpp"

#include <algorithm>

#include "io/Error.hpp"

namespace winnow::capsule {

namespace {

class Collector {
 public:
  explicit Collector(const config::Review& review) : review_(review) {}

  void add(const std::string& name, FileEntry entry) {
    const std::filesystem::path normal = std::filesystem::path(name).lexically_normal();
    if (normal.is_absolute() || *normal.begin() == "..")
      throw Error("'" + name + "' lies outside of the review's folder; move it there, then pack");
    entry.path = normal.generic_string();
    const bool isKnown =
        std::any_of(list_.begin(), list_.end(), [&](const FileEntry& f) { return f.path == entry.path; });
    if (!isKnown) list_.push_back(std::move(entry));
  }
  void addIfThere(const std::filesystem::path& file, FileEntry entry) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file, ignored)) add(relative(file), std::move(entry));
  }
  std::string relative(const std::filesystem::path& file) const {
    return file.lexically_relative(review_.folder).generic_string();
  }
  std::vector<FileEntry> take() { return std::move(list_); }

 private:
  const config::Review& review_;
  std::vector<FileEntry> list_;
};

}  // namespace

std::vector<FileEntry> inputsOf(const config::Review& review) {
  Collector files(review);
  files.add(review.file.filename().string(), {{}, Role::Configuration, {}, {}, {}, {}});
  for (const config::Source& source : review.sources)
    for (const std::string& name : source.fileNames)
      files.add(name, {{}, Role::Export, source.name, source.wave, {}, {}});
  for (const std::string& name : {review.search.strategy, review.search.mesh})
    if (!name.empty()) files.add(name, {{}, Role::Search, {}, {}, {}, {}});
  for (const config::Step& step : review.steps) {
    for (const std::string& name : step.decisionNames) files.add(name, {{}, Role::Decision, {}, {}, {}, step.id});
    for (const std::string& name : step.resolutionNames) files.add(name, {{}, Role::Decision, {}, {}, {}, step.id});
  }
  files.addIfThere(review.assignments, {{}, Role::Decision, {}, {}, {}, {}});
  return files.take();
}

std::vector<FileEntry> outputsOf(const config::Review& review) {
  Collector files(review);
  for (const config::Export& e : review.exports) files.add(e.path, {{}, Role::Output, {}, {}, e.plugin, {}});
  files.add(std::filesystem::path(review.file).replace_extension(".lock").filename().string(),
            {{}, Role::Lock, {}, {}, {}, {}});
  return files.take();
}

}  // namespace winnow::capsule
