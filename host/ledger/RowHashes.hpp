// Rows as they are read from the database, and the hash of each for its group's digest.
#pragma once

#include <string>
#include <string_view>

#include "Ledger.hpp"

namespace SQLite {
class Statement;
}

namespace winnow::ledger {

// Kinds of rows with a digest; the parent of each group in words.
inline constexpr std::string_view kTags = "tag", kSources = "source", kFiles = "file",
                                  kRecords = "record";                                   // one group each
inline constexpr std::string_view kDiagnostics = "diagnostic", kSightings = "sighting";  // a group a file
inline constexpr std::string_view kReasons = "reason", kVerdicts = "verdict";            // a group a stage
inline constexpr std::string_view kPairs = "pair";                                       // a group a pairing
inline constexpr std::string_view kEvents = "event";                                     // a group a kind and step

/// Name of the group of a kind of events in a step.
std::string eventGroup(std::string_view kind, std::string_view step);

extern const char* const kFileColumns;  ///< "SELECT ... FROM file", in the order that fileFrom() reads
FileRow fileFrom(SQLite::Statement& row);
EventRow eventFrom(SQLite::Statement& row);             ///< of "SELECT * FROM event"
VerdictRow verdictFrom(SQLite::Statement& row);         ///< record, view, action, reason, evidence, score, note, seen
PairRow pairFrom(SQLite::Statement& row);               ///< a, b, rule, maybe, stands, score, note
io::Diagnostic diagnosticFrom(SQLite::Statement& row);  ///< severity, code, message, action, line, col, record
Sighting sightingFrom(
    Id file, SQLite::Statement& row);  ///< ordinal, record, byte, size, line, content, meaning, number, lasting

std::uint64_t tagHash(Id id, std::string_view name);
std::uint64_t sourceHash(Id id, std::string_view name);
std::uint64_t hashOf(const FileRow& row);
std::uint64_t hashOf(const EventRow& row);
std::uint64_t hashOf(const VerdictRow& row);
std::uint64_t hashOf(const PairRow& row);
std::uint64_t hashOf(std::uint64_t ordinal, const io::Diagnostic& row);
std::uint64_t hashOf(const Sighting& row);
std::uint64_t reasonHash(std::int64_t number, const ReasonRow& row);

/// Hash of what a record means: of the blob that RecordCodec made of its fields, which names slices of its bytes.
std::uint64_t meaningHash(std::uint64_t content, std::string_view fields);
/// Checksum of a row of `record`.
std::uint64_t rowSum(std::uint64_t content, std::uint64_t meaning, std::string_view raw, std::string_view fields);

}  // namespace winnow::ledger
