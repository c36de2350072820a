// What plugins answered: stages, reasons, verdicts, pairs.
#include <cmath>

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
      list.push_back({text(query.getColumn(0)), text(query.getColumn(1)),
                      static_cast<std::uint32_t>(query.getColumn(2).getInt64())});
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
    if (std::isnan(verdict.score))
      insert.bind(7);
    else
      insert.bind(7, verdict.score);
    insert.bindNoCopy(8, verdict.note);
    insert.exec();
  });
}

void Ledger::forEachVerdict(Id stage, const std::function<void(const VerdictRow&)>& each) const {
  storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database,
                            "SELECT record, view, action, reason, evidence, score, note FROM verdict WHERE stage = ? "
                            "ORDER BY record, view");
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
    SQLite::Statement query(rows_->database,
                            "SELECT a, b, rule, maybe, stands, score, note FROM pair WHERE pairing = ? ORDER BY a, b");
    query.bind(1, find.getColumn(0).getInt64());
    while (query.executeStep())
      list.push_back({static_cast<RecordId>(query.getColumn(0).getInt64()),
                      static_cast<RecordId>(query.getColumn(1).getInt64()),
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

}  // namespace winnow::ledger
