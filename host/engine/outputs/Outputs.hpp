// Files that a run writes: exports, and the sheets that people fill in next.
#pragma once

#include <string>
#include <vector>

#include "WriteOutput.hpp"
#include "engine/Evaluation.hpp"
#include "engine/flow/ProvenFlow.hpp"

namespace winnow::engine {

struct OutputReport {
  std::string path;  ///< relative to the review's folder
  std::string plugin;
  std::uint64_t records = 0;
  bool unchanged = false;  ///< the file is already what it would become
  bool kept = false;       ///< a sheet that somebody filled in: not overwritten
};

/// All that an exporter may ask for (docs/documents.md).
Documents documentsOf(const Workspace& work, const Evaluation& evaluation, const ProvenFlow& flow);

/// All exports of the configuration. Skips a file whose inputs are what they were.
std::vector<OutputReport> writeExports(const Workspace& work, const Evaluation& evaluation, const ProvenFlow& flow);

/// Where a reader's sheet of a step lies, relative to the review's folder. Whatever the names are, it lies among the
/// sheets.
std::string sheetPath(const config::Review& review, const std::string& step, const std::string& reviewer);

/// A sheet for every reader with open work, in <out>/sheets/<step>/<reader>.csv. A sheet that was changed since it was
/// written is never overwritten.
std::vector<OutputReport> writeSheets(const Workspace& work, const Evaluation& evaluation);

}  // namespace winnow::engine
