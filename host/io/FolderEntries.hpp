// What lies in a folder.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace winnow::io {

/// The names of what lies directly in `folder`, sorted byte by byte; "." and ".." are left out. A folder that cannot be
/// read gives no name and sets `error`. Throws std::bad_alloc, where the iterators of the standard library end the
/// program. Thread: any.
std::vector<std::string> namesIn(const std::filesystem::path& folder, std::error_code& error);

/// The regular files directly in `folder`, links followed, as paths in the order of namesIn(). A folder that cannot be
/// read holds none. Throws and thread as namesIn().
std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder);

/// The same for `folder` and all folders below it; links to folders are not followed.
std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder);

}  // namespace winnow::io
