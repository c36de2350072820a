#include "Arms.hpp"

#include <algorithm>

#include <winnow/formats/csv.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::synthesis {

namespace {

using formats::CsvTable;

constexpr std::string_view kGroups[] = {"intervention", "control", "single", "effect"};

std::vector<std::string> reviewersOf(std::string_view cell) {
  std::vector<std::string> names;
  for (const std::string_view name : formats::split(cell, ";")) names.emplace_back(name);
  return names;
}

/// Reads one file.
class FileReader {
 public:
  FileReader(const TextFile& file, const Studies& studies, ChartedArms& out)
      : name_(file.name), table_(file.text), studies_(studies), out_(out) {}

  void read() {
    if (table_.heading().empty()) return;
    for (const char* needed : {"record", "reviewer", "outcome", "group"}) table_.required(needed);
    tellUnknownColumns();
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      try {
        readRow(row);
      } catch (const std::invalid_argument& error) {
        out_.problems.push_back(name_ + ", " + error.what());
      }
    }
  }

 private:
  std::string_view cell(std::size_t row, const char* column) const {
    const auto at = table_.column(column);
    return at ? formats::trim(table_.cell(row, *at)) : std::string_view();
  }

  void tellUnknownColumns() {
    for (std::size_t i = 0; i < table_.heading().size(); ++i) {
      const std::string heading(formats::trim(table_.heading()[i]));
      const auto isOne = [&](const char* known) { return heading == known; };
      const bool isKnown = heading.empty() || std::any_of(std::begin(kArmTexts), std::end(kArmTexts), isOne) ||
                           std::any_of(std::begin(kArmNumbers), std::end(kArmNumbers), isOne);
      const bool isForPeople = heading == "record" || heading == "reviewer" || heading == "title" ||
                               heading == "quote" || heading == "page" || heading == "note";
      if (!isKnown && !isForPeople)
        out_.problems.push_back(name_ + ", row 1, column " + std::to_string(i + 1) + ": no column is called '" +
                                heading + "'");
    }
  }

  void readRow(std::size_t row) {
    Arm arm;
    const bool isEmpty = std::all_of(std::begin(kArmNumbers), std::end(kArmNumbers),
                                     [&](const char* name) { return cell(row, name).empty(); });
    if (isEmpty) return;  // a row of the sheet that nobody has filled in
    const auto study = studies_.find(cell(row, "record"));
    if (!study)
      throw table_.error(row, table_.required("record"),
                         "'" + std::string(cell(row, "record")) + "' is no included record");
    arm.study = *study;
    arm.reviewers = reviewersOf(cell(row, "reviewer"));
    if (arm.reviewers.empty()) throw table_.error(row, table_.required("reviewer"), "nobody has signed the row");
    for (const char* name : kArmTexts) arm.texts[name] = std::string(cell(row, name));
    const std::string& group = arm.texts["group"];
    if (std::find(std::begin(kGroups), std::end(kGroups), group) == std::end(kGroups))
      throw table_.error(row, table_.required("group"),
                         "'" + group + "' is none of intervention, control, single, effect");
    if (const std::string& better = arm.texts["better"]; !better.empty() && better != "higher" && better != "lower")
      throw table_.error(row, table_.required("better"), "'" + better + "' is neither higher nor lower");
    for (const char* name : kArmNumbers)
      if (!cell(row, name).empty()) arm.numbers[name] = table_.number(row, table_.required(name));
    arm.place = name_ + ", row " + std::to_string(table_.numberOf(row));
    out_.arms.push_back(std::move(arm));
  }

  const std::string& name_;
  CsvTable table_;
  const Studies& studies_;
  ChartedArms& out_;
};

using ArmKey = std::vector<std::string>;

/// What makes two rows speak of the same arm.
ArmKey keyOf(const Arm& arm) {
  const auto plain = [&](const char* name) { return formats::lower(arm.text(name)); };
  return {std::to_string(arm.study), plain("outcome"), plain("time"), plain("group"), plain("arm")};
}

std::string difference(const Arm& a, const Arm& b) {
  if (formats::lower(a.text("unit")) != formats::lower(b.text("unit")))
    return "unit: '" + a.text("unit") + "' and '" + b.text("unit") + "'";
  for (const char* name : kArmNumbers) {
    const auto left = a.numbers.find(name), right = b.numbers.find(name);
    const bool isLeft = left != a.numbers.end(), isRight = right != b.numbers.end();
    if (isLeft != isRight || (isLeft && left->second != right->second)) return name;
  }
  return {};
}

/// The row that counts among those of one arm; null, with the conflict noted, if readers differ.
const Arm* agreed(const std::vector<const Arm*>& rows, const Studies& studies, ChartedArms& out) {
  const Arm* joint = nullptr;
  for (const Arm* row : rows)
    if (row->reviewers.size() > 1) joint = row;
  if (joint != nullptr) return joint;
  for (const Arm* row : rows) {
    const std::string what = difference(*rows.front(), *row);
    if (what.empty()) continue;
    const bool isSame = rows.front()->reviewers == row->reviewers;
    out.conflicts.push_back(studies.all()[row->study].label + ", " + row->text("outcome") + ", " + row->text("group") +
                            ": " +
                            (isSame ? row->reviewers.front() + " has charted it twice, differently (" + what + ")"
                                    : rows.front()->reviewers.front() + " and " + row->reviewers.front() + " differ (" +
                                          what + "); a row that both sign settles it") +
                            " [" + rows.front()->place + "; " + row->place + "]");
    return nullptr;
  }
  return rows.front();
}

}  // namespace

ChartedArms readArms(const std::vector<TextFile>& files, const Studies& studies) {
  ChartedArms read;
  for (const TextFile& file : files) {
    try {
      FileReader(file, studies, read).read();
    } catch (const std::invalid_argument& error) {
      read.problems.push_back(file.name + ", " + error.what());
    }
  }
  ChartedArms out;
  std::map<ArmKey, std::vector<const Arm*>> byKey;
  std::vector<ArmKey> order;
  for (const Arm& arm : read.arms) {
    auto& rows = byKey[keyOf(arm)];
    if (rows.empty()) order.push_back(keyOf(arm));
    rows.push_back(&arm);
  }
  for (const ArmKey& key : order) {
    const auto& rows = byKey[key];
    out.doublyCharted += std::any_of(rows.begin(), rows.end(),
                                     [&](const Arm* row) { return row->reviewers != rows.front()->reviewers; });
    if (const Arm* arm = agreed(rows, studies, out)) out.arms.push_back(*arm);
  }
  out.problems = std::move(read.problems);
  return out;
}

}  // namespace winnow::synthesis
