#include "Schema.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

#include "io/Error.hpp"

namespace winnow::ledger {

namespace {

// One script a version; a script, once released, never changes.
constexpr const char* kMigrations[] = {
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
    )sql"};

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
  for (int next = version; next < kSchemaVersion; ++next) database.exec(kMigrations[next]);
  database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
  database.exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
  transaction.commit();
}

}  // namespace winnow::ledger
