// What a stage answered in earlier runs about the records of a step.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/records/Records.hpp"
#include "ledger/Ledger.hpp"

namespace winnow::engine {

/// Borrows the ledger and the ids. Memory: 16 bytes an answer about another view.
class RecalledAnswers {
 public:
  /// `views` are the hashes of what the stage would see of each of `ids` now. Calls `each` with the place of a record
  /// and the answer about exactly that view of it. Throws ledger::Damaged for one that no plugin can give.
  RecalledAnswers(const ledger::Ledger& ledger, ledger::Id stage, const Records& records,
                  const std::vector<RecordId>& ids, const std::vector<std::uint64_t>& views,
                  const std::function<void(std::size_t, const ledger::VerdictRow&)>& each);

  /// An answer about another view of the record at `place` in which the fields that the stage reads are the same;
  /// `seen` 0: it reads all, so there is none.
  std::optional<ledger::VerdictRow> like(std::size_t place, std::uint64_t seen) const;

 private:
  const ledger::Ledger& ledger_;
  ledger::Id stage_;
  const std::vector<RecordId>& ids_;
  std::unordered_map<std::size_t, std::vector<std::pair<std::uint64_t, std::uint64_t>>> others_;  ///< seen, view
};

}  // namespace winnow::engine
