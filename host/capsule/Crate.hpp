// What a capsule says about itself: RO-Crate 1.3 with a Process Run Crate, and a list of hashes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "Files.hpp"

namespace winnow::capsule {

inline constexpr std::string_view kMetadata = "ro-crate-metadata.json", kManifest = "manifest-sha256.txt";

/// A file of the capsule with its content's hash. `isPacked` false: only its hash is in the capsule.
struct PackedFile {
  FileEntry entry;
  std::string sha256;
  std::uint64_t size = 0;
  bool isPacked = true;
};

/// A plugin that a run used.
struct UsedPlugin {
  std::string id, version, sha256;
};

struct Description {
  std::string published;  ///< ISO date
  std::string license;    ///< an address, or words; empty: none was stated
  std::string program;    ///< version of Winnow
};

/// ro-crate-metadata.json. Deterministic. https://w3id.org/ro/crate/1.3, https://w3id.org/ro/wfrun/process/0.5
std::string metadataOf(const config::Review& review, const std::vector<PackedFile>& files,
                       const std::vector<UsedPlugin>& plugins, const Description& description);
/// Files that the metadata list by their hash alone.
std::vector<PackedFile> missingFiles(const std::string& metadata);

/// "SHA-256  path", a line a file, in the order of the archive.
std::string manifestLine(const std::string& sha256, const std::string& path);

}  // namespace winnow::capsule
