#include "Digests.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include "Ledger.hpp"

namespace winnow::ledger {

Digest& Digests::pending(std::string_view kind, const std::string& parent) {
  if (last_ == nullptr || kind != lastKind_ || parent != lastParent_) {
    last_ = &pending_[{std::string(kind), parent}];
    lastKind_ = kind;
    lastParent_ = parent;
  }
  return *last_;
}

void Digests::added(std::string_view kind, const std::string& parent, std::uint64_t rowHash) {
  pending(kind, parent).add(rowHash);
}

void Digests::taken(std::string_view kind, const std::string& parent, std::uint64_t rowHash) {
  pending(kind, parent).take(rowHash);
}

void Digests::store() {
  if (pending_.empty()) return;
  SQLite::Statement find(database_, "SELECT rows, sum FROM digest WHERE kind = ? AND parent = ?");
  SQLite::Statement write(database_, "INSERT OR REPLACE INTO digest (kind, parent, rows, sum) VALUES (?,?,?,?)");
  for (const auto& [group, added] : pending_) {
    Digest total = added;
    find.bind(1, group.first);
    find.bind(2, group.second);
    if (find.executeStep()) {
      total.rows += find.getColumn(0).getInt64();
      total.sum += static_cast<std::uint64_t>(find.getColumn(1).getInt64());
    }
    find.reset();
    write.bind(1, group.first);
    write.bind(2, group.second);
    write.bind(3, total.rows);
    write.bind(4, static_cast<std::int64_t>(total.sum));
    write.exec();
    write.reset();
  }
  pending_.clear();
  last_ = nullptr;
}

void Digests::require(std::string_view kind, const std::string& parent, const Digest& read) const {
  SQLite::Statement find(database_, "SELECT rows, sum FROM digest WHERE kind = ? AND parent = ?");
  find.bind(1, std::string(kind));
  find.bind(2, parent);
  Digest stored;
  if (find.executeStep())
    stored = {find.getColumn(0).getInt64(), static_cast<std::uint64_t>(find.getColumn(1).getInt64())};
  if (const auto open = pending_.find({std::string(kind), parent}); open != pending_.end()) {
    stored.rows += open->second.rows;
    stored.sum += open->second.sum;
  }
  if (stored == read) return;
  damaged(
      std::to_string(read.rows) + " rows of kind '" + std::string(kind) + "'" +
      (stored.rows == read.rows ? " are not what was written" : ", " + std::to_string(stored.rows) + " were written"));
}

void damaged(const std::string& what) {
  throw Damaged("the ledger is damaged: " + what +
                "; delete it and run again: exports, configuration and decision files give the same results");
}

}  // namespace winnow::ledger
