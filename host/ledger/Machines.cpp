// What plugins answered: stages, reasons, verdicts, pairs.
#include <cmath>

#include "RowHashes.hpp"
#include "Rows.hpp"

namespace winnow::ledger {

Id Ledger::stageId(const std::string& key, const std::string& plugin, const std::string& version,
                   const std::string& settings) {
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
      insert.bind(2, number);
      insert.bind(3, reason.code);
      insert.bind(4, reason.label);
      insert.bind(5, static_cast<std::int64_t>(reason.action));
      if (insert.exec() == 1) rows_->digests.added(kReasons, std::to_string(stage), reasonHash(number, reason));
      ++number;
    }
  });
}

std::vector<ReasonRow> Ledger::reasons(Id stage) const {
  return storing(rows_->path, [&] {
    std::vector<ReasonRow> list;
    Digest read;
    auto& query = rows_->statement("SELECT code, label, action, number FROM reason WHERE stage = ? ORDER BY number");
    query.bind(1, stage);
    while (query.executeStep()) {
      list.push_back({text(query.getColumn(0)), text(query.getColumn(1)),
                      static_cast<std::uint32_t>(query.getColumn(2).getInt64())});
      read.add(reasonHash(query.getColumn(3).getInt64(), list.back()));
    }
    rows_->digests.require(kReasons, std::to_string(stage), read);
    return list;
  });
}

namespace {

constexpr const char* kVerdictOf =
    "SELECT record, view, action, reason, evidence, score, note, seen FROM verdict WHERE stage = ? AND record = ? AND "
    "view = "
    "?";

}  // namespace

void Ledger::addVerdict(Id stage, const VerdictRow& verdict) {
  storing(rows_->path, [&] {
    auto& insert = rows_->statement("INSERT OR IGNORE INTO verdict VALUES (?,?,?,?,?,?,?,?,?)");
    insert.bind(1, stage);
    insert.bind(2, static_cast<std::int64_t>(verdict.record));
    insert.bind(3, static_cast<std::int64_t>(verdict.view));
    insert.bind(4, static_cast<std::int64_t>(verdict.action));
    insert.bind(5, verdict.reason == WINNOW_NONE ? std::int64_t{-1} : static_cast<std::int64_t>(verdict.reason));
    insert.bindNoCopy(6, verdict.evidence);
    if (std::isnan(verdict.score))
      insert.bind(7);
    else
      insert.bind(7, verdict.score);
    insert.bindNoCopy(8, verdict.note);
    insert.bind(9, static_cast<std::int64_t>(verdict.seen));
    const std::string group = std::to_string(stage);
    if (insert.exec() == 0) {
      const std::optional<VerdictRow> before = this->verdict(stage, verdict.record, verdict.view);
      if (!before) damaged("an answer is in its index and not in its table");
      auto& remove = rows_->statement("DELETE FROM verdict WHERE stage = ? AND record = ? AND view = ?");
      remove.bind(1, stage);
      remove.bind(2, static_cast<std::int64_t>(verdict.record));
      remove.bind(3, static_cast<std::int64_t>(verdict.view));
      remove.exec();
      rows_->digests.taken(kVerdicts, group, hashOf(*before));
      insert.reset();
      insert.exec();
    }
    rows_->digests.added(kVerdicts, group, hashOf(verdict));
  });
}

std::optional<VerdictRow> Ledger::verdict(Id stage, RecordId record, std::uint64_t view) const {
  return storing(rows_->path, [&]() -> std::optional<VerdictRow> {
    auto& query = rows_->statement(kVerdictOf);
    query.bind(1, stage);
    query.bind(2, static_cast<std::int64_t>(record));
    query.bind(3, static_cast<std::int64_t>(view));
    if (!query.executeStep()) return std::nullopt;
    return verdictFrom(query);
  });
}

void Ledger::forEachVerdict(Id stage, const std::function<void(const VerdictRow&)>& each) const {
  storing(rows_->path, [&] {
    SQLite::Statement query(
        rows_->database,
        "SELECT record, view, action, reason, evidence, score, note, seen FROM verdict WHERE stage = ? "
        "ORDER BY record, view");
    query.bind(1, stage);
    Digest read;
    while (query.executeStep()) {
      const VerdictRow row = verdictFrom(query);
      read.add(hashOf(row));
      each(row);
    }
    rows_->digests.require(kVerdicts, std::to_string(stage), read);
  });
}

namespace {

/// A pairing without pairs may be one whose number was changed: then the pairs that were written belong to none.
void requireNoOrphans(SQLite::Database& database) {
  SQLite::Statement find(database,
                         "SELECT 1 FROM digest WHERE kind = ? AND rows <> 0 AND CAST(parent AS INTEGER) NOT IN (SELECT "
                         "id FROM pairing) LIMIT 1");
  find.bind(1, std::string(kPairs));
  if (find.executeStep()) damaged("pairs of duplicates belong to no set of records");
}

}  // namespace

std::optional<Id> Ledger::pairing(Id stage, const std::string& input) const {
  return storing(rows_->path, [&]() -> std::optional<Id> {
    auto& find = rows_->statement("SELECT id FROM pairing WHERE stage = ? AND input = ?");
    find.bind(1, stage);
    find.bind(2, input);
    if (!find.executeStep()) return std::nullopt;
    return find.getColumn(0).getInt64();
  });
}

Id Ledger::addPairing(Id stage, const std::string& input) {
  return storing(rows_->path, [&]() -> Id {
    auto& insert = rows_->statement("INSERT INTO pairing (stage, input) VALUES (?,?)");
    insert.bind(1, stage);
    insert.bind(2, input);
    insert.exec();
    return rows_->database.getLastInsertRowid();
  });
}

void Ledger::addPair(Id pairing, const PairRow& row) {
  storing(rows_->path, [&] {
    const Pair& pair = row.pair;
    auto& insert = rows_->statement("INSERT INTO pair VALUES (?,?,?,?,?,?,?,?)");
    insert.bind(1, pairing);
    insert.bind(2, static_cast<std::int64_t>(pair.a));
    insert.bind(3, static_cast<std::int64_t>(pair.b));
    insert.bind(4, static_cast<std::int64_t>(pair.rule));
    insert.bind(5, pair.maybe ? 1 : 0);
    insert.bind(6, pair.stands ? 1 : 0);
    insert.bind(7, pair.score);
    insert.bindNoCopy(8, row.note);
    insert.exec();
    rows_->digests.added(kPairs, std::to_string(pairing), hashOf(row));
  });
}

std::vector<Pair> Ledger::pairs(Id pairing) const {
  return storing(rows_->path, [&] {
    std::vector<Pair> list;
    SQLite::Statement count(rows_->database, "SELECT count(*) FROM pair WHERE pairing = ?");
    count.bind(1, pairing);
    if (count.executeStep()) list.reserve(static_cast<std::size_t>(count.getColumn(0).getInt64()));
    Digest read;
    SQLite::Statement query(rows_->database,
                            "SELECT a, b, rule, maybe, stands, score, note FROM pair WHERE pairing = ? ORDER BY a, b");
    query.bind(1, pairing);
    while (query.executeStep()) {
      const PairRow row = pairFrom(query);
      read.add(hashOf(row));
      list.push_back(row.pair);
    }
    rows_->digests.require(kPairs, std::to_string(pairing), read);
    if (list.empty()) requireNoOrphans(rows_->database);
    return list;
  });
}

std::string Ledger::pairNote(Id pairing, const Pair& pair) const {
  return storing(rows_->path, [&] {
    auto& query = rows_->statement("SELECT note FROM pair WHERE pairing = ? AND a = ? AND b = ?");
    query.bind(1, pairing);
    query.bind(2, static_cast<std::int64_t>(pair.a));
    query.bind(3, static_cast<std::int64_t>(pair.b));
    if (!query.executeStep()) damaged("a pair of records is gone");
    return text(query.getColumn(0));
  });
}

}  // namespace winnow::ledger
