#include "Ledger.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <ctime>
#include <map>
#include <utility>

#include "RecordCodec.hpp"
#include "Schema.hpp"
#include "io/Error.hpp"

namespace winnow::ledger {

namespace {

/// A lock that the kernel gives back when the process dies, however it dies.
class FileLock {
 public:
  FileLock(const std::filesystem::path& file, Access access) {
    if (access == Access::ReadOnly) return;
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor_ < 0)
      throw Error("cannot write the ledger '" + file.string() + "': " + std::strerror(errno));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(descriptor_);
    throw Error("'" + file.string() + "' is in use by another winnow: wait until it has ended, then run again");
  }
  ~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_ = -1;
};

std::string text(const SQLite::Column& column) { return column.getString(); }

std::optional<std::uint64_t> optionalNumber(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return static_cast<std::uint64_t>(column.getInt64());
}

std::string now() {
  const std::time_t time = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  char buffer[32];
  std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return buffer;
}

}  // namespace

void RecordBlock::clear() {
  ids.clear();
  begins.clear();
  fields.clear();
  texts.clear();
}

/// The database with its prepared statements, and the tag numbers of this process for those stored.
struct Ledger::Rows final : TagMap {
  Rows(const std::filesystem::path& file, Access how, plugins::TagTable& table)
      : path(file), access(how), lock(file, how), tags(table),
        database(file.string(), how == Access::ReadWrite ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY,
                 kBusyMilliseconds) {
    if (access == Access::ReadWrite) prepareForWriting();
    if (access == Access::ReadOnly && database.execAndGet("PRAGMA user_version").getInt() != kSchemaVersion)
      throw Error("'" + file.string() + "' is no ledger of this winnow's version: run it once with 'winnow run'");
    loadTags();
  }

  void prepareForWriting() {
    database.exec("PRAGMA page_size = 16384");  // measured in the notes of dependencies: fewer, larger pages write faster
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = NORMAL");
    prepareSchema(database, path.c_str());
  }

  void loadTags() {
    SQLite::Statement query(database, "SELECT id, name FROM tag");
    while (query.executeStep()) remember(static_cast<std::uint32_t>(query.getColumn(0).getInt64()), tags.number(text(query.getColumn(1))));
  }

  void remember(std::uint32_t storedTag, std::uint32_t processTag) {
    if (toStored.size() <= processTag) toStored.resize(processTag + 64);
    if (toProcess.size() <= storedTag) toProcess.resize(storedTag + 64);
    toStored[processTag] = storedTag;
    toProcess[storedTag] = processTag;
  }

  std::uint32_t stored(std::uint32_t processTag) override {
    if (processTag < toStored.size() && toStored[processTag] != 0) return toStored[processTag];
    SQLite::Statement& insert = statement("INSERT INTO tag (name) VALUES (?)");
    insert.bind(1, std::string(tags.name(processTag)));
    insert.exec();
    const auto id = static_cast<std::uint32_t>(database.getLastInsertRowid());
    newTags.push_back(id);
    remember(id, processTag);
    return id;
  }
  std::uint32_t process(std::uint32_t storedTag) const override {
    if (storedTag >= toProcess.size() || toProcess[storedTag] == 0) throw Error("the ledger holds a damaged record (unknown tag)");
    return toProcess[storedTag];
  }

  /// Tags of a transaction that was undone are not in the file any more.
  void forgetNewTags() noexcept {
    for (const std::uint32_t id : newTags) {
      toStored[toProcess[id]] = 0;
      toProcess[id] = 0;
    }
    newTags.clear();
  }

  SQLite::Statement& statement(const char* sql) const {
    auto& found = statements[sql];
    if (!found) found = std::make_unique<SQLite::Statement>(database, sql);
    found->reset();
    return *found;
  }

  static constexpr int kBusyMilliseconds = 5000;
  std::filesystem::path path;
  Access access;
  FileLock lock;
  plugins::TagTable& tags;
  mutable SQLite::Database database;
  std::vector<std::uint32_t> toStored, toProcess, newTags;
  mutable std::map<const char*, std::unique_ptr<SQLite::Statement>> statements;  // keyed by the literal's address
  Id run = 0;
};

namespace {

/// SQLite's own words are for programmers; ours name the file.
template <class Work>
auto storing(const std::filesystem::path& path, Work&& work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    throw Error("the ledger '" + path.string() + "' cannot go on: " + error.what() +
                "; what was done before is safe, run again when the cause is gone");
  }
}

}  // namespace

Ledger::Ledger(const std::filesystem::path& file, Access access, plugins::TagTable& tags) {
  storing(file, [&] { rows_ = std::make_unique<Rows>(file, access, tags); });
}

Ledger::~Ledger() {
  try {
    rows_->statements.clear();
    // Between runs the ledger is one file, which can be read where nothing may be written.
    if (rows_->access == Access::ReadWrite) rows_->database.exec("PRAGMA journal_mode = DELETE");
  } catch (...) {  // everything is committed already; the next opening finds the write-ahead log
  }
}

const std::filesystem::path& Ledger::path() const noexcept { return rows_->path; }

void Ledger::begin() {
  storing(rows_->path, [&] { rows_->database.exec("BEGIN IMMEDIATE"); });
}
void Ledger::commit() {
  storing(rows_->path, [&] { rows_->database.exec("COMMIT"); });
  rows_->newTags.clear();
}
void Ledger::rollback() noexcept {
  try {
    rows_->database.exec("ROLLBACK");
  } catch (...) {  // the database has rolled back by itself
  }
  rows_->forgetNewTags();
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
    "SELECT id, source, wave, name, sha256, bytes, platform, searched, query, reported, importer, importer_version, dialect,"
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
        " WHERE source = ? AND wave = ? AND name = ? AND sha256 = ? AND importer = ? AND importer_version = ? AND settings = ?";
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
    if (wanted.reported) insert.bind(9, static_cast<std::int64_t>(*wanted.reported));
    else insert.bind(9);
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

std::pair<RecordId, bool> Ledger::addRecord(const Identity& identity, std::string_view raw, const winnow_record& record) {
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
    const std::string_view before(static_cast<const char*>(stored.getBlob()), static_cast<std::size_t>(stored.getBytes()));
    if (before != raw && contentHash(before) != contentHash(raw))
      throw Error("two different records have the same identity " + recordKey("", identity) + "; report this as a fault of winnow");
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
    SQLite::Statement query(rows_->database, "SELECT ordinal, record, byte, size, line FROM sighting WHERE file = ? ORDER BY ordinal");
    query.bind(1, file);
    while (query.executeStep())
      each({file, static_cast<std::uint64_t>(query.getColumn(0).getInt64()), static_cast<RecordId>(query.getColumn(1).getInt64()),
            static_cast<std::uint64_t>(query.getColumn(2).getInt64()), static_cast<std::uint64_t>(query.getColumn(3).getInt64()),
            static_cast<std::uint32_t>(query.getColumn(4).getInt64())});
  });
}

void Ledger::forEachIdentity(const std::function<void(RecordId, const Identity&)>& each) const {
  storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database, "SELECT id, source, content, occurrence FROM record INDEXED BY record_identity");
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

Id Ledger::stageId(const std::string& key, const std::string& plugin, const std::string& version, const std::string& settings) {
  return storing(rows_->path, [&]() -> Id {
    auto& find = rows_->statement("SELECT id FROM stage WHERE key = ?");
    find.bind(1, key);
    if (find.executeStep()) return find.getColumn(0).getInt64();
    auto& insert = rows_->statement("INSERT INTO stage (key, plugin, version, settings) VALUES (?,?,?,?)");
    insert.bind(1, key);
    insert.bind(2, plugin);
    insert.bind(3, version);
    insert.bind(4, settings);
    insert.exec();
    return rows_->database.getLastInsertRowid();
  });
}

void Ledger::setReasons(Id stage, const std::vector<ReasonRow>& reasons) {
  storing(rows_->path, [&] {
    std::int64_t number = 0;
    for (const ReasonRow& reason : reasons) {
      auto& insert = rows_->statement("INSERT OR IGNORE INTO reason VALUES (?,?,?,?,?)");
      insert.bind(1, stage);
      insert.bind(2, number++);
      insert.bind(3, reason.code);
      insert.bind(4, reason.label);
      insert.bind(5, static_cast<std::int64_t>(reason.action));
      insert.exec();
    }
  });
}

std::vector<ReasonRow> Ledger::reasons(Id stage) const {
  return storing(rows_->path, [&] {
    std::vector<ReasonRow> list;
    auto& query = rows_->statement("SELECT code, label, action FROM reason WHERE stage = ? ORDER BY number");
    query.bind(1, stage);
    while (query.executeStep())
      list.push_back({text(query.getColumn(0)), text(query.getColumn(1)), static_cast<std::uint32_t>(query.getColumn(2).getInt64())});
    return list;
  });
}

void Ledger::addVerdict(Id stage, const VerdictRow& verdict) {
  storing(rows_->path, [&] {
    auto& insert = rows_->statement("INSERT OR IGNORE INTO verdict VALUES (?,?,?,?,?,?,?,?)");
    insert.bind(1, stage);
    insert.bind(2, static_cast<std::int64_t>(verdict.record));
    insert.bind(3, static_cast<std::int64_t>(verdict.view));
    insert.bind(4, static_cast<std::int64_t>(verdict.action));
    insert.bind(5, verdict.reason == WINNOW_NONE ? std::int64_t{-1} : static_cast<std::int64_t>(verdict.reason));
    insert.bindNoCopy(6, verdict.evidence);
    if (std::isnan(verdict.score)) insert.bind(7);
    else insert.bind(7, verdict.score);
    insert.bindNoCopy(8, verdict.note);
    insert.exec();
  });
}

void Ledger::forEachVerdict(Id stage, const std::function<void(const VerdictRow&)>& each) const {
  storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database,
                            "SELECT record, view, action, reason, evidence, score, note FROM verdict WHERE stage = ? ORDER BY record, view");
    query.bind(1, stage);
    VerdictRow row;
    while (query.executeStep()) {
      row.record = static_cast<RecordId>(query.getColumn(0).getInt64());
      row.view = static_cast<std::uint64_t>(query.getColumn(1).getInt64());
      row.action = static_cast<std::uint32_t>(query.getColumn(2).getInt64());
      const std::int64_t reason = query.getColumn(3).getInt64();
      row.reason = reason < 0 ? WINNOW_NONE : static_cast<std::uint32_t>(reason);
      row.evidence = text(query.getColumn(4));
      const SQLite::Column score = query.getColumn(5);
      row.score = score.isNull() ? std::nan("") : score.getDouble();
      row.note = text(query.getColumn(6));
      each(row);
    }
  });
}

std::optional<std::vector<PairRow>> Ledger::pairs(Id stage, const std::string& input) const {
  return storing(rows_->path, [&]() -> std::optional<std::vector<PairRow>> {
    auto& find = rows_->statement("SELECT id FROM pairing WHERE stage = ? AND input = ?");
    find.bind(1, stage);
    find.bind(2, input);
    if (!find.executeStep()) return std::nullopt;
    std::vector<PairRow> list;
    SQLite::Statement query(rows_->database, "SELECT a, b, rule, maybe, stands, score, note FROM pair WHERE pairing = ? ORDER BY a, b");
    query.bind(1, find.getColumn(0).getInt64());
    while (query.executeStep())
      list.push_back({static_cast<RecordId>(query.getColumn(0).getInt64()), static_cast<RecordId>(query.getColumn(1).getInt64()),
                      static_cast<std::uint32_t>(query.getColumn(2).getInt64()), query.getColumn(3).getInt() != 0,
                      query.getColumn(4).getInt() != 0, query.getColumn(5).getDouble(), text(query.getColumn(6))});
    return list;
  });
}

void Ledger::addPairs(Id stage, const std::string& input, const std::vector<PairRow>& pairs) {
  storing(rows_->path, [&] {
    auto& pairing = rows_->statement("INSERT INTO pairing (stage, input) VALUES (?,?)");
    pairing.bind(1, stage);
    pairing.bind(2, input);
    pairing.exec();
    const Id id = rows_->database.getLastInsertRowid();
    for (const PairRow& pair : pairs) {
      auto& insert = rows_->statement("INSERT INTO pair VALUES (?,?,?,?,?,?,?,?)");
      insert.bind(1, id);
      insert.bind(2, static_cast<std::int64_t>(pair.a));
      insert.bind(3, static_cast<std::int64_t>(pair.b));
      insert.bind(4, static_cast<std::int64_t>(pair.rule));
      insert.bind(5, pair.maybe ? 1 : 0);
      insert.bind(6, pair.stands ? 1 : 0);
      insert.bind(7, pair.score);
      insert.bindNoCopy(8, pair.note);
      insert.exec();
    }
  });
}

void Ledger::addEvent(const EventRow& event) {
  storing(rows_->path, [&] {
    auto& insert = rows_->statement(
        "INSERT INTO event (run, kind, step, record, subject, actor, value, reason, note, file, line) VALUES (?,?,?,?,?,?,?,?,?,?,?)");
    insert.bind(1, rows_->run);
    insert.bind(2, event.kind);
    insert.bind(3, event.step);
    insert.bind(4, static_cast<std::int64_t>(event.record));
    insert.bind(5, event.subject);
    insert.bind(6, event.actor);
    insert.bind(7, event.value);
    insert.bind(8, event.reason);
    insert.bind(9, event.note);
    insert.bind(10, event.file);
    insert.bind(11, static_cast<std::int64_t>(event.line));
    insert.exec();
  });
}

namespace {

std::vector<EventRow> eventsFrom(SQLite::Statement& query) {
  std::vector<EventRow> list;
  while (query.executeStep()) {
    EventRow e;
    e.id = query.getColumn(0).getInt64();
    e.run = query.getColumn(1).getInt64();
    e.kind = text(query.getColumn(2));
    e.step = text(query.getColumn(3));
    e.record = static_cast<RecordId>(query.getColumn(4).getInt64());
    e.subject = text(query.getColumn(5));
    e.actor = text(query.getColumn(6));
    e.value = text(query.getColumn(7));
    e.reason = text(query.getColumn(8));
    e.note = text(query.getColumn(9));
    e.file = text(query.getColumn(10));
    e.line = static_cast<std::uint32_t>(query.getColumn(11).getInt64());
    list.push_back(std::move(e));
  }
  return list;
}

}  // namespace

std::vector<EventRow> Ledger::events(std::string_view kind, std::string_view step) const {
  return storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database, "SELECT * FROM event WHERE kind = ? AND step = ? ORDER BY id");
    query.bind(1, std::string(kind));
    query.bind(2, std::string(step));
    return eventsFrom(query);
  });
}

std::vector<EventRow> Ledger::eventsOfRecord(RecordId record) const {
  return storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database, "SELECT * FROM event WHERE record = ? ORDER BY id");
    query.bind(1, static_cast<std::int64_t>(record));
    return eventsFrom(query);
  });
}

std::optional<std::pair<std::string, std::string>> Ledger::lastOutput(const std::string& path) const {
  return storing(rows_->path, [&]() -> std::optional<std::pair<std::string, std::string>> {
    auto& query = rows_->statement("SELECT key, sha256 FROM output WHERE path = ? ORDER BY id DESC LIMIT 1");
    query.bind(1, path);
    if (!query.executeStep()) return std::nullopt;
    return std::pair{text(query.getColumn(0)), text(query.getColumn(1))};
  });
}

void Ledger::addOutput(const std::string& path, const std::string& key, const std::string& sha256) {
  storing(rows_->path, [&] {
    auto& insert = rows_->statement("INSERT INTO output (path, key, sha256) VALUES (?,?,?)");
    insert.bind(1, path);
    insert.bind(2, key);
    insert.bind(3, sha256);
    insert.exec();
  });
}

Id Ledger::beginRun(const std::string& program, const std::string& configuration) {
  return storing(rows_->path, [&] {
    auto& insert = rows_->statement("INSERT INTO run (began, program, configuration) VALUES (?,?,?)");
    insert.bind(1, now());
    insert.bind(2, program);
    insert.bind(3, configuration);
    insert.exec();
    rows_->run = rows_->database.getLastInsertRowid();
    return rows_->run;
  });
}

void Ledger::endRun(Id run, const std::string& result) {
  storing(rows_->path, [&] {
    auto& update = rows_->statement("UPDATE run SET ended = ?, result = ? WHERE id = ?");
    update.bind(1, now());
    update.bind(2, result);
    update.bind(3, run);
    update.exec();
  });
}

Id Ledger::currentRun() const noexcept { return rows_->run; }

void Ledger::copyTo(const std::filesystem::path& target) const {
  storing(rows_->path, [&] {
    SQLite::Database copy(target.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Backup backup(copy, rows_->database);
    backup.executeStep();
  });
}

}  // namespace winnow::ledger
