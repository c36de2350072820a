// One file through one exporter: it appears whole or not at all.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/records/Views.hpp"
#include "engine/stages/Workspace.hpp"
#include "io/AtomicFile.hpp"
#include "plugins/Instance.hpp"

namespace winnow::engine {

/// Names of documents.
using DocumentNames = std::set<std::string, std::less<>>;

/// Called when all bytes are on the disk and before they are in place, with their SHA-256 in hexadecimal and the
/// documents that the exporter asked for.
using BeforeInPlace = std::function<void(const std::string& sha256, const DocumentNames& read)>;

/// Writes one file through an exporter and puts it into place. `ids` are records (`merged`: representatives). The file
/// appears whole or not at all; throws winnow::Error naming plugin and path.
void writeOutput(const Workspace& work, const std::string& plugin, const plugins::SettingList& settings,
                 const Documents& documents, const std::vector<RecordId>& ids, Views& views, bool merged,
                 const ExtraFields& extra, io::AtomicFile& file, const BeforeInPlace& before = {});

/// As writeOutput for an exporter that needs documents alone, no records: a picture of a flow document.
void drawDocument(const plugins::StageEntry& entry, const plugins::SettingList& settings, const Documents& documents,
                  plugins::TagTable& tags, const io::DiagnosticSink& tell, io::AtomicFile& file);

}  // namespace winnow::engine
