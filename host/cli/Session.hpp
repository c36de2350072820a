// A review opened by a command: configuration, ledger and plugins together.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "CommandLine.hpp"
#include "config/Review.hpp"
#include "config/StageDeclarations.hpp"
#include "engine/Run.hpp"
#include "engine/stages/Workspace.hpp"
#include "ledger/Ledger.hpp"

namespace winnow::cli {

/// Reads and checks a review; prints its problems. Nothing if it has errors: exit with WrongUsage.
std::optional<config::Review> openReview(Context& context, const std::string& path);

/// A folder that goes away with this object, for ledgers of what-if runs.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// One pass over a review with everything it needs. With `scratch` the ledger is a copy, and nothing in the review's
/// folder is written.
class Session {
 public:
  enum class Where { InPlace, Scratch };
  Session(Context& context, config::Review review, Where where);

  /// Imports and evaluates (engine::workThrough).
  void work(const std::string& until = {});

  /// Gives the ledger back to other programs. What was evaluated stays; whoever reads records afterwards opens the
  /// ledger for it, and neither ledger() nor what the workspace says of it may be used.
  void closeLedger() { ledger_.reset(); }

  const config::Review& review() const noexcept { return review_; }
  ledger::Ledger& ledger() noexcept { return *ledger_; }
  const engine::Workspace& workspace() const noexcept { return *workspace_; }
  const engine::Worked& worked() const noexcept { return *worked_; }
  const engine::ImportReport& imported() const noexcept { return worked_->imported; }
  const engine::Evaluation& evaluation() const noexcept { return worked_->evaluation; }

 private:
  Context& context_;
  config::Review review_;
  std::unique_ptr<ScratchFolder> scratch_;
  std::unique_ptr<ledger::Ledger> ledger_;
  std::unique_ptr<engine::Workspace> workspace_;
  std::optional<engine::Worked> worked_;
};

/// Stage declarations of all plugins, for the configuration.
config::StageDeclarations declarations(const plugins::Catalogue& catalogue);

}  // namespace winnow::cli
