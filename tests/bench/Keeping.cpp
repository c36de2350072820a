#include <sqlite3.h>

#include <array>
#include <deque>
#include <fstream>
#include <stdexcept>

#include "Benchmarks.hpp"
#include "Pairs.hpp"
#include "Synthetic.hpp"
#include "engine/reading/Identity.hpp"
#include "engine/reading/ReadFile.hpp"
#include "ledger/Ledger.hpp"

namespace winnow::bench {
namespace {

constexpr std::size_t kKeptRecords = 20000, kCommit = 16384;

/// A parsed record that outlives its importer.
struct Kept {
  std::string raw;
  std::deque<std::string> texts;
  std::vector<winnow_field> fields;
  winnow_record record;
};

std::deque<Kept> parse(const plugins::Catalogue& catalogue, plugins::TagTable& tags,
                       const std::filesystem::path& file) {
  std::deque<Kept> all;
  engine::readFile(
      {file, "bench", {}, {}, {}}, catalogue, tags, [](const io::Diagnostic&) {},
      [&](const engine::ReadRecord& read) {
        Kept& kept = all.emplace_back();
        kept.raw = read.raw;
        kept.fields.assign(read.record.fields, read.record.fields + read.record.field_count);
        for (winnow_field& field : kept.fields)
          if (field.value.size != 0)
            field.value = {kept.texts.emplace_back(field.value.data, field.value.size).data(), field.value.size};
        kept.record = read.record;
        kept.record.fields = kept.fields.data();
      });
  if (all.size() != kKeptRecords) throw std::runtime_error("records are missing");
  return all;
}

void removeDatabase(const std::filesystem::path& file) {
  for (const char* end : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(file.string() + end);
}

/// Into a new ledger, as an import does it: identity, encoding, record, sighting, a commit every 16384.
void intoLedger(const std::deque<Kept>& records, const std::filesystem::path& file, plugins::TagTable& tags) {
  removeDatabase(file);
  ledger::Ledger ledger(file, ledger::Access::ReadWrite, tags);
  ledger::Ledger::Transaction transaction(ledger);
  const ledger::Id source = ledger.sourceId("MEDLINE");
  ledger::FileRow row;
  row.source = source;
  row.name = row.sha256 = row.reader = "bench";
  row = ledger.fileRow(row);
  const engine::IdentityHasher identities(tags);
  std::uint64_t ordinal = 0;
  for (const Kept& kept : records) {
    const std::uint64_t content = ledger::contentHash(kept.raw);
    const ledger::AddedReading added = ledger.addReading({source, content, 1, kept.raw, kept.record});
    const engine::IdentityHashes identity = identities.of(kept.record, content, "ovid", "importers.ris");
    ledger.addSighting({row.id, ++ordinal, added.id, kept.record.at.byte, kept.record.at.length, kept.record.at.line,
                        content, added.meaning, identity.number, identity.lasting});
    if (ordinal % kCommit == 0) {
      transaction.commitAndContinue();
    }
  }
  transaction.commit();
}

void check(int result, sqlite3* database) {
  if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
    throw std::runtime_error(sqlite3_errmsg(database));
}

/// The rows of a ledger's two tables of records, in memory.
struct Rows {
  struct Record {
    std::int64_t source, content, occurrence;
    std::string raw, fields;
    std::int64_t meaning, rawOf, sum;
  };
  std::vector<Record> records;
  std::vector<std::array<std::int64_t, 10>> sightings;
};

Rows rowsOf(const std::filesystem::path& file) {
  Rows rows;
  sqlite3* database = nullptr;
  check(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), database);
  sqlite3_stmt* select = nullptr;
  const auto blob = [&](int column) {
    return std::string(static_cast<const char*>(sqlite3_column_blob(select, column)),
                       static_cast<std::size_t>(sqlite3_column_bytes(select, column)));
  };
  check(sqlite3_prepare_v2(
            database, "SELECT source, content, occurrence, raw, fields, meaning, raw_of, sum FROM record ORDER BY id",
            -1, &select, nullptr),
        database);
  while (sqlite3_step(select) == SQLITE_ROW)
    rows.records.push_back({sqlite3_column_int64(select, 0), sqlite3_column_int64(select, 1),
                            sqlite3_column_int64(select, 2), blob(3), blob(4), sqlite3_column_int64(select, 5),
                            sqlite3_column_int64(select, 6), sqlite3_column_int64(select, 7)});
  sqlite3_finalize(select);
  check(sqlite3_prepare_v2(database,
                           "SELECT file, ordinal, record, byte, size, line, content, meaning, number, lasting FROM "
                           "sighting ORDER BY ordinal",
                           -1, &select, nullptr),
        database);
  while (sqlite3_step(select) == SQLITE_ROW) {
    auto& row = rows.sightings.emplace_back();
    for (int i = 0; i < 10; ++i) row[static_cast<std::size_t>(i)] = sqlite3_column_int64(select, i);
  }
  sqlite3_finalize(select);
  sqlite3_close(database);
  return rows;
}

/// The same rows with the same page size, journal and commits, and nothing else.
void bareInsert(const Rows& rows, const std::filesystem::path& file) {
  removeDatabase(file);
  sqlite3* database = nullptr;
  check(sqlite3_open(file.c_str(), &database), database);
  const auto run = [&](const char* sql) { check(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), database); };
  run("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
      "CREATE TABLE record (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, content INTEGER NOT NULL, occurrence "
      "INTEGER NOT NULL, raw BLOB NOT NULL,"
      "  fields BLOB NOT NULL, meaning INTEGER NOT NULL, raw_of INTEGER NOT NULL, sum INTEGER NOT NULL);"
      "CREATE UNIQUE INDEX record_reading ON record (source, content, occurrence, meaning);"
      "CREATE TABLE sighting (file INTEGER NOT NULL, ordinal INTEGER NOT NULL, record INTEGER NOT NULL, byte INTEGER "
      "NOT NULL, size INTEGER NOT NULL,"
      "  line INTEGER NOT NULL, content INTEGER NOT NULL, meaning INTEGER NOT NULL, number INTEGER NOT NULL, lasting "
      "INTEGER NOT NULL, PRIMARY KEY (file, ordinal)) WITHOUT ROWID;");
  sqlite3_stmt *record = nullptr, *sighting = nullptr;
  check(sqlite3_prepare_v2(database,
                           "INSERT INTO record (source, content, occurrence, raw, fields, meaning, raw_of, sum) VALUES "
                           "(?, ?, ?, ?, ?, ?, "
                           "?, ?)",
                           -1, &record, nullptr),
        database);
  check(sqlite3_prepare_v2(database, "INSERT INTO sighting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", -1, &sighting,
                           nullptr),
        database);
  run("BEGIN IMMEDIATE");
  for (std::size_t i = 0; i < rows.records.size(); ++i) {
    const Rows::Record& row = rows.records[i];
    sqlite3_bind_int64(record, 1, row.source);
    sqlite3_bind_int64(record, 2, row.content);
    sqlite3_bind_int64(record, 3, row.occurrence);
    sqlite3_bind_blob(record, 4, row.raw.data(), static_cast<int>(row.raw.size()), SQLITE_STATIC);
    sqlite3_bind_blob(record, 5, row.fields.data(), static_cast<int>(row.fields.size()), SQLITE_STATIC);
    sqlite3_bind_int64(record, 6, row.meaning);
    sqlite3_bind_int64(record, 7, row.rawOf);
    sqlite3_bind_int64(record, 8, row.sum);
    check(sqlite3_step(record), database);
    sqlite3_reset(record);
    for (int column = 0; column < 10; ++column)
      sqlite3_bind_int64(sighting, column + 1, rows.sightings[i][static_cast<std::size_t>(column)]);
    check(sqlite3_step(sighting), database);
    sqlite3_reset(sighting);
    if ((i + 1) % kCommit == 0) run("COMMIT; BEGIN IMMEDIATE");
  }
  run("COMMIT");
  sqlite3_finalize(record);
  sqlite3_finalize(sighting);
  sqlite3_close(database);
}

}  // namespace

void keeping(const plugins::Catalogue& catalogue, const std::filesystem::path& folder, Table& table) {
  const std::string text = risRecords(kKeptRecords);
  std::ofstream(folder / "keep.ris", std::ios::binary) << text;
  plugins::TagTable tags;
  const std::deque<Kept> records = parse(catalogue, tags, folder / "keep.ris");
  intoLedger(records, folder / "ours.ledger", tags);
  const Rows rows = rowsOf(folder / "ours.ledger");
  table.compare(
      {"ledger import, parsed records",
       static_cast<double>(kKeptRecords),
       "record",
       "bare insert, same rows",
       {Budget::MostRatio, 1.5}},
      [&] { intoLedger(records, folder / "ours.ledger", tags); }, [&] { bareInsert(rows, folder / "bare.db"); }, 5);
}

}  // namespace winnow::bench
