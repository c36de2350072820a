#include "Charting.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "RowProblems.hpp"

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
  ChartReader(const PeopleInput& input, ChartResult& result)
      : input_(input), result_(result), problems_(input.work), in_(result.in.begin(), result.in.end()) {
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
    const std::optional<RecordId> work = workOf(row);
    if (!work)
      return problem(row, "charting.unknown-record",
                     "'" + std::string(row.cell("record")) + "' is no record to be charted", "the row was left out");
    auto& answers = result_.answers[*work][reviewer];
    if (row.cells.contains("item") && row.cells.contains("value")) {
      readCell(row, std::string(row.cell("item")), std::string(row.cell("value")), answers);
      return;
    }
    for (const auto& [column, value] : row.cells)
      if (!isOfRecord(column)) readCell(row, column, value, answers);
  }
  void report() { problems_.report(); }

 private:
  static bool isOfRecord(std::string_view column) {
    static constexpr std::string_view kColumns[] = {"record", "reviewer", "title", "doi", "pmid", "number", "citation"};
    return std::find(std::begin(kColumns), std::end(kColumns), column) != std::end(kColumns);
  }

  /// The work that a row charts: by its key, or by what else the row says of it.
  std::optional<RecordId> workOf(const SheetRow& row) {
    std::vector<RecordId> named = input_.references.find(row.cell("record"));
    const bool isCarried = named.empty();
    if (isCarried) named = input_.references.describedBy(descriptionOf(row)).records;
    std::set<RecordId> works;
    for (const RecordId id : named) works.insert(input_.clusters.representative(id));
    if (works.size() != 1 || !in_.contains(*works.begin())) return std::nullopt;
    result_.carried += isCarried ? 1 : 0;
    return *works.begin();
  }

  void problem(const SheetRow& row, std::string code, std::string message, std::string action) {
    ++result_.refused;
    problems_.warn(row, std::move(code), std::move(message), std::move(action));
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
    const auto [known, isNew] = answers.try_emplace(item.id, values);
    if (isNew) return;
    if (known->second != values)
      problems_.warn(row, "charting.twice",
                     "'" + columnHeading(item) + "' was answered before with " + listed(known->second) +
                         ", here with " + listed(values),
                     "the later answer counts");
    known->second = std::move(values);
  }

  const PeopleInput& input_;
  ChartResult& result_;
  RowProblems problems_;
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

ChartResult readCharting(const PeopleInput& input, const config::Step& step, const std::vector<RecordId>& in) {
  const auto& forms = input.work.review.forms;
  const config::Form& form =
      *std::find_if(forms.begin(), forms.end(), [&](const auto& f) { return f.name == step.form; });
  ChartResult result;
  result.form = &form;
  result.step = &step;
  result.in = in;
  ChartReader reader(input, result);
  for (const SheetRow& row : readSheets(input.work, step.decisions, step.decisionNames)) reader.read(row);
  reader.report();
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
