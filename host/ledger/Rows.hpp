// The database behind the ledger: lock, prepared statements, tag numbers. Only the files of this component include it.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>

#include "Digests.hpp"
#include "Ledger.hpp"
#include "RecordCodec.hpp"
#include "RowHashes.hpp"
#include "Schema.hpp"
#include "io/Error.hpp"

namespace winnow::ledger {

/// A lock that the kernel gives back when the process dies, however it dies.
class FileLock {
 public:
  FileLock(const std::filesystem::path& file, Access access) {
    if (access == Access::ReadOnly) return;
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor_ < 0) throw Error("cannot write the ledger '" + file.string() + "': " + std::strerror(errno));
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

inline std::string text(const SQLite::Column& column) { return column.getString(); }

/// The database with its prepared statements, and the tag numbers of this process for those stored.
struct Ledger::Rows final : TagMap {
  Rows(const std::filesystem::path& file, Access how, plugins::TagTable& table)
      : path(file),
        access(how),
        lock(file, how),
        tags(table),
        database(file.string(),
                 how == Access::ReadWrite ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY,
                 kBusyMilliseconds),
        digests(database) {
    if (access == Access::ReadWrite) prepareForWriting();
    if (access == Access::ReadOnly && database.execAndGet("PRAGMA user_version").getInt() != kSchemaVersion)
      throw Error("'" + file.string() + "' is no ledger of this winnow's version: run it once with 'winnow run'");
    loadTags();
    verifyFiles();
  }

  void prepareForWriting() {
    database.exec("PRAGMA page_size = 16384");  // records are kilobytes: fewer, larger pages write faster
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = NORMAL");
    prepareSchema(database, path.c_str());
  }

  void loadTags() {
    SQLite::Statement query(database, "SELECT id, name FROM tag");
    Digest read;
    while (query.executeStep()) {
      const std::int64_t id = query.getColumn(0).getInt64();
      const std::string name = text(query.getColumn(1));
      if (id < 1 || id > kLargestTag) damaged("the number of the tag '" + name + "' is " + std::to_string(id));
      read.add(tagHash(id, name));
      remember(static_cast<std::uint32_t>(id), tags.number(name));
    }
    digests.require(kTags, {}, read);
  }

  void verifyFiles() {
    SQLite::Statement query(database, kFileColumns);
    Digest read;
    while (query.executeStep()) read.add(hashOf(fileFrom(query)));
    digests.require(kFiles, {}, read);
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
    digests.added(kTags, {}, tagHash(id, tags.name(processTag)));
    newTags.push_back(id);
    remember(id, processTag);
    return id;
  }
  std::uint32_t process(std::uint32_t storedTag) const override {
    if (storedTag >= toProcess.size() || toProcess[storedTag] == 0)
      throw Error("the ledger holds a damaged record (unknown tag)");
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
  static constexpr std::int64_t kLargestTag = 1 << 24;
  std::filesystem::path path;
  Access access;
  FileLock lock;
  plugins::TagTable& tags;
  mutable SQLite::Database database;
  Digests digests;
  std::vector<std::uint32_t> toStored, toProcess, newTags;
  mutable std::map<const char*, std::unique_ptr<SQLite::Statement>> statements;  // keyed by the literal's address
  Id run = 0;
};

/// SQLite's own words are for programmers; ours name the file and say what to do.
template <class Work>
auto storing(const std::filesystem::path& path, Work&& work) {
  try {
    return work();
  } catch (const Damaged&) {
    throw;
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_CORRUPT || error.getErrorCode() == SQLITE_NOTADB)
      damaged(std::string(error.what()) + " in '" + path.string() + "'");
    throw Error("the ledger '" + path.string() + "' cannot go on: " + error.what() +
                "; what was done before is safe, run again when the cause is gone");
  }
}

}  // namespace winnow::ledger
