// A plugin's file, opened once: what is hashed is what is loaded, whatever happens to the name in between.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <winnow/abi.h>

#include "io/Descriptor.hpp"

namespace winnow::plugins {

/// One file with its content. Immutable; lives as long as anything that was loaded from it may be loaded again.
class PluginFile {
 public:
  /// A file that nobody but the owner of the installation can change: the file itself, not hashed. Throws
  /// winnow::Error.
  static std::shared_ptr<const PluginFile> installed(const std::filesystem::path& file);
  /// Any other file: read once, into a copy in memory that nobody can change (a sealed memfd), and hashed on the way.
  /// Throws winnow::Error: it cannot be read, it is no regular file or too large, there is no memory for it.
  static std::shared_ptr<const PluginFile> copied(const std::filesystem::path& file);
  /// The same with all that belongs to it (Package.hpp): the other files of its package, which are kept in memory, and
  /// of a program what it may import from its folder, and its interpreter. sha256() is of all of that. Throws
  /// winnow::Error.
  static std::shared_ptr<const PluginFile> complete(const std::filesystem::path& file);

  const std::filesystem::path& path() const noexcept { return path_; }
  /// Open for reading; its position belongs to nobody.
  int descriptor() const noexcept { return descriptor_.get(); }
  /// What the loader opens: the name of an installed file, the copy of any other.
  std::filesystem::path loadPath() const;
  /// The folder of its package; empty for a plugin of one file.
  const std::filesystem::path& package() const noexcept { return package_; }
  /// SHA-256 in hexadecimal of what descriptor() gives, of complete() ones of all that belongs to them; of an installed
  /// file read at the first call. Thread: setup.
  const std::string& sha256() const;
  /// The bytes of another file of its package, by its name below the package's folder; null if there is none.
  const std::string* resource(std::string_view name) const;

 private:
  PluginFile(std::filesystem::path path, bool isCopy, io::Descriptor descriptor, std::string sha256)
      : path_(std::move(path)), isCopy_(isCopy), descriptor_(std::move(descriptor)), sha256_(std::move(sha256)) {}
  std::filesystem::path path_;
  bool isCopy_;
  io::Descriptor descriptor_;
  mutable std::string sha256_;
  std::filesystem::path package_;
  std::map<std::string, std::string, std::less<>> resources_;
};

/// Remembers which file a stage came from, for resourceOf(). Thread: setup.
void rememberFile(const winnow_stage& stage, std::shared_ptr<const PluginFile> file);
/// The bytes of a file of the package that the stage came with; null if there is none. They live as long as the
/// process.
const std::string* resourceOf(const winnow_stage& stage, std::string_view name);

/// Why somebody else could change what lies at `path`, a folder or a file, as the end of a sentence; empty if only
/// root, the user and `owner` can: it belongs to one of them, and neither it nor a folder above lets others write (one
/// that is sticky, as /tmp, may). A group that holds the user alone is the user.
std::string unsafePath(const std::filesystem::path& path, uid_t owner);

}  // namespace winnow::plugins
