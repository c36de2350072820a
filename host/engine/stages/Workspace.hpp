// What every part of a run needs: the review, the plugins, the ledger, where to tell things.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "config/Review.hpp"
#include "io/Diagnostic.hpp"
#include "io/OutputPolicy.hpp"
#include "ledger/Ledger.hpp"
#include "plugins/Catalogue.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::engine {

/// Progress of one step: `done` of `total` (0: unknown) of `what`.
using Progress = std::function<void(std::string_view what, std::uint64_t done, std::uint64_t total)>;

/// Documents by name, JSON text (docs/documents.md).
using Documents = std::map<std::string, std::string, std::less<>>;

/// Borrowed parts of one run. One thread.
struct Workspace {
  const config::Review& review;
  const plugins::Catalogue& catalogue;
  plugins::TagTable& tags;
  ledger::Ledger& ledger;
  io::OutputPolicy& outputs;
  io::DiagnosticSink tell;
  Progress progress;
  Documents given;  ///< what is known before any record is read: for every stage

  /// Progress bound to one step.
  std::function<void(std::uint64_t, std::uint64_t)> progressOf(std::string what) const {
    return [this, what = std::move(what)](std::uint64_t done, std::uint64_t total) {
      if (progress) progress(what, done, total);
    };
  }
  /// The stage of that id; throws winnow::Error if it is gone (the configuration checked it).
  const plugins::StageEntry& stage(const std::string& id) const;
};

}  // namespace winnow::engine
