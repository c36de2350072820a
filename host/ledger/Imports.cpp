// Sources, files, readings and where they stood.
#include <bit>

#include "RowHashes.hpp"
#include "Rows.hpp"

namespace winnow::ledger {

void RecordBlock::clear() {
  ids.clear();
  begins.clear();
  fields.clear();  // texts stay, to be used again: two for each record of the largest batch so far
}

Id Ledger::sourceId(const std::string& name) {
  return storing(rows_->path, [&]() -> Id {
    auto& find = rows_->statement("SELECT id FROM source WHERE name = ?");
    find.bind(1, name);
    if (find.executeStep()) return find.getColumn(0).getInt64();
    auto& insert = rows_->statement("INSERT INTO source (name) VALUES (?)");
    insert.bind(1, name);
    insert.exec();
    const Id id = rows_->database.getLastInsertRowid();
    rows_->digests.added(kSources, {}, sourceHash(id, name));
    return id;
  });
}

std::vector<std::pair<Id, std::string>> Ledger::sources() const {
  return storing(rows_->path, [&] {
    std::vector<std::pair<Id, std::string>> list;
    Digest read;
    SQLite::Statement query(rows_->database, "SELECT id, name FROM source ORDER BY id");
    while (query.executeStep()) {
      list.emplace_back(query.getColumn(0).getInt64(), text(query.getColumn(1)));
      read.add(sourceHash(list.back().first, list.back().second));
    }
    rows_->digests.require(kSources, {}, read);
    return list;
  });
}

void Ledger::renameSource(Id source, const std::string& name) {
  storing(rows_->path, [&] {
    auto& find = rows_->statement("SELECT name FROM source WHERE id = ?");
    find.bind(1, source);
    if (!find.executeStep()) damaged("it has no source " + std::to_string(source));
    rows_->digests.taken(kSources, {}, sourceHash(source, text(find.getColumn(0))));
    auto& update = rows_->statement("UPDATE source SET name = ? WHERE id = ?");
    update.bind(1, name);
    update.bind(2, source);
    update.exec();
    rows_->digests.added(kSources, {}, sourceHash(source, name));
  });
}

std::vector<std::string> Ledger::fileHashes(Id source) const {
  return storing(rows_->path, [&] {
    std::vector<std::string> list;
    auto& query = rows_->statement("SELECT DISTINCT sha256 FROM file WHERE source = ? ORDER BY sha256");
    query.bind(1, source);
    while (query.executeStep()) list.push_back(text(query.getColumn(0)));
    return list;
  });
}

std::optional<FileRow> Ledger::findFile(const FileRow& wanted) const {
  return storing(rows_->path, [&]() -> std::optional<FileRow> {
    static const std::string kSql =
        std::string(kFileColumns) + " WHERE source = ? AND name = ? AND sha256 = ? AND reader = ?";
    auto& find = rows_->statement(kSql.c_str());
    find.bind(1, wanted.source);
    find.bind(2, wanted.name);
    find.bind(3, wanted.sha256);
    find.bind(4, wanted.reader);
    if (!find.executeStep()) return std::nullopt;
    return fileFrom(find);
  });
}

bool Ledger::wasRead(const FileRow& file) const {
  return storing(rows_->path, [&] {
    auto& find = rows_->statement("SELECT 1 FROM file WHERE source = ? AND sha256 = ? AND id <> ? LIMIT 1");
    find.bind(1, file.source);
    find.bind(2, file.sha256);
    find.bind(3, file.id);
    return find.executeStep();
  });
}

FileRow Ledger::fileRow(const FileRow& wanted) {
  if (auto found = findFile(wanted)) return *found;
  return storing(rows_->path, [&] {
    auto& insert = rows_->statement(
        "INSERT INTO file (source, name, sha256, reader, bytes, importer, importer_version, dialect, settings, records,"
        " warnings, complete) VALUES (?,?,?,?,?,?,?,?,?,0,0,0)");
    insert.bind(1, wanted.source);
    insert.bind(2, wanted.name);
    insert.bind(3, wanted.sha256);
    insert.bind(4, wanted.reader);
    insert.bind(5, static_cast<std::int64_t>(wanted.bytes));
    insert.bind(6, wanted.importer);
    insert.bind(7, wanted.importerVersion);
    insert.bind(8, wanted.dialect);
    insert.bind(9, wanted.settings);
    insert.exec();
    FileRow made = wanted;
    made.id = rows_->database.getLastInsertRowid();
    made.records = made.warnings = 0;
    made.complete = false;
    rows_->digests.added(kFiles, {}, hashOf(made));
    return made;
  });
}

void Ledger::completeFile(const FileRow& file) {
  storing(rows_->path, [&] {
    const std::optional<FileRow> before = findFile(file);
    if (!before) damaged("the file '" + file.name + "' is gone from it");
    rows_->digests.taken(kFiles, {}, hashOf(*before));
    auto& update = rows_->statement("UPDATE file SET records = ?, warnings = ?, complete = 1 WHERE id = ?");
    update.bind(1, static_cast<std::int64_t>(file.records));
    update.bind(2, static_cast<std::int64_t>(file.warnings));
    update.bind(3, file.id);
    update.exec();
    FileRow now = *before;
    now.records = file.records;
    now.warnings = file.warnings;
    now.complete = true;
    rows_->digests.added(kFiles, {}, hashOf(now));
  });
}

void Ledger::addDiagnostic(Id file, std::uint64_t ordinal, const io::Diagnostic& diagnostic) {
  storing(rows_->path, [&] {
    auto& insert = rows_->statement("INSERT OR IGNORE INTO diagnostic VALUES (?,?,?,?,?,?,?,?,?)");
    insert.bind(1, file);
    insert.bind(2, static_cast<std::int64_t>(ordinal));
    insert.bind(3, static_cast<int>(diagnostic.severity));
    insert.bind(4, diagnostic.code);
    insert.bind(5, diagnostic.message);
    insert.bind(6, diagnostic.action);
    insert.bind(7, static_cast<std::int64_t>(diagnostic.line));
    insert.bind(8, static_cast<std::int64_t>(diagnostic.column));
    insert.bind(9, static_cast<std::int64_t>(diagnostic.record));
    if (insert.exec() == 1) rows_->digests.added(kDiagnostics, std::to_string(file), hashOf(ordinal, diagnostic));
  });
}

std::vector<io::Diagnostic> Ledger::diagnostics(Id file) const {
  return storing(rows_->path, [&] {
    std::vector<io::Diagnostic> list;
    Digest read;
    auto& query = rows_->statement(
        "SELECT severity, code, message, action, line, col, record, ordinal FROM diagnostic WHERE file = ? ORDER BY "
        "ordinal");
    query.bind(1, file);
    while (query.executeStep()) {
      list.push_back(diagnosticFrom(query));
      read.add(hashOf(static_cast<std::uint64_t>(query.getColumn(7).getInt64()), list.back()));
    }
    rows_->digests.require(kDiagnostics, std::to_string(file), read);
    return list;
  });
}

namespace {

std::string_view blobOf(const SQLite::Column& column) {
  const auto* bytes = static_cast<const char*>(column.getBlob());
  return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(column.getBytes())};
}

/// The bytes of a row that shares them with another.
std::string bytesOf(SQLite::Database& database, std::int64_t row) {
  SQLite::Statement find(database, "SELECT raw FROM record WHERE id = ?");
  find.bind(1, row);
  if (!find.executeStep()) damaged("the bytes of a record are gone");
  return std::string(blobOf(find.getColumn(0)));
}

}  // namespace

AddedReading Ledger::addReading(const NewReading& reading) {
  return storing(rows_->path, [&]() -> AddedReading {
    thread_local std::string fields;
    fields.clear();
    encodeFields(reading.record, reading.raw, *rows_, fields);
    const std::uint64_t meaning = meaningHash(reading.content, fields);
    std::int64_t sharedWith = 0;
    if (reading.mayShareBytes) {
      auto& find = rows_->statement(
          "SELECT id FROM record WHERE source = ? AND content = ? AND occurrence = ? AND raw_of = 0 AND raw = ? LIMIT "
          "1");
      find.bind(1, reading.source);
      find.bind(2, static_cast<std::int64_t>(reading.content));
      find.bind(3, static_cast<std::int64_t>(reading.occurrence));
      find.bindNoCopy(4, reading.raw.data(), static_cast<int>(reading.raw.size()));
      if (find.executeStep()) sharedWith = find.getColumn(0).getInt64();
    }
    const std::string_view raw = sharedWith == 0 ? reading.raw : std::string_view("");
    auto& insert = rows_->statement(
        "INSERT INTO record (source, content, occurrence, raw, fields, meaning, raw_of, sum) VALUES (?,?,?,?,?,?,?,?) "
        "ON CONFLICT DO NOTHING");
    insert.bind(1, reading.source);
    insert.bind(2, static_cast<std::int64_t>(reading.content));
    insert.bind(3, static_cast<std::int64_t>(reading.occurrence));
    insert.bindNoCopy(4, raw.data(), static_cast<int>(raw.size()));
    insert.bindNoCopy(5, fields.data(), static_cast<int>(fields.size()));
    insert.bind(6, static_cast<std::int64_t>(meaning));
    insert.bind(7, sharedWith);
    const std::uint64_t sum = rowSum(reading.content, meaning, raw, fields);
    insert.bind(8, static_cast<std::int64_t>(sum));
    if (insert.exec() == 1) {
      rows_->digests.added(kRecords, {}, sum);
      return {static_cast<RecordId>(rows_->database.getLastInsertRowid()), meaning, true};
    }
    auto& find = rows_->statement(
        "SELECT id, raw, raw_of FROM record WHERE source = ? AND content = ? AND occurrence = ? AND meaning = ?");
    find.bind(1, reading.source);
    find.bind(2, static_cast<std::int64_t>(reading.content));
    find.bind(3, static_cast<std::int64_t>(reading.occurrence));
    find.bind(4, static_cast<std::int64_t>(meaning));
    if (!find.executeStep()) damaged("a record is in its index and not in its table");
    const auto id = static_cast<RecordId>(find.getColumn(0).getInt64());
    const std::int64_t elsewhere = find.getColumn(2).getInt64();
    const std::string before =
        elsewhere == 0 ? std::string(blobOf(find.getColumn(1))) : bytesOf(rows_->database, elsewhere);
    if (before != reading.raw && contentHash(before) != reading.content)
      throw Error("two different records have the same hash; report this as a fault of winnow");
    return {id, meaning, false};
  });
}

void Ledger::addSighting(const Sighting& s) {
  storing(rows_->path, [&] {
    auto& insert = rows_->statement(
        "INSERT OR IGNORE INTO sighting (file, ordinal, record, byte, size, line, content, meaning, number, lasting) "
        "VALUES (?,?,?,?,?,?,?,?,?,?)");
    insert.bind(1, s.file);
    insert.bind(2, static_cast<std::int64_t>(s.ordinal));
    insert.bind(3, static_cast<std::int64_t>(s.record));
    insert.bind(4, static_cast<std::int64_t>(s.byte));
    insert.bind(5, static_cast<std::int64_t>(s.size));
    insert.bind(6, static_cast<std::int64_t>(s.line));
    insert.bind(7, static_cast<std::int64_t>(s.content));
    insert.bind(8, static_cast<std::int64_t>(s.meaning));
    insert.bind(9, static_cast<std::int64_t>(s.number));
    insert.bind(10, static_cast<std::int64_t>(s.lasting));
    if (insert.exec() == 1) rows_->digests.added(kSightings, std::to_string(s.file), hashOf(s));
  });
}

RecordId Ledger::recordCount() const {
  return storing(rows_->path, [&] {
    return static_cast<RecordId>(rows_->database.execAndGet("SELECT ifnull(max(id), 0) FROM record").getInt64());
  });
}

RecordId Ledger::plausibleRecordCount() const {
  constexpr std::int64_t kGaps = 1'000'000;
  return storing(rows_->path, [&] {
    const std::int64_t last = rows_->database.execAndGet("SELECT ifnull(max(id), 0) FROM record").getInt64();
    const std::int64_t rows = rows_->database.execAndGet("SELECT count(*) FROM record").getInt64();
    if (last > 2 * rows + kGaps)
      damaged("the last of its " + std::to_string(rows) + " records has the number " + std::to_string(last));
    return static_cast<RecordId>(last);
  });
}

void Ledger::forEachSighting(Id file, const std::function<void(const Sighting&)>& each) const {
  const RecordId last = recordCount();
  storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database,
                            "SELECT ordinal, record, byte, size, line, content, meaning, number, lasting FROM sighting "
                            "WHERE file = ? ORDER BY ordinal");
    query.bind(1, file);
    Digest read;
    while (query.executeStep()) {
      const Sighting sighting = sightingFrom(file, query);
      if (sighting.record == 0 || sighting.record > last) damaged("a place in a file names a record that is not there");
      read.add(hashOf(sighting));
      each(sighting);
    }
    rows_->digests.require(kSightings, std::to_string(file), read);
  });
}

void Ledger::read(const std::vector<RecordId>& ids, bool withRaw, RecordBlock& block,
                  const std::function<std::uint32_t(RecordId)>& firstLine) const {
  storing(rows_->path, [&] {
    block.clear();
    auto& query = rows_->statement("SELECT raw, fields, content, meaning, raw_of, sum FROM record WHERE id = ?");
    for (const RecordId id : ids) {
      query.reset();
      query.bind(1, static_cast<std::int64_t>(id));
      if (!query.executeStep()) damaged("record " + std::to_string(id) + " is gone");
      if (block.texts.size() == 2 * block.ids.size())
        for (int i = 0; i < 2; ++i) block.texts.push_back(std::make_unique<std::string>());
      std::string& raw = *block.texts[2 * block.ids.size()];
      std::string& fields = *block.texts[2 * block.ids.size() + 1];
      raw = blobOf(query.getColumn(0));
      fields = blobOf(query.getColumn(1));
      const auto sum = static_cast<std::uint64_t>(query.getColumn(5).getInt64());
      if (sum != rowSum(static_cast<std::uint64_t>(query.getColumn(2).getInt64()),
                        static_cast<std::uint64_t>(query.getColumn(3).getInt64()), raw, fields))
        damaged("record " + std::to_string(id) + " is not what was written");
      if (const std::int64_t elsewhere = query.getColumn(4).getInt64(); elsewhere != 0) {
        raw = bytesOf(rows_->database, elsewhere);
        if (contentHash(raw) != static_cast<std::uint64_t>(query.getColumn(2).getInt64()))
          damaged("the bytes of record " + std::to_string(id) + " are those of another");
      }
      block.ids.push_back(id);
      block.begins.push_back(block.fields.size());
      decodeFields(fields, raw, firstLine(id), *rows_, withRaw, block.fields);
    }
    block.begins.push_back(block.fields.size());
    query.reset();
  });
}

}  // namespace winnow::ledger
