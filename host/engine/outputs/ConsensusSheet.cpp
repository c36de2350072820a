#include "ConsensusSheet.hpp"

#include "engine/people/DecisionMemory.hpp"
#include "io/Csv.hpp"

namespace winnow::engine {

namespace {

std::string joinedValues(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : "; ") + value;
  return text;
}

}  // namespace

std::string consensusSheet(const ChartResult& chart, const Records& records, char separator) {
  std::vector<std::string> head{"record", "by", "item", "label"};
  for (const std::string& reader : chart.form->by) head.push_back(reader);
  head.insert(head.end(), {"value", "note"});
  std::string text = "\xEF\xBB\xBF" + io::csvRow(head, separator);
  for (const ChartDifference& difference : chart.differences) {
    std::vector<std::string> row{records.key(difference.record), joinedNames(chart.chartedBy(difference.record)),
                                 difference.item->id, difference.item->label};
    for (const std::string& reader : chart.form->by) {
      std::string given;
      for (const auto& [name, values] : difference.given)
        if (name == reader) given = joinedValues(values);
      row.push_back(std::move(given));
    }
    row.insert(row.end(), {"", ""});
    text += io::csvRow(row, separator);
  }
  return text;
}

}  // namespace winnow::engine
