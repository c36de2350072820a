// One export file through one importer: open, decode, detect, read, check what comes, tell where it stood.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/abi.h>

#include "FieldCounts.hpp"
#include "io/ByteAccount.hpp"
#include "io/Diagnostic.hpp"
#include "plugins/Catalogue.hpp"
#include "plugins/Instance.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::engine {

/// Which importer reads a file, and how sure its probe was (100 when the user named it).
struct Detection {
  const plugins::StageEntry* entry = nullptr;
  std::string dialect;
  std::uint32_t confidence = 0;
};

/// A record as it comes from an importer: views that die when the callback returns. `byte` and `size` are in the
/// original file.
struct ReadRecord {
  const winnow_record& record;
  std::string_view raw;
  std::uint64_t byte = 0, size = 0;
  std::uint64_t ordinal = 0;  ///< in the file, from 1
  const Detection& detection;
};

/// What one reading gave.
struct ReadReport {
  Detection detection;
  std::uint64_t records = 0, errors = 0, warnings = 0;
  io::ByteCounts bytes;          ///< where every byte of the text went
  std::vector<FieldUse> fields;  ///< what was made of each tag or heading
  std::string sha256;
  bool failed = false;  ///< the importer gave up before the end: records may be missing
};

struct ReadRequest {
  std::filesystem::path file;
  std::string shownName;           ///< for messages
  std::string importer;            ///< stage id; empty: by content
  plugins::SettingList settings;   ///< only with `importer`
  std::string member;              ///< of a zip archive: the file within
  std::string encoding{};          ///< charset of the bytes; empty: as the file tells
  std::filesystem::path folder{};  ///< where the files are that options of the importer name; empty: here
};

/// A request for each file of a zip archive, shown as "archive.zip/file", and each sheet of a workbook; for anything
/// else the request itself.
std::vector<ReadRequest> expanded(const ReadRequest& request);

/// As expanded(), but the request itself where an importer of a binary format (WINNOW_WANTS_BYTES) reads the archive as
/// it is: the one that the request names, or one that claims it.
std::vector<ReadRequest> expanded(const ReadRequest& request, const plugins::Catalogue& catalogue,
                                  plugins::TagTable& tags);

/// As expanded(), without those files of an archive that are no exports (a PDF, a readme): each is reported. If none is
/// an export, all of them are given.
std::vector<ReadRequest> readable(const ReadRequest& request, const plugins::Catalogue& catalogue,
                                  plugins::TagTable& tags, const io::DiagnosticSink& tell);

/// Every importer that claims the file by its first bytes, the surest first. `head` is text; importers of binary
/// formats are shown the file's own bytes, unless it is standard input or a pipe.
std::vector<Detection> candidates(const ReadRequest& request, std::string_view head,
                                  const plugins::Catalogue& catalogue, plugins::TagTable& tags,
                                  const io::DiagnosticSink& tell);

/// Finds the importer by content. Diagnoses detect.unknown, detect.html, ... and returns no entry if there is none; two
/// equally sure importers are an error that names both.
Detection detect(const ReadRequest& request, std::string_view head, const plugins::Catalogue& catalogue,
                 plugins::TagTable& tags, const io::DiagnosticSink& tell);

/// The importer that the request names, with the dialect that it sees in the file: a record is the same whether its
/// importer was named or found. Throws winnow::UsageError when there is none.
Detection named(const ReadRequest& request, std::string_view head, const plugins::Catalogue& catalogue,
                plugins::TagTable& tags);

/// Reads a file whole. Problems of the file are reported and counted; throws winnow::Error only when the importer
/// breaks its contract or `each` throws.
ReadReport readFile(const ReadRequest& request, const plugins::Catalogue& catalogue, plugins::TagTable& tags,
                    const io::DiagnosticSink& tell, const std::function<void(const ReadRecord&)>& each,
                    const std::function<void(std::uint64_t done, std::uint64_t total)>& progress = {});

}  // namespace winnow::engine
