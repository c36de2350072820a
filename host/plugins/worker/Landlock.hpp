// Which files a worker may open, enforced by the kernel (landlock(7), Linux 5.13).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace winnow::plugins::worker {

/// What may be done below a path.
enum class Reach { Read, ReadAndRun };

struct Permitted {
  std::filesystem::path path;  ///< a folder with all below it, or a file; one that does not exist is left out
  Reach reach = Reach::Read;
};

/// The version of Landlock that this kernel has; 0 if none.
int landlockVersion();

/// Permits this process and its children to open nothing but that, to write nowhere, to reach no network port and to
/// signal nobody outside (as far as the kernel knows these). Cannot be undone. Empty if it holds; otherwise why it does
/// not. Before: PR_SET_NO_NEW_PRIVS.
std::string permitPaths(const std::vector<Permitted>& paths);

}  // namespace winnow::plugins::worker
