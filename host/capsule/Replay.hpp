// A review computed again in a folder of its own, from nothing.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "Crate.hpp"
#include "io/OutputPolicy.hpp"
#include "plugins/Catalogue.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::capsule {

/// Reads and checks a configuration, and protects what it must not lose. Throws winnow::Error when it has errors.
using ReadReview = std::function<config::Review(const std::filesystem::path& file, io::OutputPolicy& outputs)>;

/// What a replay needs of the program. Borrowed.
struct Program {
  const plugins::Catalogue& catalogue;
  plugins::TagTable& tags;
  ReadReview read;
};

struct Replayed {
  std::vector<UsedPlugin> plugins;
  bool isOpen = false;  ///< people still have to decide something
};

/// Copies files of a review into another folder, which is made. Throws winnow::Error.
void copyFiles(const std::filesystem::path& from, const std::filesystem::path& to, const std::vector<FileEntry>& files);

/// Runs the review of a folder without a ledger; its outputs appear there. Diagnostics of the run are not reported
/// again: they are those of 'winnow run'. Throws winnow::Error.
Replayed replay(const Program& program, const std::filesystem::path& reviewFile);

}  // namespace winnow::capsule
