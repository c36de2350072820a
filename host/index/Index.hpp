// An index: a static JSON file that says which packages there are, winnow-index/1 (docs/publishing-a-plugin.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "Address.hpp"
#include "plugins/Manifest.hpp"

namespace winnow::index {

/// A stage of a package, for people who look for one.
struct ListedStage {
  std::string id, kind, help;
};

/// What `winnow plugins test` said of it.
struct KitResult {
  std::string winnow;  ///< the version that tested; empty: not tested
  std::uint64_t passed = 0, failed = 0, skipped = 0;
};

/// One version of one package.
struct Entry {
  plugins::Manifest manifest;  ///< what stands in the index of it: id, version, ranges and texts
  std::string platform;        ///< "any", or as platformHere()
  std::string file;            ///< of the archive: a path below the index's folder, or an https address
  std::string sha256;          ///< of the archive's bytes
  std::uint64_t size = 0;      ///< of the archive
  std::vector<ListedStage> stages;
  KitResult tests;
};

inline constexpr std::uint64_t kLargestIndex = 16u << 20, kLargestArchive = 512u << 20;

/// "linux-x86_64": what the libraries of a package must have been built for.
std::string platformHere();

/// Reads an index. Throws winnow::Error with what is wrong and where: another format, a member that is missing or of
/// another kind, an id or a hash that is none, one version twice.
std::vector<Entry> parseIndex(std::string_view json);

/// As parseIndex() reads it: sorted by id and version, one entry on some lines, no time in it.
std::string renderIndex(std::vector<Entry> entries);

/// Orders versions by their numbers, then by text: negative, 0 or positive.
int compareVersions(std::string_view a, std::string_view b);

/// Why this machine cannot use the entry, as the end of a sentence; empty if it can.
std::string unusable(const Entry& entry);

}  // namespace winnow::index
