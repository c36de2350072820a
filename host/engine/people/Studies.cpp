#include "Studies.hpp"

#include <algorithm>
#include <optional>

#include "RowProblems.hpp"

#include <winnow/formats/ascii.hpp>

namespace winnow::engine {

namespace {

enum class Said { Nothing, Same, Alone };

/// What a row decides: rows of a list of proposals count when they are confirmed, other rows by standing there.
Said saidBy(const SheetRow& row) {
  const std::string word = plainName(row.cell("decision"));
  if (word == "alone" || word == "distinct" || word == "no" || word == kTakenBack) return Said::Alone;
  if (word == "same" || word == "confirm" || word == "yes") return Said::Same;
  return row.cells.contains("proposed") ? Said::Nothing : Said::Same;
}

/// Reads the study files.
class StudyReader {
 public:
  StudyReader(const PeopleInput& input, const std::vector<RecordId>& included)
      : input_(input), problems_(input.work), included_(included.begin(), included.end()) {}

  /// The name of each report's study; empty: said to stand alone.
  std::map<RecordId, std::string> read() {
    const config::Review& review = input_.work.review;
    for (const SheetRow& row : readSheets(input_.work, review.studies, review.studyNames)) readRow(row);
    problems_.report();
    return std::move(names_);
  }

 private:
  void readRow(const SheetRow& row) {
    const Said said = saidBy(row);
    const std::string name(row.cell("study").empty() ? row.cell("proposed") : row.cell("study"));
    if (row.cells.empty() || said == Said::Nothing || (name.empty() && said == Said::Same)) return;
    const std::optional<RecordId> report = reportOf(row);
    if (!report) return;
    if (!included_.contains(*report)) return;  // excluded or waiting: it has no study yet
    const std::string meant = said == Said::Alone ? std::string() : name;
    const auto [known, isNew] = names_.try_emplace(*report, meant);
    if (isNew || known->second == meant) return;
    if (!meant.empty() && !known->second.empty())
      problems_.warn(
          row, "studies.twice",
          input_.records.key(*report) + " was said to be of the study '" + known->second + "', here of '" + meant + "'",
          "the later row counts");
    known->second = meant;
  }

  std::optional<RecordId> reportOf(const SheetRow& row) {
    std::vector<RecordId> found = input_.references.find(row.cell("record"));
    if (found.empty()) found = input_.references.describedBy(descriptionOf(row)).records;
    std::set<RecordId> works;
    for (const RecordId id : found) works.insert(input_.clusters.representative(id));
    if (works.size() == 1) return *works.begin();
    problems_.warn(row, works.empty() ? "studies.unknown-record" : "studies.ambiguous-record",
                   "'" + std::string(row.cell("record")) + "' names " +
                       (works.empty() ? std::string("no record") : std::to_string(works.size()) + " records"),
                   "the row was left out; name the record by its key");
    return std::nullopt;
  }

  const PeopleInput& input_;
  RowProblems problems_;
  const std::set<RecordId> included_;
  std::map<RecordId, std::string> names_;
};

}  // namespace

Studies::Studies(const PeopleInput& input, const std::vector<RecordId>& included) : count_(included.size()) {
  if (input.work.review.studies.empty()) return;
  const std::map<RecordId, std::string> names = StudyReader(input, included).read();
  std::map<std::string, Study> byName;
  std::vector<std::string> order;
  for (const RecordId report : included) {
    const auto said = names.find(report);
    if (said == names.end()) continue;
    decided_.insert(report);
    if (said->second.empty()) continue;
    Study& study = byName[plainName(said->second)];
    if (study.reports.empty()) {
      study.name = said->second;
      order.push_back(plainName(said->second));
    }
    study.reports.push_back(report);
  }
  for (const std::string& name : order) {
    Study& study = byName[name];
    if (study.reports.size() < 2) continue;
    count_ -= study.reports.size() - 1;
    for (const RecordId report : study.reports) index_[report] = several_.size();
    several_.push_back(std::move(study));
  }
}

const Study* Studies::of(RecordId report) const {
  const auto found = index_.find(report);
  return found == index_.end() ? nullptr : &several_[found->second];
}

RecordId Studies::firstOf(RecordId report) const {
  const Study* study = of(report);
  return study == nullptr ? report : study->reports.front();
}

std::vector<RecordId> Studies::firstReports(const std::vector<RecordId>& included) const {
  std::vector<RecordId> first;
  for (const RecordId report : included)
    if (firstOf(report) == report) first.push_back(report);
  return first;
}

namespace {

/// A register's numbers: letters, then digits with hyphens between them.
struct Register {
  std::string_view begin;    ///< upper case
  std::size_t fewest, most;  ///< digits
};
constexpr Register kRegisters[] = {{"NCT", 8, 8},    {"ISRCTN", 8, 8},  {"ACTRN", 14, 14}, {"CHICTR", 8, 12},
                                   {"DRKS", 8, 8},   {"CTRI/", 10, 12}, {"JRCT", 9, 12},   {"UMIN", 9, 9},
                                   {"IRCT", 10, 18}, {"NTR", 2, 6},     {"PACTR", 15, 15}, {"CRD", 11, 11},
                                   {"EUCTR", 12, 12}};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
using formats::isDigit;
using formats::isLetterOrDigit;

/// The number that begins at a place of the text; empty if none does.
std::string numberAt(std::string_view text, const Register& of) {
  std::string begin;
  for (const char c : text.substr(0, of.begin.size())) begin += upper(c);
  if (begin != of.begin) return {};
  std::string number(of.begin);
  std::size_t digits = 0, at = of.begin.size();
  for (; at < text.size() && digits < of.most; ++at) {
    const char c = text[at];
    if (isDigit(c)) {
      number += c;
      ++digits;
    } else if ((c == '-' || c == '/' || c == ' ') && at + 1 < text.size() && isDigit(text[at + 1])) {
      continue;  // ISRCTN 12345678, CTRI/2019/01/012345
    } else {
      break;
    }
  }
  const bool endsThere = at >= text.size() || !isLetterOrDigit(text[at]);
  return digits >= of.fewest && endsThere ? number : std::string();
}

/// "2012-001234-56", the form of EudraCT and CTIS.
std::string europeanAt(std::string_view text) {
  constexpr std::string_view kForm = "0000-000000-00";
  if (text.size() < kForm.size()) return {};
  for (std::size_t i = 0; i < kForm.size(); ++i)
    if (kForm[i] == '-' ? text[i] != '-' : !isDigit(text[i])) return {};
  if (text[0] != '2' || (text.size() > kForm.size() && isDigit(text[kForm.size()]))) return {};
  return "EU" + std::string(text.substr(0, kForm.size()));
}

}  // namespace

std::vector<std::string> registrationNumbers(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && isLetterOrDigit(text[at - 1])) continue;
    std::string number = europeanAt(text.substr(at));
    for (const Register& of : kRegisters)
      if (number.empty()) number = numberAt(text.substr(at), of);
    if (!number.empty() && std::find(found.begin(), found.end(), number) == found.end()) found.push_back(number);
  }
  return found;
}

std::vector<StudyProposal> proposeStudies(const PeopleInput& input, const Studies& studies,
                                          const std::vector<RecordId>& included) {
  std::map<std::string, std::vector<RecordId>> byNumber;
  ledger::RecordBlock block;
  for (const RecordId report : included) {
    const std::vector<RecordId> members = visibleMembers(input.records, input.clusters, report);
    input.work.ledger.read(members, false, block, [&](RecordId id) { return input.records.home(id).line; });
    std::set<std::string> numbers;
    for (const winnow_field& field : block.fields)
      for (std::string& number : registrationNumbers({field.value.data, field.value.size}))
        numbers.insert(std::move(number));
    for (const std::string& number : numbers) byNumber[number].push_back(report);
  }
  std::vector<StudyProposal> proposals;
  for (auto& [number, reports] : byNumber) {
    const bool isOpen =
        std::any_of(reports.begin(), reports.end(), [&](RecordId id) { return !studies.isDecided(id); });
    if (reports.size() > 1 && isOpen) proposals.push_back({number, std::move(reports)});
  }
  return proposals;
}

}  // namespace winnow::engine
