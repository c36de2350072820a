// What became of every record in the last two runs that came out differently.
#include "RowHashes.hpp"
#include "Rows.hpp"
#include "io/Hash.hpp"

namespace winnow::ledger {

void Ledger::keepFates(const std::string& fates) {
  storing(rows_->path, [&] {
    if (const auto last = this->fates(0); last && *last == fates) return;
    auto& insert = rows_->statement("INSERT INTO fates (sum, fates) VALUES (?,?)");
    insert.bind(1, static_cast<std::int64_t>(io::hash64(fates)));
    insert.bindNoCopy(2, fates.data(), static_cast<int>(fates.size()));
    insert.exec();
    rows_->statement("DELETE FROM fates WHERE id NOT IN (SELECT id FROM fates ORDER BY id DESC LIMIT 2)").exec();
  });
}

std::optional<std::string> Ledger::fates(int back) const {
  return storing(rows_->path, [&]() -> std::optional<std::string> {
    auto& query = rows_->statement("SELECT sum, fates FROM fates ORDER BY id DESC LIMIT 1 OFFSET ?");
    query.bind(1, back);
    if (!query.executeStep()) return std::nullopt;
    const SQLite::Column blob = query.getColumn(1);
    std::string fates(static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes()));
    if (static_cast<std::int64_t>(io::hash64(fates)) != query.getColumn(0).getInt64())
      throw Damaged("the ledger holds other fates of the last run than were written; delete it and run again");
    return fates;
  });
}

}  // namespace winnow::ledger
