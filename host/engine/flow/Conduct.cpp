#include "Conduct.hpp"

#include <winnow/abi.h>

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;

Json readersOf(const StepResult& step) {
  Json readers = Json::array();
  for (const config::Reader& reader : step.step->readers) {
    const auto open = std::find_if(step.open.begin(), step.open.end(),
                                   [&](const OpenWork& w) { return w.reviewer == reader.reviewer; });
    const auto read = std::count_if(step.in.begin(), step.in.end(),
                                    [&](RecordId id) { return step.said.word(id, reader.reviewer) != nullptr; });
    readers.push_back({{"id", reader.reviewer},
                       {"share", reader.share},
                       {"assigned", open == step.open.end() ? 0 : open->assigned},
                       {"read", read}});
  }
  return readers;
}

/// What the machine of a step proposed and what people made of it.
void addProposals(Json& one, const StepResult& step) {
  std::array<std::uint64_t, WINNOW_WAIT + 1> proposed{};
  std::uint64_t confirmed = 0, overturned = 0, added = 0;
  for (const Outcome& o : step.outcomes) {
    if (o.proposed >= proposed.size()) continue;
    ++proposed[o.proposed];
    if (o.by != Actor::Person) continue;
    const bool drops = o.proposed == WINNOW_DROP;
    if (o.fate == Fate::Excluded) ++(drops ? confirmed : added);
    if (goesOn(o.fate) && drops) ++overturned;
  }
  one["proposed"] = {{"keep", proposed[WINNOW_KEEP]},
                     {"exclude", proposed[WINNOW_DROP]},
                     {"undecided", proposed[WINNOW_UNSURE]},
                     {"category", proposed[WINNOW_CATEGORY]}};
  one["confirmed"] = confirmed;
  one["overturned"] = overturned;
  one["added"] = added;
}

/// In which order readers got the records, where it is not that of the list.
Json orderOf(const config::Step& step) {
  Json order{{"ranker", step.order ? Json(step.order->plugin) : Json(nullptr)}};
  if (step.order) order["version"] = step.order->version;
  if (step.randomFrom != 0) order["random_from"] = step.randomFrom;
  return order;
}

}  // namespace

void addConduct(Json& one, const StepResult& step) {
  static constexpr const char *kModes[] = {"confirm", "automatic"}, *kUndecided[] = {"include", "exclude", "wait"},
                              *kReadings[] = {"metadata", "abstract", "full text"};
  const config::Step& s = *step.step;
  one["mode"] = kModes[static_cast<int>(s.mode)];
  one["on_undecided"] = kUndecided[static_cast<int>(s.onUndecided)];
  one["read"] = kReadings[static_cast<int>(s.read)];
  if (!s.seed.empty()) one["seed"] = s.seed;
  one["settings"] = Json::array();
  for (const auto& [name, value] : s.settings)  // the criteria stand in the document "review"
    if (name.rfind("criteria.", 0) != 0) one["settings"].push_back({{"name", name}, {"value", value}});
  one["readers"] = readersOf(step);
  const auto byPeople = std::count_if(step.outcomes.begin(), step.outcomes.end(), [](const Outcome& o) {
    return o.by == Actor::Person && (o.fate == Fate::Excluded || o.fate == Fate::NotRetrieved);
  });
  one["by"] = {{"human", byPeople}, {"automation", step.left() - static_cast<std::size_t>(byPeople)}};
  if (step.merging) one["decided_pairs"] = step.merging->decided;
  if (step.stage != 0 && !step.merging && s.verb != config::Verb::Screen) addProposals(one, step);
  if (!step.screening) return;
  if (s.order || s.randomFrom != 0) one["order"] = orderOf(s);
  one["conflicts"] = step.screening->conflicts.size();
  one["resolved"] =
      std::count_if(step.in.begin(), step.in.end(), [&](RecordId id) { return step.said.resolution(id) != nullptr; });
}

Json chartsOf(const Evaluation& evaluation) {
  Json charts = Json::array();
  for (const ChartResult& chart : evaluation.charts()) {
    Json readers = Json::array();
    for (const auto& [reviewer, missing] : chart.missing)
      readers.push_back({{"id", reviewer}, {"charted", chart.in.size() - missing.size()}});
    charts.push_back({{"id", chart.step->id},
                      {"label", chart.step->label},
                      {"form", chart.form->name},
                      {"version", chart.form->version},
                      {"in", chart.in.size()},
                      {"readers", std::move(readers)}});
  }
  return charts;
}

}  // namespace winnow::engine
