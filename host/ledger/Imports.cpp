// Sources, files, records and where they stood.
#include "Rows.hpp"

namespace winnow::ledger {

void RecordBlock::clear() {
  ids.clear();
  begins.clear();
  fields.clear();
  texts.clear();
}

Id Ledger::sourceId(const std::string& name, const std::string& slugText) {
  return storing(rows_->path, [&]() -> Id {
    auto& find = rows_->statement("SELECT id FROM source WHERE name = ?");
    find.bind(1, name);
    if (find.executeStep()) return find.getColumn(0).getInt64();
    auto& insert = rows_->statement("INSERT INTO source (name, slug) VALUES (?, ?)");
    insert.bind(1, name);
    insert.bind(2, slugText);
    insert.exec();
    return rows_->database.getLastInsertRowid();
  });
}

namespace {

constexpr const char* kFileColumns =
    "SELECT id, source, wave, name, sha256, bytes, platform, searched, query, reported, importer, importer_version, "
    "dialect,"
    " settings, records, warnings, complete FROM file";

FileRow fileFrom(SQLite::Statement& row) {
  FileRow file;
  file.id = row.getColumn(0).getInt64();
  file.source = row.getColumn(1).getInt64();
  file.wave = text(row.getColumn(2));
  file.name = text(row.getColumn(3));
  file.sha256 = text(row.getColumn(4));
  file.bytes = static_cast<std::uint64_t>(row.getColumn(5).getInt64());
  file.platform = text(row.getColumn(6));
  file.searched = text(row.getColumn(7));
  file.query = text(row.getColumn(8));
  file.reported = optionalNumber(row.getColumn(9));
  file.importer = text(row.getColumn(10));
  file.importerVersion = text(row.getColumn(11));
  file.dialect = text(row.getColumn(12));
  file.settings = text(row.getColumn(13));
  file.records = static_cast<std::uint64_t>(row.getColumn(14).getInt64());
  file.warnings = static_cast<std::uint64_t>(row.getColumn(15).getInt64());
  file.complete = row.getColumn(16).getInt() != 0;
  return file;
}

}  // namespace

std::optional<FileRow> Ledger::findFile(const FileRow& wanted) const {
  return storing(rows_->path, [&]() -> std::optional<FileRow> {
    static const std::string kSql = std::string(kFileColumns) +
                                    " WHERE source = ? AND wave = ? AND name = ? AND sha256 = ? AND importer = ? AND "
                                    "importer_version = ? AND settings = ?";
    auto& find = rows_->statement(kSql.c_str());
    find.bind(1, wanted.source);
    find.bind(2, wanted.wave);
    find.bind(3, wanted.name);
    find.bind(4, wanted.sha256);
    find.bind(5, wanted.importer);
    find.bind(6, wanted.importerVersion);
    find.bind(7, wanted.settings);
    if (!find.executeStep()) return std::nullopt;
    return fileFrom(find);
  });
}

FileRow Ledger::fileRow(const FileRow& wanted) {
  if (auto found = findFile(wanted)) return *found;
  return storing(rows_->path, [&] {
    auto& insert = rows_->statement(
        "INSERT INTO file (source, wave, name, sha256, bytes, platform, searched, query, reported, importer,"
        " importer_version, dialect, settings, records, warnings, complete) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,0,0,0)");
    insert.bind(1, wanted.source);
    insert.bind(2, wanted.wave);
    insert.bind(3, wanted.name);
    insert.bind(4, wanted.sha256);
    insert.bind(5, static_cast<std::int64_t>(wanted.bytes));
    insert.bind(6, wanted.platform);
    insert.bind(7, wanted.searched);
    insert.bind(8, wanted.query);
    if (wanted.reported)
      insert.bind(9, static_cast<std::int64_t>(*wanted.reported));
    else
      insert.bind(9);
    insert.bind(10, wanted.importer);
    insert.bind(11, wanted.importerVersion);
    insert.bind(12, wanted.dialect);
    insert.bind(13, wanted.settings);
    insert.exec();
    FileRow made = wanted;
    made.id = rows_->database.getLastInsertRowid();
    return made;
  });
}

void Ledger::completeFile(const FileRow& file) {
  storing(rows_->path, [&] {
    auto& update = rows_->statement("UPDATE file SET records = ?, warnings = ?, complete = 1 WHERE id = ?");
    update.bind(1, static_cast<std::int64_t>(file.records));
    update.bind(2, static_cast<std::int64_t>(file.warnings));
    update.bind(3, file.id);
    update.exec();
  });
}

void Ledger::addDiagnostic(Id file, std::uint64_t ordinal, const io::Diagnostic& diagnostic) {
  storing(rows_->path, [&] {
    auto& insert = rows_->statement("INSERT OR REPLACE INTO diagnostic VALUES (?,?,?,?,?,?,?,?,?)");
    insert.bind(1, file);
    insert.bind(2, static_cast<std::int64_t>(ordinal));
    insert.bind(3, static_cast<int>(diagnostic.severity));
    insert.bind(4, diagnostic.code);
    insert.bind(5, diagnostic.message);
    insert.bind(6, diagnostic.action);
    insert.bind(7, static_cast<std::int64_t>(diagnostic.line));
    insert.bind(8, static_cast<std::int64_t>(diagnostic.column));
    insert.bind(9, static_cast<std::int64_t>(diagnostic.record));
    insert.exec();
  });
}

std::vector<io::Diagnostic> Ledger::diagnostics(Id file) const {
  return storing(rows_->path, [&] {
    std::vector<io::Diagnostic> list;
    auto& query = rows_->statement(
        "SELECT severity, code, message, action, line, col, record FROM diagnostic WHERE file = ? ORDER BY ordinal");
    query.bind(1, file);
    while (query.executeStep()) {
      io::Diagnostic d;
      d.severity = static_cast<io::Severity>(query.getColumn(0).getInt());
      d.code = text(query.getColumn(1));
      d.message = text(query.getColumn(2));
      d.action = text(query.getColumn(3));
      d.line = static_cast<std::uint32_t>(query.getColumn(4).getInt64());
      d.column = static_cast<std::uint32_t>(query.getColumn(5).getInt64());
      d.record = static_cast<std::uint64_t>(query.getColumn(6).getInt64());
      list.push_back(std::move(d));
    }
    return list;
  });
}

std::pair<RecordId, bool> Ledger::addRecord(const Identity& identity, std::string_view raw,
                                            const winnow_record& record) {
  return storing(rows_->path, [&]() -> std::pair<RecordId, bool> {
    thread_local std::string blob;
    blob.clear();
    encodeFields(record, raw, *rows_, blob);
    auto& insert = rows_->statement(
        "INSERT INTO record (source, content, occurrence, raw, fields) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING");
    insert.bind(1, identity.source);
    insert.bind(2, static_cast<std::int64_t>(identity.content));
    insert.bind(3, static_cast<std::int64_t>(identity.occurrence));
    insert.bindNoCopy(4, raw.data(), static_cast<int>(raw.size()));
    insert.bindNoCopy(5, blob.data(), static_cast<int>(blob.size()));
    if (insert.exec() == 1) return {static_cast<RecordId>(rows_->database.getLastInsertRowid()), true};
    auto& find = rows_->statement("SELECT id, raw FROM record WHERE source = ? AND content = ? AND occurrence = ?");
    find.bind(1, identity.source);
    find.bind(2, static_cast<std::int64_t>(identity.content));
    find.bind(3, static_cast<std::int64_t>(identity.occurrence));
    find.executeStep();
    const auto id = static_cast<RecordId>(find.getColumn(0).getInt64());
    const SQLite::Column stored = find.getColumn(1);
    const std::string_view before(static_cast<const char*>(stored.getBlob()),
                                  static_cast<std::size_t>(stored.getBytes()));
    if (before != raw && contentHash(before) != contentHash(raw))
      throw Error("two different records have the same identity " + recordKey("", identity) +
                  "; report this as a fault of winnow");
    return {id, false};
  });
}

void Ledger::addSighting(const Sighting& sighting) {
  storing(rows_->path, [&] {
    auto& insert = rows_->statement("INSERT OR IGNORE INTO sighting VALUES (?,?,?,?,?,?)");
    insert.bind(1, sighting.file);
    insert.bind(2, static_cast<std::int64_t>(sighting.ordinal));
    insert.bind(3, static_cast<std::int64_t>(sighting.record));
    insert.bind(4, static_cast<std::int64_t>(sighting.byte));
    insert.bind(5, static_cast<std::int64_t>(sighting.size));
    insert.bind(6, static_cast<std::int64_t>(sighting.line));
    insert.exec();
  });
}

std::vector<FileRow> Ledger::files() const {
  return storing(rows_->path, [&] {
    std::vector<FileRow> list;
    SQLite::Statement query(rows_->database, std::string(kFileColumns) + " ORDER BY id");
    while (query.executeStep()) list.push_back(fileFrom(query));
    return list;
  });
}

std::vector<std::pair<Id, std::string>> Ledger::sourceSlugs() const {
  return storing(rows_->path, [&] {
    std::vector<std::pair<Id, std::string>> list;
    SQLite::Statement query(rows_->database, "SELECT id, slug FROM source ORDER BY id");
    while (query.executeStep()) list.emplace_back(query.getColumn(0).getInt64(), text(query.getColumn(1)));
    return list;
  });
}

RecordId Ledger::recordCount() const {
  return storing(rows_->path, [&] {
    return static_cast<RecordId>(rows_->database.execAndGet("SELECT ifnull(max(id), 0) FROM record").getInt64());
  });
}

void Ledger::forEachSighting(Id file, const std::function<void(const Sighting&)>& each) const {
  storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database,
                            "SELECT ordinal, record, byte, size, line FROM sighting WHERE file = ? ORDER BY ordinal");
    query.bind(1, file);
    while (query.executeStep())
      each({file, static_cast<std::uint64_t>(query.getColumn(0).getInt64()),
            static_cast<RecordId>(query.getColumn(1).getInt64()),
            static_cast<std::uint64_t>(query.getColumn(2).getInt64()),
            static_cast<std::uint64_t>(query.getColumn(3).getInt64()),
            static_cast<std::uint32_t>(query.getColumn(4).getInt64())});
  });
}

void Ledger::forEachIdentity(const std::function<void(RecordId, const Identity&)>& each) const {
  storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database,
                            "SELECT id, source, content, occurrence FROM record INDEXED BY record_identity");
    while (query.executeStep())
      each(static_cast<RecordId>(query.getColumn(0).getInt64()),
           {query.getColumn(1).getInt64(), static_cast<std::uint64_t>(query.getColumn(2).getInt64()),
            static_cast<std::uint32_t>(query.getColumn(3).getInt64())});
  });
}

void Ledger::read(const std::vector<RecordId>& ids, bool withRaw, RecordBlock& block,
                  const std::function<std::uint32_t(RecordId)>& firstLine) const {
  storing(rows_->path, [&] {
    block.clear();
    auto& query = rows_->statement("SELECT raw, fields FROM record WHERE id = ?");
    for (const RecordId id : ids) {
      query.reset();
      query.bind(1, static_cast<std::int64_t>(id));
      if (!query.executeStep()) throw Error("the ledger has no record " + std::to_string(id));
      for (int i = 0; i < 2; ++i) {
        const SQLite::Column column = query.getColumn(i);
        block.texts.push_back(std::make_unique<std::string>(static_cast<const char*>(column.getBlob()),
                                                            static_cast<std::size_t>(column.getBytes())));
      }
      block.ids.push_back(id);
      block.begins.push_back(block.fields.size());
      const std::size_t last = block.texts.size();
      decodeFields(*block.texts[last - 1], *block.texts[last - 2], firstLine(id), *rows_, withRaw, block.fields);
    }
    block.begins.push_back(block.fields.size());
    query.reset();
  });
}

}  // namespace winnow::ledger
