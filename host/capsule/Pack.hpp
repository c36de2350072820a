// `winnow pack`: a review as one archive that anyone can compute again.
#pragma once

#include <filesystem>
#include <string>

#include "Replay.hpp"
#include "io/AtomicFile.hpp"

namespace winnow::capsule {

struct PackRequest {
  bool withExports = true;  ///< false: exports of databases are in it by their hash alone
  std::string published;    ///< ISO date; empty: that of the last search
  std::string license;
  std::string program;  ///< version of Winnow
};

struct PackReport {
  std::size_t inputs = 0, outputs = 0, notPacked = 0;
  bool isOpen = false;
};

/// Computes the review from nothing in `scratch`, compares with the outputs that lie beside it, and packs inputs,
/// outputs, metadata and hashes into `archive`, which the caller commits. The same review gives the same bytes. Throws
/// winnow::Error when an output differs or is missing: then `winnow run` comes first.
PackReport pack(const Program& program, const config::Review& review, const PackRequest& request,
                const std::filesystem::path& scratch, io::AtomicFile& archive);

}  // namespace winnow::capsule
