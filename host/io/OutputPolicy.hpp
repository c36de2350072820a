// The one place that decides where a command may write.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "AtomicFile.hpp"

namespace winnow::io {

/// What a file is to the command that must not lose it.
enum class FileRole { Nothing, Configuration, Input, Decisions, Assignments, Ledger, Lock };

/// Who named an output: a configuration, which may come from somebody else, or the person at the keyboard.
enum class NamedBy { Configuration, CommandLine };

/// Refuses to write over files that the command reads or keeps, by whatever name they are reached (another spelling, a
/// symbolic or hard link), into one output twice, and, for outputs that a configuration names, outside of its folder.
/// One for each command. One thread.
class OutputPolicy {
 public:
  /// Nothing but what is written as that role may go over `file`, which need not exist yet.
  void protect(const std::filesystem::path& file, FileRole role);
  /// Outputs named by a configuration stay in `folder`.
  void confine(const std::filesystem::path& folder);
  /// They may also lie in `folder`: somebody said so on the command line.
  void allow(const std::filesystem::path& folder);

  /// Why `target` may not be written, as a whole sentence; empty if it may. `own`: files of this role are what is
  /// written anew. Relative paths begin in the current folder; `base` is put before them and left out in the sentence.
  std::string refusal(const std::filesystem::path& target, NamedBy by, FileRole own = FileRole::Nothing,
                      const std::filesystem::path& base = {}) const;
  /// Why a file or folder that a configuration names lies where it must not; empty if it does not.
  std::string outside(const std::filesystem::path& path, const std::filesystem::path& base = {}) const;
  /// Opens it. Throws winnow::UsageError with the refusal, winnow::Error as AtomicFile does.
  std::unique_ptr<AtomicFile> open(const std::filesystem::path& target, NamedBy by, FileRole own = FileRole::Nothing);
  /// Opens what somebody named on the command line, writes it whole and puts it into place. Throws as open().
  void write(const std::filesystem::path& target, std::string_view bytes);

 private:
  std::string outside(const std::filesystem::path& real, const std::filesystem::path& given,
                      const std::filesystem::path& shown) const;
  struct Protected {
    std::filesystem::path file;
    FileRole role;
  };
  std::vector<Protected> protected_;
  std::vector<std::filesystem::path> folders_;  ///< canonical; the configuration's own first
  std::vector<Protected> opened_;
};

}  // namespace winnow::io
