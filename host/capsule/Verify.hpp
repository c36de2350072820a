// `winnow verify`: a capsule is whole, and computes to the bytes that it holds.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "Replay.hpp"

namespace winnow::capsule {

struct VerifyReport {
  std::size_t members = 0, equal = 0;
  std::vector<std::string> differing;  ///< outputs that a run from nothing gives otherwise
  std::vector<std::string> plugins;    ///< that are others here than when it was packed, in words
  std::vector<std::string> missing;    ///< inputs that are not in the capsule and were not given
  bool isReplayed = false;

  bool isVerified() const { return isReplayed && differing.empty(); }
};

/// Unpacks into `scratch`, compares every byte with the hashes, computes the review again and compares every output.
/// `exports`: folder with the files that the capsule holds by their hash alone. Throws winnow::Error where the capsule
/// was changed.
VerifyReport verify(const Program& program, const std::filesystem::path& archive,
                    const std::optional<std::filesystem::path>& exports, const std::filesystem::path& scratch);

}  // namespace winnow::capsule
