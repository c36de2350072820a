#include "Schema.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cstdio>
#include <string>

#include "Digests.hpp"
#include "RecordCodec.hpp"
#include "RowHashes.hpp"
#include "io/Error.hpp"

namespace winnow::ledger {

namespace {

// One script a version; a script, once released, never changes.
constexpr const char* kScripts[] = {
    // 1: what was imported, what machines judged, what people said.
    R"sql(
    -- Names of fields and rules, numbered for the blobs in record.fields.
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

    -- A database, register or other method; part of a record's identity.
    CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, slug TEXT NOT NULL UNIQUE);

    -- One imported file. `complete` is set in the transaction that writes its last record.
    CREATE TABLE file (
      id INTEGER PRIMARY KEY, source INTEGER NOT NULL, wave TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL, platform TEXT NOT NULL, searched TEXT NOT NULL, query TEXT NOT NULL, reported INTEGER,
      importer TEXT NOT NULL, importer_version TEXT NOT NULL, dialect TEXT NOT NULL, settings TEXT NOT NULL,
      records INTEGER NOT NULL, warnings INTEGER NOT NULL, complete INTEGER NOT NULL,
      UNIQUE (source, wave, name, sha256, importer, importer_version, settings));

    -- What an import had to say, kept so that a second run can say it again.
    CREATE TABLE diagnostic (
      file INTEGER NOT NULL, ordinal INTEGER NOT NULL, severity INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
      action TEXT NOT NULL, line INTEGER NOT NULL, col INTEGER NOT NULL, record INTEGER NOT NULL,
      PRIMARY KEY (file, ordinal)) WITHOUT ROWID;

    -- An immutable record: identity = (source, content, occurrence); raw bytes as exported; fields as derived.
    CREATE TABLE record (
      id INTEGER PRIMARY KEY, source INTEGER NOT NULL, content INTEGER NOT NULL, occurrence INTEGER NOT NULL,
      raw BLOB NOT NULL, fields BLOB NOT NULL);
    CREATE UNIQUE INDEX record_identity ON record (source, content, occurrence);

    -- Where a record stood: every record of every file, also those seen before.
    CREATE TABLE sighting (
      file INTEGER NOT NULL, ordinal INTEGER NOT NULL, record INTEGER NOT NULL, byte INTEGER NOT NULL,
      size INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (file, ordinal)) WITHOUT ROWID;

    -- A machine's step under one plugin, version and set of options; `key` is the hash of all of that.
    CREATE TABLE stage (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, plugin TEXT NOT NULL, version TEXT NOT NULL,
      settings TEXT NOT NULL);
    CREATE TABLE reason (stage INTEGER NOT NULL, number INTEGER NOT NULL, code TEXT NOT NULL, label TEXT NOT NULL,
      action INTEGER NOT NULL, PRIMARY KEY (stage, number)) WITHOUT ROWID;

    -- A machine's answer. `view` tells the merged records that it saw (0: the record alone).
    CREATE TABLE verdict (
      stage INTEGER NOT NULL, record INTEGER NOT NULL, view INTEGER NOT NULL, action INTEGER NOT NULL,
      reason INTEGER NOT NULL, evidence TEXT NOT NULL, score REAL, note TEXT NOT NULL,
      PRIMARY KEY (stage, record, view)) WITHOUT ROWID;

    -- A matcher's pairs over one set of records; `input` is the hash of that set.
    CREATE TABLE pairing (id INTEGER PRIMARY KEY, stage INTEGER NOT NULL, input TEXT NOT NULL, UNIQUE (stage, input));
    CREATE TABLE pair (
      pairing INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, rule INTEGER NOT NULL, maybe INTEGER NOT NULL,
      stands INTEGER NOT NULL, score REAL NOT NULL, note TEXT NOT NULL, PRIMARY KEY (pairing, a, b)) WITHOUT ROWID;

    -- What people said, in the order it was learned. Never edited: a change or a withdrawal is a later event.
    CREATE TABLE event (
      id INTEGER PRIMARY KEY, run INTEGER NOT NULL, kind TEXT NOT NULL, step TEXT NOT NULL, record INTEGER NOT NULL,
      subject TEXT NOT NULL, actor TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL,
      file TEXT NOT NULL, line INTEGER NOT NULL);
    CREATE INDEX event_subject ON event (kind, step);

    -- Files the program wrote: what they were made from and what they held.
    CREATE TABLE output (id INTEGER PRIMARY KEY, path TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL);
    CREATE INDEX output_path ON output (path);

    -- When the program ran. The only place that knows the clock.
    CREATE TABLE run (id INTEGER PRIMARY KEY, began TEXT NOT NULL, ended TEXT, program TEXT NOT NULL, configuration TEXT NOT NULL,
      result TEXT);
    )sql",
    // 2: a record is its bytes; what it means is a reading, which another reader makes anew. Groups of rows have
    // digests.
    R"sql(
    CREATE TABLE digest (kind TEXT NOT NULL, parent TEXT NOT NULL, rows INTEGER NOT NULL, sum INTEGER NOT NULL,
      PRIMARY KEY (kind, parent)) WITHOUT ROWID;

    -- A file is known by source, name, hash and reader; wave, date, platform and query are the configuration's. Every file is
    -- read again once: who read it stands in no row of version 1.
    CREATE TABLE file_2 (
      id INTEGER PRIMARY KEY, source INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, reader TEXT NOT NULL,
      bytes INTEGER NOT NULL, importer TEXT NOT NULL, importer_version TEXT NOT NULL, dialect TEXT NOT NULL,
      settings TEXT NOT NULL, records INTEGER NOT NULL, warnings INTEGER NOT NULL, complete INTEGER NOT NULL,
      UNIQUE (source, name, sha256, reader));
    INSERT INTO file_2 SELECT id, source, name, sha256, 'version 1, file ' || id, bytes, importer, importer_version, dialect,
      settings, records, warnings, complete FROM file;
    DROP TABLE file;
    ALTER TABLE file_2 RENAME TO file;

    CREATE TABLE source_2 (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    INSERT INTO source_2 SELECT id, name FROM source;

    -- Rows of `record` are readings: bytes (content, n-th occurrence in their file) of a source with one meaning. The bytes
    -- stand in `raw`, or in that of the row `raw_of`. `sum` is the checksum of the row.
    ALTER TABLE record ADD COLUMN meaning INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE record ADD COLUMN raw_of INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE record ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
    UPDATE record SET meaning = winnow_meaning(content, fields);
    UPDATE record SET sum = winnow_sum(content, meaning, raw, fields);
    DROP INDEX record_identity;
    CREATE UNIQUE INDEX record_reading ON record (source, content, occurrence, meaning);

    ALTER TABLE sighting ADD COLUMN content INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sighting ADD COLUMN meaning INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sighting ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sighting ADD COLUMN lasting INTEGER NOT NULL DEFAULT 0;
    DELETE FROM sighting;
    DELETE FROM diagnostic;

    -- Machines' answers are given again: their views were hashed without the fields that the host adds.
    DELETE FROM verdict; DELETE FROM pair; DELETE FROM pairing; DELETE FROM reason; DELETE FROM stage;

    -- What people said stays, under the key that the record had then.
    CREATE TABLE event_2 (
      id INTEGER PRIMARY KEY, run INTEGER NOT NULL, kind TEXT NOT NULL, step TEXT NOT NULL, record TEXT NOT NULL,
      subject TEXT NOT NULL, actor TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL,
      file TEXT NOT NULL, line INTEGER NOT NULL);
    INSERT INTO event_2 SELECT e.id, e.run, e.kind, e.step, CASE WHEN e.record = 0 THEN '' ELSE
        ifnull((SELECT winnow_key(s.slug, r.content, r.occurrence) FROM record r JOIN source s ON s.id = r.source
          WHERE r.id = e.record), '') END,
      e.subject, e.actor, e.value, e.reason, e.note, e.file, e.line FROM event e;
    DROP TABLE event;
    ALTER TABLE event_2 RENAME TO event;
    CREATE INDEX event_subject ON event (kind, step);
    DROP TABLE source;
    ALTER TABLE source_2 RENAME TO source;
    )sql",
    // 3: an answer rests on the fields that its stage reads: `seen` is their hash, 0 where the stage reads all. An
    // annotator's
    // answer is KEEP, and its note holds the fields that it gave, as JSON.
    R"sql(
    ALTER TABLE verdict ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;

    -- What became of every record in the last two runs that came out differently, packed (engine/flow/LastFates).
    CREATE TABLE fates (id INTEGER PRIMARY KEY, sum INTEGER NOT NULL, fates BLOB NOT NULL);
    )sql"};

// ---- functions of the scripts

/// "medline:5f1c09ab33d2e471", from the third occurrence in one file on "....3": the keys of version 1.
void keyOfVersion1(sqlite3_context* context, int, sqlite3_value** arguments) {
  char text[32];
  std::snprintf(text, sizeof text, ":%016llx", static_cast<unsigned long long>(sqlite3_value_int64(arguments[1])));
  std::string key = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  key += text;
  if (const auto n = sqlite3_value_int64(arguments[2]); n > 1) key += "." + std::to_string(n);
  sqlite3_result_text(context, key.c_str(), static_cast<int>(key.size()), SQLITE_TRANSIENT);
}

std::string_view blobOf(sqlite3_value* value) {
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
  return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void meaning(sqlite3_context* context, int, sqlite3_value** arguments) {
  const auto content = static_cast<std::uint64_t>(sqlite3_value_int64(arguments[0]));
  sqlite3_result_int64(context, static_cast<std::int64_t>(meaningHash(content, blobOf(arguments[1]))));
}

void sum(sqlite3_context* context, int, sqlite3_value** arguments) {
  const auto content = static_cast<std::uint64_t>(sqlite3_value_int64(arguments[0]));
  const auto meant = static_cast<std::uint64_t>(sqlite3_value_int64(arguments[1]));
  sqlite3_result_int64(context,
                       static_cast<std::int64_t>(rowSum(content, meant, blobOf(arguments[2]), blobOf(arguments[3]))));
}

void addFunctions(SQLite::Database& database) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
  sqlite3* handle = database.getHandle();
  sqlite3_create_function(handle, "winnow_key", 3, kFlags, nullptr, keyOfVersion1, nullptr, nullptr);
  sqlite3_create_function(handle, "winnow_meaning", 2, kFlags, nullptr, meaning, nullptr, nullptr);
  sqlite3_create_function(handle, "winnow_sum", 4, kFlags, nullptr, sum, nullptr, nullptr);
}

/// Digests of the rows that version 1 wrote and version 2 keeps.
void digestOldRows(SQLite::Database& database) {
  Digests digests(database);
  SQLite::Statement events(database, "SELECT * FROM event");
  while (events.executeStep()) {
    const EventRow e = eventFrom(events);
    digests.added(kEvents, eventGroup(e.kind, e.step), hashOf(e));
  }
  SQLite::Statement files(database, std::string(kFileColumns));
  while (files.executeStep()) digests.added(kFiles, {}, hashOf(fileFrom(files)));
  SQLite::Statement sources(database, "SELECT id, name FROM source");
  while (sources.executeStep())
    digests.added(kSources, {}, sourceHash(sources.getColumn(0).getInt64(), sources.getColumn(1).getString()));
  SQLite::Statement records(database, "SELECT sum FROM record");
  while (records.executeStep())
    digests.added(kRecords, {}, static_cast<std::uint64_t>(records.getColumn(0).getInt64()));
  SQLite::Statement tags(database, "SELECT id, name FROM tag");
  while (tags.executeStep())
    digests.added(kTags, {}, tagHash(tags.getColumn(0).getInt64(), tags.getColumn(1).getString()));
  digests.store();
}

int pragma(SQLite::Database& database, const char* name) {
  return database.execAndGet(std::string("PRAGMA ") + name).getInt();
}

}  // namespace

void prepareSchema(SQLite::Database& database, const char* name) {
  const int version = pragma(database, "user_version");
  const bool isEmpty = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
  if (!isEmpty && pragma(database, "application_id") != kApplicationId)
    throw Error("'" + std::string(name) + "' is a database, but no ledger of winnow");
  if (version > kSchemaVersion)
    throw Error("'" + std::string(name) + "' was written by a newer winnow (schema " + std::to_string(version) +
                ", this program knows " + std::to_string(kSchemaVersion) + "): update winnow");
  if (version == kSchemaVersion) return;
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  addFunctions(database);
  for (int next = version; next < kSchemaVersion; ++next) database.exec(kScripts[next]);
  if (version == 1) digestOldRows(database);
  database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
  database.exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
  transaction.commit();
}

}  // namespace winnow::ledger
