// Which plugins may run inside of the program: those that a person approved, by the hash of their file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::plugins {

/// One approved file.
struct Approval {
  std::string sha256, name, version;  ///< name: "vendor/name"
  std::vector<std::string> stages;    ///< ids
  std::string by, on;                 ///< who, and the day
};

/// plugins.lock in memory.
class TrustList {
 public:
  void add(Approval approval);
  /// True if there was one.
  bool remove(std::string_view nameOrHash);
  /// The approval of a file with this content, or null.
  const Approval* ofHash(std::string_view sha256) const;
  /// The approval that names this stage, or null.
  const Approval* ofStage(std::string_view id) const;
  const std::vector<Approval>& all() const noexcept { return approvals_; }

 private:
  std::vector<Approval> approvals_;
};

}  // namespace winnow::plugins
