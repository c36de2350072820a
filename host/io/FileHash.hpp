// The hash of a file that is asked for more than once: what lies beside twenty plugins is read once.
#pragma once

#include <filesystem>
#include <string>

namespace winnow::io {

/// SHA-256 in hexadecimal of a file's bytes. Of a file that was hashed before it is remembered as long as file, size
/// and times are the same, unless it was changed so shortly before it was hashed that another change may bear the same
/// time. Throws winnow::Error with the path. Thread: any.
std::string sha256OfFile(const std::filesystem::path& file);

}  // namespace winnow::io
