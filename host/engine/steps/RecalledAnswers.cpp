#include "RecalledAnswers.hpp"

#include <winnow/abi.h>

namespace winnow::engine {

RecalledAnswers::RecalledAnswers(const ledger::Ledger& ledger, ledger::Id stage, const Records& records,
                                 const std::vector<RecordId>& ids, const std::vector<std::uint64_t>& views,
                                 const std::function<void(std::size_t, const ledger::VerdictRow&)>& each)
    : ledger_(ledger), stage_(stage), ids_(ids) {
  std::vector<std::uint32_t> place(records.idLimit());
  for (std::size_t i = 0; i < ids.size(); ++i) place[ids[i]] = static_cast<std::uint32_t>(i + 1);
  ledger.forEachVerdict(stage, [&](const ledger::VerdictRow& row) {
    if (row.record >= place.size() || place[row.record] == 0) return;
    if (row.action == 0 || row.action > WINNOW_WAIT)
      throw ledger::Damaged("the ledger holds an answer that its plugin cannot give; delete it and run again");
    const std::size_t i = place[row.record] - 1;
    if (views[i] == row.view)
      each(i, row);
    else if (row.seen != 0)
      others_[i].emplace_back(row.seen, row.view);
  });
}

std::optional<ledger::VerdictRow> RecalledAnswers::like(std::size_t place, std::uint64_t seen) const {
  const auto found = others_.find(place);
  if (found == others_.end()) return std::nullopt;
  for (const auto& [hash, view] : found->second)
    if (hash == seen) return ledger_.verdict(stage_, ids_[place], view);
  return std::nullopt;
}

}  // namespace winnow::engine
