#include "Charting.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "ChartValues.hpp"
#include "DecisionMemory.hpp"
#include "PageFile.hpp"
#include "RowProblems.hpp"
#include "RowTime.hpp"

namespace winnow::engine {

namespace {

/// Columns that say of which record a row is, not how an item was answered.
bool isOfRecord(std::string_view column) {
  static constexpr std::string_view kColumns[] = {"record", "reviewer", "by",       "title",        "doi",
                                                  "pmid",   "number",   "citation", "form version", "note",
                                                  "wave",   "authors",  "year"};
  return std::find(std::begin(kColumns), std::end(kColumns), column) != std::end(kColumns);
}

/// Columns that rows of the screening page have besides.
bool isOfPage(std::string_view column) {
  return column == "decision" || column == "labels" || column == "first author" || column == "time" ||
         column == "change";
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
    for (const auto& [of, latest] : changes_) readLatest(of.first, of.second, latest);
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
    if (isChange(row)) return takeChange(row, *work, reviewer);
    result_.inSheets.emplace(std::pair{*work, reviewer}, row.file);
    readCells(row, answersOf(row, *work, reviewer));
  }

  Answers& answersOf(const SheetRow& row, RecordId work, const std::string& reviewer) {
    std::uint32_t& version = versions_[{work, reviewer}];
    version = std::max(version, versionOf(row));
    return result_.answers[work][reviewer];
  }

  // ---- rows of the screening page

  static bool isChange(const SheetRow& row) { return !row.cell("change").empty() && !row.cell("time").empty(); }

  /// The rows of the latest time, one a file: which of two files is later within a second is not known.
  struct Latest {
    std::int64_t time = 0;
    std::vector<SheetRow> rows;
  };

  /// Keeps the latest row of a reader about a record; a row that is a note alone says nothing of answers.
  void takeChange(const SheetRow& row, RecordId work, const std::string& reviewer) {
    if (row.cell("decision").empty()) return;
    const std::int64_t time = secondsOf(row.cell("time")).value_or(0);
    Latest& latest = changes_[{work, reviewer}];
    if (!latest.rows.empty() && time < latest.time) return;
    if (time > latest.time) latest.rows.clear();
    latest.time = time;
    std::erase_if(latest.rows, [&](const SheetRow& before) { return before.file == row.file; });
    latest.rows.push_back(row);
  }

  /// Takes the answers of the latest row; where files hold one each, every cell in which they differ is reported.
  void readLatest(RecordId work, const std::string& reviewer, const Latest& latest) {
    const auto isCharted = [](const SheetRow& row) { return row.cell("decision") == kCharted; };
    const auto charted = std::find_if(latest.rows.begin(), latest.rows.end(), isCharted);
    for (const SheetRow& row : latest.rows)
      if (isCharted(row))
        readCells(row, answersOf(row, work, reviewer));
      else if (charted != latest.rows.end())
        problem(row, "charting.contradiction",
                "the answers of " + charted->file + " are taken back here, and nothing tells which is later",
                "the answers stand until one of the two rows is deleted", "decision");
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
      if (!isOfRecord(column) && !(isChange(row) && isOfPage(column))) readCell(row, column, value, answers);
    for (const config::FormItem& item : result_.form->items)
      if (answers.contains(item.id) && !isAsked(item, answers))
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
    CellAnswer answer = answerIn(item, value);
    if (!answer.fault.empty())
      return problem(row, "charting.wrong-value",
                     "'" + answer.wrong + "' in '" + columnHeading(item) + "' " + answer.fault, "the cell was left out",
                     cell);
    std::vector<std::string>& values = answer.values;
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
  std::map<std::pair<RecordId, std::string>, Latest> changes_;                ///< by record and reader
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
