// The user's plugin folder and the packages in it: put there whole or not at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "CommandLine.hpp"
#include "DeclaredPlugin.hpp"

namespace winnow::cli {

/// ~/.local/lib/winnow/plugins. Throws UsageError: there is no home folder.
std::filesystem::path userPluginFolder();

/// Where an installed package came from.
struct Origin {
  std::string index, sha256;  ///< the index's address; of the archive
};

/// A folder beside the user's plugin folder where a package is made ready; gone with this object.
class Incoming {
 public:
  Incoming();
  ~Incoming();
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;
  const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// Tries the package `ready`, which lies in `incoming`, in a worker process, and puts it into the user's folder under
/// its own name. One that is there is replaced as a whole, or stays as it was. Throws UsageError and winnow::Error.
DeclaredPlugin placePackage(Context& context, const Incoming& incoming, const std::filesystem::path& ready,
                            const std::optional<Origin>& origin);

/// Where a package of the user's folder came from; none: it was installed from files.
std::optional<Origin> originOf(const std::filesystem::path& package);

/// The packages of the user's folder, sorted.
std::vector<std::filesystem::path> installedPackages();

}  // namespace winnow::cli
