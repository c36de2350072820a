// Capsules: what `winnow pack` writes and `winnow verify` checks.
#pragma once

#include <filesystem>
#include <optional>

#include "CommandLine.hpp"

namespace winnow::cli {

/// True if the file is an archive, and no configuration.
bool isCapsule(const std::filesystem::path& file);
/// `winnow verify` of a capsule. `exports`: folder of the files that it holds by their hash alone.
int verifyCapsule(Context& context, const std::filesystem::path& file,
                  const std::optional<std::filesystem::path>& exports);

}  // namespace winnow::cli
