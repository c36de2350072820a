#include "Pairs.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/people/PairDecisions.hpp"

namespace winnow::screen {

namespace {

constexpr std::size_t kPage = 50;

}  // namespace

Pairs::Pairs(const engine::Workspace& work, const engine::StepResult& step, const engine::Evaluation& evaluation,
             DecisionFile* file)
    : file_(file) {
  std::map<std::pair<engine::RecordId, engine::RecordId>, bool> said;
  for (const engine::PairDecision& d : engine::readPairDecisions(work, *step.step, evaluation.references()))
    said[{d.a, d.b}] = d.same;
  const auto reasons = work.ledger.reasons(step.stage);
  std::vector<const ledger::Pair*> rows;
  for (const ledger::Pair& pair : step.merging->pairs)
    if (pair.maybe) rows.push_back(&pair);
  std::stable_sort(rows.begin(), rows.end(), [](const auto* x, const auto* y) { return x->score > y->score; });
  const auto keyOf = [&](engine::RecordId id) { return evaluation.records().key(id); };
  for (const ledger::Pair* pair : rows) {
    const bool isJoined =
        evaluation.clusters().representative(pair->a) == evaluation.clusters().representative(pair->b);
    if (isJoined || said.contains({std::min(pair->a, pair->b), std::max(pair->a, pair->b)})) continue;
    One one{pair->a, pair->b, {}, keyOf(pair->a), keyOf(pair->b), {reasons.at(pair->rule).label}, {}};
    if (std::string note = work.ledger.pairNote(step.merging->pairing, *pair); !note.empty())
      one.why.push_back(std::move(note));
    add(std::move(one));
  }
  for (const auto& [pair, isSame] : said)  // the matcher's list holds them no more
    add({pair.first, pair.second, {}, keyOf(pair.first), keyOf(pair.second), {}, isSame});
}

void Pairs::add(One one) {
  one.id = one.leftKey + "~" + one.rightKey;
  places_.emplace(one.id, pairs_.size());
  pairs_.push_back(std::move(one));
}

std::size_t Pairs::open() const {
  return static_cast<std::size_t>(
      std::count_if(pairs_.begin(), pairs_.end(), [](const One& one) { return !one.isSame; }));
}

std::optional<Json> Pairs::list(const std::string& cursor, RecordReader& reader) const {
  std::size_t begin = 0;
  if (!cursor.empty()) {
    const auto after = places_.find(cursor);
    if (after == places_.end()) return std::nullopt;
    begin = after->second + 1;
  }
  const std::size_t end = std::min(begin + kPage, pairs_.size());
  Json list = Json::array();
  for (std::size_t i = begin; i < end; ++i) {
    const One& one = pairs_[i];
    const std::vector<RecordText> texts = reader.readSingle({one.left, one.right});
    list.push_back({{"id", one.id},
                    {"left", jsonOf(texts[0], {}, 0, std::nullopt, {})},
                    {"right", jsonOf(texts[1], {}, 0, std::nullopt, {})},
                    {"why", one.why},
                    {"own", one.isSame ? Json(*one.isSame ? "same" : "different") : Json(nullptr)}});
  }
  return Json{{"pairs", std::move(list)}, {"next", end < pairs_.size() ? Json(pairs_[end - 1].id) : Json(nullptr)}};
}

void Pairs::judge(const std::string& id, bool isSame, const std::string& reader, const std::string& change) {
  if (!file_->recordOf(change).empty()) return;  // sent again
  One& one = pairs_[places_.at(id)];
  Row row;
  row.record = one.leftKey;
  row.other = one.rightKey;
  row.reviewer = reader;
  row.decision = isSame ? "same" : "distinct";
  row.change = change;
  file_->append(row);
  one.isSame = isSame;
}

}  // namespace winnow::screen
