#include "ChartingDocument.hpp"

#include <nlohmann/json.hpp>

#include "Flow.hpp"

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;

const std::vector<std::string>& valuesIn(const Answers& answers, const std::string& item) {
  static const auto* const none = new std::vector<std::string>;
  const auto found = answers.find(item);
  return found == answers.end() ? *none : found->second;
}

/// Records that both readers charted and on which at least one of them answered the item.
Json pairsOf(const ChartResult& chart, const Records& records, const std::string& item) {
  Json pairs = Json::array();
  for (const RecordId id : chart.in) {
    const auto charted = chart.answers.find(id);
    if (charted == chart.answers.end()) continue;
    const auto first = charted->second.find(chart.form->by[0]), second = charted->second.find(chart.form->by[1]);
    if (first == charted->second.end() || second == charted->second.end()) continue;
    const auto &a = valuesIn(first->second, item), &b = valuesIn(second->second, item);
    if (!a.empty() || !b.empty()) pairs.push_back({{"record", records.key(id)}, {"first", a}, {"second", b}});
  }
  return pairs;
}

}  // namespace

Json chartingOf(const Evaluation& evaluation) {
  Json forms = Json::array();
  for (const ChartResult& chart : evaluation.charts()) {
    if (chart.form->by.size() < 2) continue;
    Json form = formOf(*chart.form), items = Json::array();
    for (const char* list : {"items", "extra"})
      for (Json& item : form[list]) {
        item["extra"] = std::string(list) == "extra";
        item["pairs"] = pairsOf(chart, evaluation.records(), item["id"].get<std::string>());
        items.push_back(std::move(item));
      }
    forms.push_back({{"step", chart.step->id},
                     {"form", chart.form->name},
                     {"readers", {chart.form->by[0], chart.form->by[1]}},
                     {"items", std::move(items)}});
  }
  return {{"format", "winnow-charting/1"}, {"forms", std::move(forms)}};
}

}  // namespace winnow::engine
