#include "Charting.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "ChartValues.hpp"
#include "DecisionMemory.hpp"
#include "RowProblems.hpp"

namespace winnow::engine {

namespace {

/// Columns that say of which record a row is, not how an item was answered.
bool isOfRecord(std::string_view column) {
  static constexpr std::string_view kColumns[] = {"record", "reviewer", "by",       "title",        "doi",
                                                  "pmid",   "number",   "citation", "form version", "note",
                                                  "wave",   "authors",  "year"};
  return std::find(std::begin(kColumns), std::end(kColumns), column) != std::end(kColumns);
}

bool isConditionMet(const config::FormItem& item, const Answers& answers) {
  if (!item.condition) return true;
  const auto asked = answers.find(item.condition->item);
  if (asked == answers.end()) return false;
  const auto& wanted = item.condition->values;
  return std::any_of(asked->second.begin(), asked->second.end(), [&](const std::string& given) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const std::string& w) { return plainName(w) == plainName(given); });
  });
}

std::vector<std::string> sorted(std::vector<std::string> values) {
  for (std::string& value : values) value = plainName(value);
  std::sort(values.begin(), values.end());
  return values;
}

class ChartReader {
 public:
  ChartReader(const PeopleInput& input, const Studies& studies, ChartResult& result)
      : input_(input),
        studies_(studies),
        result_(result),
        problems_(input.work),
        in_(result.in.begin(), result.in.end()) {
    for (const config::FormItem& item : result.form->items) {
      items_[plainName(columnHeading(item))] = &item;
      items_.try_emplace(plainName(item.label), &item);
      items_.try_emplace(item.id, &item);
    }
  }

  void read() {
    const config::Step& step = *result_.step;
    for (const SheetRow& row : readSheets(input_.work, step.decisions, step.decisionNames)) readOwn(row);
    for (const SheetRow& row : readSheets(input_.work, step.resolutions, step.resolutionNames)) readJoint(row);
    findMissing();
    findDifferences();
    problems_.report();
  }

 private:
  void problem(const SheetRow& row, std::string code, std::string message, std::string action,
               std::string_view column) {
    ++result_.refused;
    problems_.warn(row, std::move(code), std::move(message), std::move(action), column);
  }

  /// The work that a row charts: by its key, or by what else the row says of it.
  std::optional<RecordId> workOf(const SheetRow& row) {
    std::vector<RecordId> named = input_.references.find(row.cell("record"));
    const bool isCarried = named.empty();
    if (isCarried) named = input_.references.describedBy(descriptionOf(row)).records;
    std::set<RecordId> works;
    for (const RecordId id : named) works.insert(studies_.firstOf(input_.clusters.representative(id)));
    if (works.size() != 1 || !in_.contains(*works.begin())) {
      problem(row, "charting.unknown-record", "'" + std::string(row.cell("record")) + "' is no record to be charted",
              "the row was left out", "record");
      return std::nullopt;
    }
    result_.carried += isCarried ? 1 : 0;
    return *works.begin();
  }

  bool isReader(std::string_view name) const {
    const auto& by = result_.form->by;
    return std::find(by.begin(), by.end(), name) != by.end();
  }

  void readOwn(const SheetRow& row) {
    const std::string reviewer(row.cell("reviewer"));
    if (reviewer.empty() && !row.cell("by").empty())
      return problem(row, "charting.joint-answers", "the row holds an answer that readers agreed on",
                     "the row was left out; name the file under 'resolutions' of the step, not under 'decisions'",
                     "by");
    if (!isReader(reviewer))
      return problem(row, "charting.unknown-reviewer",
                     "'" + reviewer + "' does not chart this form (" + inQuotes(result_.form->by) + ")",
                     "the row was left out", "reviewer");
    const std::optional<RecordId> work = workOf(row);
    if (!work) return;
    readCells(row, result_.answers[*work][reviewer]);
    std::uint32_t& version = versions_[{*work, reviewer}];
    version = std::max(version, versionOf(row));
  }

  void readJoint(const SheetRow& row) {
    if (row.cells.contains("item") && row.cell("value").empty()) return;  // not decided yet
    std::set<std::string> names;
    for (const std::string& name : splitNames(row.cell("by"))) names.insert(name);
    const bool areReaders = std::all_of(names.begin(), names.end(), [&](const auto& n) { return isReader(n); });
    if (names.size() < 2 || !areReaders)
      return problem(row, "charting.resolved-alone",
                     "a joint answer names two readers of the form at least in 'by' (" + inQuotes(result_.form->by) +
                         "), not '" + std::string(row.cell("by")) + "'",
                     "the row was left out", "by");
    if (const std::optional<RecordId> work = workOf(row)) readCells(row, result_.joint[*work]);
  }

  static std::uint32_t versionOf(const SheetRow& row) {
    const std::string_view text = row.cell("form version");
    std::uint32_t version = 1;
    std::from_chars(text.data(), text.data() + text.size(), version);
    return version;
  }

  /// A row an answer instead of a row a record.
  static bool isLong(const SheetRow& row) { return row.cells.contains("item") && row.cells.contains("value"); }

  void readCells(const SheetRow& row, Answers& answers) {
    if (isLong(row)) {
      readCell(row, std::string(row.cell("item")), std::string(row.cell("value")), answers);
      return;
    }
    for (const auto& [column, value] : row.cells)
      if (!isOfRecord(column)) readCell(row, column, value, answers);
    for (const config::FormItem& item : result_.form->items)
      if (answers.contains(item.id) && !isConditionMet(item, answers))
        problems_.warn(row, "charting.not-asked",
                       "'" + columnHeading(item) + "' is answered although its condition is not met",
                       "the answer stays; look whether one of the two is wrong");
  }

  void readCell(const SheetRow& row, const std::string& column, const std::string& value, Answers& answers) {
    const auto found = items_.find(plainName(column));
    if (found == items_.end())
      return problem(row, "charting.unknown-item", "the form has no item '" + column + "'", "the cell was left out",
                     isLong(row) ? "item" : std::string_view(column));
    const std::string_view cell = isLong(row) ? "value" : std::string_view(column);
    const config::FormItem& item = *found->second;
    std::vector<std::string> values = valuesOf(item, value);
    for (std::string& one : values) {
      const std::string written = one;
      if (const std::string why = faultOf(item, one); !why.empty())
        return problem(row, "charting.wrong-value", "'" + written + "' in '" + columnHeading(item) + "' " + why,
                       "the cell was left out", cell);
    }
    const auto [known, isNew] = answers.try_emplace(item.id, values);
    std::string& file = answeredIn_[{&answers, item.id}];
    if (!isNew && known->second != values) {
      const std::string both = "'" + columnHeading(item) + "' was answered before with " + inQuotes(known->second) +
                               ", here with " + inQuotes(values);
      if (file != row.file)
        return problem(row, "charting.contradiction", both + ", and nothing tells which is later",
                       "the answer of " + file + " stands until one of them is deleted", cell);
      problems_.warn(row, "charting.twice", both, "the later answer counts", cell);
    }
    file = row.file;
    known->second = std::move(values);
  }

  /// What has still to be charted, and what was charted before an item changed its meaning.
  void findMissing() {
    std::uint32_t newest = 1;
    for (const config::FormItem& item : result_.form->items) newest = std::max(newest, item.since);
    for (const std::string& reviewer : result_.form->by) {
      std::vector<RecordId> missing, outdated;
      for (const RecordId id : result_.in) {
        const auto found = result_.answers.find(id);
        if (found == result_.answers.end() || !found->second.contains(reviewer))
          missing.push_back(id);
        else if (versions_[{id, reviewer}] < newest)
          outdated.push_back(id);
      }
      result_.missing.emplace_back(reviewer, std::move(missing));
      result_.outdated.emplace_back(reviewer, std::move(outdated));
    }
  }

  void findDifferences() {
    for (const RecordId id : result_.in)
      for (const config::FormItem& item : result_.form->items) {
        ChartDifference difference{id, &item, {}};
        std::set<std::vector<std::string>> distinct;
        const auto charted = result_.answers.find(id);
        if (charted == result_.answers.end()) break;
        for (const std::string& reader : result_.form->by) {
          const auto own = charted->second.find(reader);
          if (own == charted->second.end()) continue;
          const auto given = own->second.find(item.id);
          difference.given.emplace_back(reader,
                                        given == own->second.end() ? std::vector<std::string>() : given->second);
          distinct.insert(sorted(difference.given.back().second));
        }
        const auto joint = result_.joint.find(id);
        const bool isSettled = joint != result_.joint.end() && joint->second.contains(item.id);
        if (distinct.size() > 1 && !isSettled) result_.differences.push_back(std::move(difference));
      }
  }

  const PeopleInput& input_;
  const Studies& studies_;
  ChartResult& result_;
  RowProblems problems_;
  const std::set<RecordId> in_;
  std::map<std::string, const config::FormItem*> items_;
  std::map<std::pair<RecordId, std::string>, std::uint32_t> versions_;
  std::map<std::pair<const Answers*, std::string>, std::string> answeredIn_;  ///< by answers and item: the file
};

}  // namespace

std::string columnHeading(const config::FormItem& item) {
  return item.extra ? item.label : item.id + ". " + item.label;
}

Answers ChartResult::finalAnswers(RecordId record) const {
  Answers final;
  const auto charted = answers.find(record);
  if (charted == answers.end()) return final;
  for (const auto& [reader, given] : charted->second)
    for (const auto& [item, values] : given) final.try_emplace(item, values);
  for (const ChartDifference& difference : differences)
    if (difference.record == record) final.erase(difference.item->id);
  if (const auto together = joint.find(record); together != joint.end())
    for (const auto& [item, values] : together->second) final[item] = values;
  return final;
}

std::vector<std::string> ChartResult::chartedBy(RecordId record) const {
  std::vector<std::string> names;
  if (const auto charted = answers.find(record); charted != answers.end())
    for (const std::string& reader : form->by)
      if (charted->second.contains(reader)) names.push_back(reader);
  return names;
}

bool ChartResult::isOpen() const {
  const auto hasSome = [](const auto& list) {
    return std::any_of(list.begin(), list.end(), [](const auto& m) { return !m.second.empty(); });
  };
  return refused != 0 || !differences.empty() || hasSome(missing) || hasSome(outdated);
}

ChartResult readCharting(const PeopleInput& input, const config::Step& step, const Studies& studies,
                         const std::vector<RecordId>& included) {
  const auto& forms = input.work.review.forms;
  ChartResult result;
  result.form = &*std::find_if(forms.begin(), forms.end(), [&](const auto& f) { return f.name == step.form; });
  result.step = &step;
  result.in = studies.firstReports(included);
  ChartReader(input, studies, result).read();
  return result;
}

}  // namespace winnow::engine
