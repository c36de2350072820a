// Opening, transactions, runs and outputs.
#include "Ledger.hpp"

#include <SQLiteCpp/Backup.h>

#include <ctime>

#include "Rows.hpp"
#include "io/UtcTime.hpp"

namespace winnow::ledger {

namespace {

std::string now() { return io::utcTime(std::time(nullptr)); }

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
  storing(rows_->path, [&] {
    rows_->digests.store();
    rows_->database.exec("COMMIT");
  });
  rows_->newTags.clear();
}
void Ledger::rollback() noexcept {
  try {
    rows_->database.exec("ROLLBACK");
  } catch (...) {  // the database has rolled back by itself
  }
  rows_->forgetNewTags();
  rows_->digests.forget();
}

std::optional<std::pair<std::string, std::string>> Ledger::lastOutput(const std::string& path) const {
  return storing(rows_->path, [&]() -> std::optional<std::pair<std::string, std::string>> {
    auto& query = rows_->statement("SELECT key, sha256 FROM output WHERE path = ? ORDER BY id DESC LIMIT 1");
    query.bind(1, path);
    if (!query.executeStep()) return std::nullopt;
    return std::pair{text(query.getColumn(0)), text(query.getColumn(1))};
  });
}

bool Ledger::isOutput(const std::string& path, const std::string& sha256) const {
  return storing(rows_->path, [&] {
    auto& query = rows_->statement("SELECT 1 FROM output WHERE path = ? AND sha256 = ? LIMIT 1");
    query.bind(1, path);
    query.bind(2, sha256);
    return query.executeStep();
  });
}

void Ledger::addOutput(const std::string& path, const std::string& key, const std::string& sha256) {
  if (lastOutput(path) == std::pair{key, sha256}) return;
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
