// Every export file of the review into the ledger: once, whole, each record with its place.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/stages/Workspace.hpp"

namespace winnow::engine {

/// A file of the configuration with what the ledger knows of it.
struct ActiveFile {
  ledger::FileRow row;
  std::size_t source = 0;     ///< index in Review::sources
  std::size_t wave = 0;       ///< index in Review::waves
  std::size_t fileIndex = 0;  ///< index in Source::files
};

/// What the import of one source gave, for the report of a run.
struct SourceReport {
  std::size_t source = 0;     ///< index in Review::sources
  std::uint64_t records = 0;  ///< in all files of the source
  std::uint64_t added = 0;    ///< of them seen here first (set when the records are known)
  std::uint64_t warnings = 0, errors = 0;
  std::string format;     ///< "importers.ris (ovid)"
  bool unchanged = true;  ///< nothing had to be read
};

struct ImportReport {
  std::vector<SourceReport> sources;
  std::vector<ActiveFile> files;  ///< in order of wave, source and file
  std::uint64_t errors = 0;
};

/// Imports what the ledger does not hold yet. A file is known by source, name, hash and reader (importer, version,
/// library, settings, encoding): when the reader changes, the file is read again. A run that was killed in the middle
/// of a file goes on with it. Problems are reported in every run.
ImportReport importSources(const Workspace& work);

}  // namespace winnow::engine
