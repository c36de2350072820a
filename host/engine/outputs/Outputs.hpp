// Files that a run writes: exports, and the sheets that people fill in next.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/Evaluation.hpp"
#include "engine/stages/Workspace.hpp"

namespace winnow::engine {

struct OutputReport {
  std::string path;  ///< relative to the review's folder
  std::string plugin;
  std::uint64_t records = 0;
  bool unchanged = false;  ///< the file is already what it would become
  bool kept = false;       ///< a sheet that somebody filled in: not overwritten
};

/// Names of documents.
using DocumentNames = std::set<std::string, std::less<>>;

/// Called when all bytes are on the disk and before they are in place, with their SHA-256 in hexadecimal and the
/// documents that the exporter asked for.
using BeforeInPlace = std::function<void(const std::string& sha256, const DocumentNames& read)>;

/// Writes one file through an exporter. `ids` are records (`merged`: representatives). The file appears whole or not at
/// all; throws winnow::Error naming plugin and path.
void writeOutput(const Workspace& work, const std::string& plugin, const plugins::SettingList& settings,
                 const Documents& documents, const std::vector<RecordId>& ids, Views& views, bool merged,
                 const ExtraFields& extra, const std::filesystem::path& target, const BeforeInPlace& before = {});

/// As writeOutput for an exporter that needs documents alone, no records: a picture of a flow document.
void drawDocument(const plugins::StageEntry& entry, const plugins::SettingList& settings, const Documents& documents,
                  plugins::TagTable& tags, const io::DiagnosticSink& tell, const std::filesystem::path& target);

/// All exports of the configuration. Skips a file whose inputs are what they were.
std::vector<OutputReport> writeExports(const Workspace& work, Evaluation& evaluation, const Documents& documents);

/// A sheet for every reader with open work, in <out>/sheets/<step>/<reader>.csv. A sheet that was changed since it was
/// written is never overwritten.
std::vector<OutputReport> writeSheets(const Workspace& work, Evaluation& evaluation, const Documents& documents);

}  // namespace winnow::engine
