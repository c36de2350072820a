#include "Charting.hpp"

#include <algorithm>
#include <set>

namespace winnow::engine {

namespace {

std::vector<std::string> splitValues(std::string_view text) {
  std::vector<std::string> values;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    std::string_view value = text.substr(begin, end - begin);
    const std::size_t first = value.find_first_not_of(' ');
    if (first != std::string_view::npos)
      values.emplace_back(value.substr(first, value.find_last_not_of(' ') + 1 - first));
    begin = end + 1;
  }
  return values;
}

std::string listed(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "'" : ", '") + value + "'";
  return text;
}

/// A value of the form's list, as the form writes it; "others: something" keeps its text. Empty: not in the list.
std::string inVocabulary(const config::FormItem& item, const std::string& value) {
  const std::string plain = plainName(value.substr(0, value.find(':')));
  for (const std::string& allowed : item.values)
    if (plainName(allowed) == plain)
      return value.find(':') == std::string::npos ? allowed : allowed + value.substr(value.find(':'));
  return {};
}

bool isWholeNumber(const std::string& value) {
  return !value.empty() && value.size() < 10 &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Why a value breaks the form; empty if it does not. May rewrite it as the form spells it.
std::string fault(const config::FormItem& item, std::string& value) {
  using config::ItemType;
  if (item.type == ItemType::OneOf || item.type == ItemType::AnyOf) {
    std::string allowed = inVocabulary(item, value);
    if (allowed.empty()) return "is none of " + listed(item.values);
    value = std::move(allowed);
  } else if (item.type == ItemType::YesNo) {
    const std::string word = plainName(value.substr(0, value.find_first_of(":;,")));
    if (word != "yes" && word != "no" && word != "unclear") return "is none of 'yes', 'no', 'unclear'";
  } else if (item.type == ItemType::Number || item.from == "year") {
    if (plainName(value) == "nr")
      value = "NR";
    else if (!isWholeNumber(value))
      return "is no whole number and not NR (not reported)";
  }
  return {};
}

class ChartReader {
 public:
  ChartReader(const Workspace& work, const Clusters& clusters, const References& references, ChartResult& result)
      : work_(work),
        clusters_(clusters),
        references_(references),
        result_(result),
        in_(result.in.begin(), result.in.end()) {
    for (const config::FormItem& item : result.form->items) {
      items_[plainName(columnHeading(item))] = &item;
      items_.try_emplace(plainName(item.label), &item);
      items_.try_emplace(item.id, &item);
    }
  }

  void read(const SheetRow& row) {
    const std::string reviewer(row.cell("reviewer"));
    const auto& by = result_.form->by;
    if (std::find(by.begin(), by.end(), reviewer) == by.end())
      return problem(row, "charting.unknown-reviewer",
                     "'" + reviewer + "' does not chart this form (" + listed(by) + ")", "the row was left out");
    std::set<RecordId> found;
    for (const RecordId id : references_.find(row.cell("record"))) found.insert(clusters_.representative(id));
    if (found.size() != 1 || !in_.contains(*found.begin()))
      return problem(row, "charting.unknown-record",
                     "'" + std::string(row.cell("record")) + "' is no record to be charted", "the row was left out");
    auto& answers = result_.answers[*found.begin()][reviewer];
    if (row.cells.contains("item") && row.cells.contains("value")) {
      readCell(row, std::string(row.cell("item")), std::string(row.cell("value")), answers);
      return;
    }
    for (const auto& [column, value] : row.cells)
      if (column != "record" && column != "reviewer" && column != "title") readCell(row, column, value, answers);
  }

 private:
  void problem(const SheetRow& row, std::string code, std::string message, std::string action) {
    ++result_.refused;
    tellRow(work_, io::Severity::Warning, row, std::move(code), std::move(message), std::move(action));
  }

  void readCell(const SheetRow& row, const std::string& column, const std::string& value,
                std::map<std::string, std::vector<std::string>>& answers) {
    const auto found = items_.find(plainName(column));
    if (found == items_.end())
      return problem(row, "charting.unknown-item", "the form has no item '" + column + "'", "the cell was left out");
    const config::FormItem& item = *found->second;
    std::vector<std::string> values =
        item.type == config::ItemType::AnyOf ? splitValues(value) : std::vector<std::string>{value};
    for (std::string& one : values) {
      const std::string written = one;
      if (const std::string why = fault(item, one); !why.empty())
        return problem(row, "charting.wrong-value", "'" + written + "' in '" + columnHeading(item) + "' " + why,
                       "the cell was left out");
    }
    answers[item.id] = std::move(values);
  }

  const Workspace& work_;
  const Clusters& clusters_;
  const References& references_;
  ChartResult& result_;
  std::set<RecordId> in_;
  std::map<std::string, const config::FormItem*> items_;
};

}  // namespace

std::string columnHeading(const config::FormItem& item) {
  return item.extra ? item.label : item.id + ". " + item.label;
}

std::map<std::string, std::vector<std::string>> ChartResult::finalAnswers(RecordId record) const {
  const auto found = answers.find(record);
  if (found == answers.end()) return {};
  for (const std::string& reviewer : form->by)
    if (const auto by = found->second.find(reviewer); by != found->second.end()) return by->second;
  return {};
}

bool ChartResult::isOpen() const {
  return refused != 0 || std::any_of(missing.begin(), missing.end(), [](const auto& m) { return !m.second.empty(); });
}

ChartResult readCharting(const Workspace& work, const config::Step& step, const config::Form& form,
                         const std::vector<RecordId>& in, const Clusters& clusters, const References& references) {
  ChartResult result;
  result.form = &form;
  result.step = &step;
  result.in = in;
  ChartReader reader(work, clusters, references, result);
  for (const SheetRow& row : readSheets(work, step.decisions, step.decisionNames)) reader.read(row);
  for (const std::string& reviewer : form.by) {
    std::vector<RecordId> missing;
    for (const RecordId id : in)
      if (const auto found = result.answers.find(id);
          found == result.answers.end() || !found->second.contains(reviewer))
        missing.push_back(id);
    result.missing.emplace_back(reviewer, std::move(missing));
  }
  return result;
}

}  // namespace winnow::engine
