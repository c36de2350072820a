// Which plugins there are: the folders looked into, the files found, why each was taken or refused.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/abi.h>
#include <winnow/ext/command.h>
#include <winnow/ext/lint.h>

#include "PluginFile.hpp"
#include "Trust.hpp"
#include "worker/Remote.hpp"

namespace winnow::plugins {

/// Why a plugin may run where it runs.
enum class Standing {
  Installed,  ///< lies where this program is installed
  Approved,   ///< stands in plugins.lock with the hash of its file
  Unknown     ///< nobody approved it: it runs in a worker process
};

/// "installed", "approved", "not approved".
const char* standingWord(Standing standing);

/// A file that was looked at. `plugin` null: refused, and `why` says so, or not asked yet.
struct Candidate {
  std::filesystem::path path;
  std::shared_ptr<const PluginFile> file;  ///< null: it could not be opened
  const winnow_plugin* plugin = nullptr;
  std::string why;
  std::string skipped;  ///< which of its stages this host does not know; empty: none
  Standing standing = Standing::Unknown;
  bool isolated = false;  ///< runs in a worker process
  bool isAsked = true;    ///< false: what it declares is known to nobody yet, because that takes running it
};

/// A folder that was looked into. `why` is set if it could not be.
struct Folder {
  std::filesystem::path path;
  std::string origin;  ///< "--plugin-dir", "WINNOW_PLUGIN_PATH", "user folder", "installation"
  std::string why;
  std::vector<Candidate> candidates;
};

/// A stage that can be used, with the library it came from.
struct StageEntry {
  const winnow_stage* stage;
  const winnow_plugin* plugin;
  std::filesystem::path file;
  std::shared_ptr<const PluginFile> content;  ///< what was loaded, with its hash
  Standing standing = Standing::Installed;
  bool isolated = false;
  std::string limits;         ///< of an isolated one: what is in force in its workers
  std::string missingLimits;  ///< and what is not, because the command line permits that
};

/// A command that a plugin adds.
struct CommandEntry {
  const winnow_command* command;
  const winnow_plugin* plugin;
};

/// A check of a file that a review names.
struct LintEntry {
  const winnow_lint* lint;
  const winnow_plugin* plugin;
};

/// True for programs that speak the worker protocol: executable, NAME.plugin or NAME.plugin.py and the like.
bool isProgram(const std::filesystem::path& file);
/// True for the names of plugin files: NAME.so, programs, and dialect tables.
bool isPluginFile(const std::filesystem::path& file);
/// Why a file is no plugin although it was meant as one: a program that may not be run, a table of another name. Empty
/// for plugin files and for what cannot have been meant as one.
std::string mistakenFor(const std::filesystem::path& file);
/// Why a file is no plugin by its name and permissions, with what to do; empty for one that may be.
std::string whyNoPlugin(const std::filesystem::path& file);

/// All plugins of this process. The name of a stage belongs to the installed plugin that has it, or to the approved one
/// that a person put in its place; among the others the first file wins. What is refused says why.
class Catalogue {
 public:
  /// Looks into `given` (--plugin-dir), $WINNOW_PLUGIN_PATH (colon-separated), ~/.local/lib/winnow/plugins and
  /// <program>/../lib/winnow/plugins, in this order; never into the current folder, never into subfolders, never into
  /// a folder that others may write. What lies in the installation or is approved by `trust` is loaded, tables over it
  /// too. Nothing of any other file runs. Workers run as `policy` says when they start. Thread: setup.
  static Catalogue discover(const std::vector<std::filesystem::path>& given, const TrustList& trust = {},
                            std::shared_ptr<const worker::Policy> policy = std::make_shared<worker::Policy>());

  /// Starts the others in worker processes and asks what they declare. Once. Thread: setup.
  void ask();

  /// Runs these stages (ids; "all") in worker processes from now on. After ask(). Throws winnow::Error. Thread: setup.
  void isolate(const std::vector<std::string>& ids);

  const std::vector<Folder>& folders() const noexcept { return folders_; }
  const std::vector<StageEntry>& stages() const noexcept { return stages_; }
  const std::vector<CommandEntry>& commands() const noexcept { return commands_; }
  const std::vector<LintEntry>& lints() const noexcept { return lints_; }
  /// The stage of that id, or null.
  const StageEntry* find(std::string_view id) const;

 private:
  void look(const std::filesystem::path& path, const char* origin, uid_t owner);
  void open(Candidate& candidate, bool isInstallation);
  void load(Candidate& candidate);
  void loadTables();
  void add(const Candidate& candidate);
  std::string nameProblem(const Candidate& candidate) const;
  TrustList trust_;
  std::shared_ptr<const worker::Policy> policy_;
  std::vector<Folder> folders_;
  std::vector<StageEntry> stages_;
  std::vector<CommandEntry> commands_;
  std::vector<LintEntry> lints_;
  bool isAsked_ = false;
};

}  // namespace winnow::plugins
