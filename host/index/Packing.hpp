// A package as one archive, for an index.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace winnow::index {

/// Packs what belongs to a package into an archive that depends on its files alone: names sorted, nothing compressed,
/// no times. Throws winnow::Error.
void packPackage(const std::filesystem::path& package, const std::filesystem::path& archive);

/// Unpacks the archive `bytes` into `folder`, which must not be there; its main file may be run if it is a program.
/// Throws winnow::Error and leaves no folder: not as packPackage() writes it, a name that leads out of the folder.
void unpackPackage(std::string_view bytes, const std::filesystem::path& folder);

}  // namespace winnow::index
