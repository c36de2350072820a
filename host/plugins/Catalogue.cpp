#include "Catalogue.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include <winnow/plugin.hpp>

#include "Library.hpp"

namespace winnow::plugins {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> environmentFolders() {
  std::vector<fs::path> folders;
  const char* value = std::getenv("WINNOW_PLUGIN_PATH");
  std::istringstream list(value == nullptr ? "" : value);
  for (std::string folder; std::getline(list, folder, ':');)
    if (!folder.empty()) folders.emplace_back(folder);
  return folders;
}

std::string folderProblem(const fs::path& folder) {
  std::error_code error;
  if (folder.is_relative()) return "is relative; only absolute folders are looked into";
  if (!fs::exists(folder, error)) return "does not exist";
  if (!fs::is_directory(folder, error)) return "is no folder";
  return {};
}

}  // namespace

bool isPluginFile(const fs::path& file) { return file.extension() == ".so" && file.filename().string().front() != '.'; }

Catalogue Catalogue::discover(const std::vector<fs::path>& given) {
  Catalogue catalogue;
  std::error_code ignored;
  for (const fs::path& folder : given) catalogue.look({fs::absolute(folder, ignored), "--plugin-dir", {}, {}});
  for (const fs::path& folder : environmentFolders()) catalogue.look({folder, "WINNOW_PLUGIN_PATH", {}, {}});
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
    catalogue.look({fs::path(home) / ".local/lib/winnow/plugins", "user folder", {}, {}});
  catalogue.look({fs::weakly_canonical(programFolder() / "../lib/winnow/plugins", ignored), "installation", {}, {}});
  return catalogue;
}

void Catalogue::look(Folder folder) {
  folder.why = folderProblem(folder.path);
  std::vector<fs::path> files;
  std::error_code error;
  if (folder.why.empty())
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.path, error)) {
      const fs::path& path = entry.path();
      if (isPluginFile(path)) files.push_back(path);
    }
  if (error) folder.why = "cannot be read: " + error.message();
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    Candidate candidate{file, nullptr, {}};
    auto loaded = loadLibrary(file);
    if (const auto* refusal = std::get_if<Refusal>(&loaded)) {
      candidate.why = refusal->reason;
    } else {
      candidate.plugin = std::get<const winnow_plugin*>(loaded);
      for (std::size_t i = 0; candidate.plugin->stage(i) != nullptr; ++i)
        if (const StageEntry* first = find(view(candidate.plugin->stage(i)->id)); first != nullptr) {
          candidate.why = "its stage '" + std::string(view(first->stage->id)) + "' was already found in " + first->file.string();
          candidate.plugin = nullptr;
          break;
        }
    }
    if (candidate.plugin != nullptr) add(candidate);
    folder.candidates.push_back(std::move(candidate));
  }
  folders_.push_back(std::move(folder));
}

void Catalogue::add(const Candidate& candidate) {
  for (std::size_t i = 0; const winnow_stage* stage = candidate.plugin->stage(i); ++i)
    stages_.push_back({stage, candidate.plugin, candidate.file});
  if (candidate.plugin->extension == nullptr) return;
  const auto* commands = static_cast<const winnow_commands*>(candidate.plugin->extension(WINNOW_EXT_COMMAND));
  if (commands == nullptr) return;
  for (std::size_t i = 0; const winnow_command* command = commands->command(i); ++i)
    commands_.push_back({command, candidate.plugin});
}

const StageEntry* Catalogue::find(std::string_view id) const {
  const auto found = std::find_if(stages_.begin(), stages_.end(), [&](const StageEntry& e) { return view(e.stage->id) == id; });
  return found == stages_.end() ? nullptr : &*found;
}

}  // namespace winnow::plugins
