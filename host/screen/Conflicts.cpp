#include "Conflicts.hpp"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/people/Reasons.hpp"

namespace winnow::screen {

namespace {

std::string pageWord(const std::string& word) { return word == "maybe" ? "undecided" : word; }

}  // namespace

Conflicts::Conflicts(const engine::Workspace& work, const engine::StepResult& step,
                     const engine::Evaluation& evaluation, DecisionFile* file)
    : work_(work), step_(step), evaluation_(evaluation), file_(file) {
  if (!areShown()) return;
  std::set<std::size_t> places(step.screening->conflicts.begin(), step.screening->conflicts.end());
  places.insert(step.screening->differingReasons.begin(), step.screening->differingReasons.end());
  for (std::size_t i = 0; i < step.in.size(); ++i)
    if (places.contains(i) || step.said.resolution(step.in[i]) != nullptr) records_.push_back(step.in[i]);
}

bool Conflicts::areShown() const {
  if (!step_.screening || !step_.screening->undrawn.empty() || step_.step->readers.size() < 2 || step_.in.empty())
    return false;
  for (const engine::StepResult& earlier : evaluation_.steps()) {
    if (&earlier == &step_) break;
    if (earlier.isOpen()) return false;
  }
  return std::all_of(step_.open.begin(), step_.open.end(), [](const engine::OpenWork& o) { return o.records.empty(); });
}

std::size_t Conflicts::open() const { return areShown() ? step_.screening->conflicts.size() : 0; }

std::optional<engine::RecordId> Conflicts::find(const std::string& record) const {
  const auto found = std::find_if(records_.begin(), records_.end(),
                                  [&](engine::RecordId id) { return evaluation_.records().key(id) == record; });
  return found == records_.end() ? std::nullopt : std::optional<engine::RecordId>(*found);
}

Json Conflicts::votesOn(engine::RecordId id) const {
  Json votes = Json::array();
  for (const config::Reader& reader : step_.step->readers)
    if (const engine::Decision* vote = step_.said.word(id, reader.reviewer))
      votes.push_back({{"reader", vote->reviewer},
                       {"decision", pageWord(vote->value)},
                       {"reason", vote->reason},
                       {"note", vote->note}});
  return votes;
}

Json Conflicts::resolutionOf(engine::RecordId id) const {
  const engine::Resolution* joint = step_.said.resolution(id);
  if (joint == nullptr) return nullptr;
  return {{"final", pageWord(joint->value)}, {"by", joint->by}, {"reason", joint->reason}, {"note", joint->note}};
}

Json Conflicts::list(RecordReader& reader) const {
  const std::vector<RecordText> texts = reader.read(records_);
  Json list = Json::array();
  for (std::size_t i = 0; i < texts.size(); ++i)
    list.push_back({{"record", jsonOf(texts[i], {}, 0, std::nullopt, {})},
                    {"votes", votesOn(records_[i])},
                    {"resolution", resolutionOf(records_[i])},
                    {"rev", revision(texts[i].key)}});
  return list;
}

std::string Conflicts::fault(const Settlement& settlement, const std::string& reader) const {
  std::set<std::string> names(settlement.by.begin(), settlement.by.end());
  for (const std::string& name : names)
    if (std::none_of(step_.step->readers.begin(), step_.step->readers.end(),
                     [&](const config::Reader& r) { return r.reviewer == name; }))
      return "'" + name + "' does not read this step";
  if (names.size() < 2 || !names.contains(reader)) return "a joint decision names two readers, you among them";
  if (settlement.final == "not retrieved" && step_.step->read != config::Reading::FullText)
    return "only a full text can be 'not retrieved'";
  const engine::Reasons reasons(work_.review, *step_.step);
  if (settlement.final != "exclude" || reasons.isEmpty()) return {};
  if (settlement.reason.empty()) return step_.step->reasonRequired ? "an exclusion names its reason here" : "";
  return reasons.idOf(settlement.reason) ? "" : "'" + settlement.reason + "' is no reason here";
}

Row Conflicts::row(const std::string& record, const Settlement& settlement, const std::string& change,
                   RecordReader& reader) const {
  const RecordText text = reader.read({*find(record)}).front();
  std::string by;
  for (const std::string& name : settlement.by) by += (by.empty() ? "" : "; ") + name;
  Row row = rowOf(text);
  row.reviewer = by;
  row.decision = settlement.final == "undecided" ? "maybe" : settlement.final;
  if (row.decision == "exclude") row.reason = settlement.reason;
  row.note = settlement.note;
  row.change = change;
  return row;
}

}  // namespace winnow::screen
