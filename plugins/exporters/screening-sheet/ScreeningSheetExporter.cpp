// exporters.screening-sheet: the sheet that one reader fills in. It never shows another reader's vote: its columns come
// from a closed list in which no vote has a place. Rules: README.md.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "bibliography/Work.hpp"
#include "table/Table.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Person;
using bibliography::Vocabulary;
using bibliography::Work;

struct Shown {
  std::string_view column;
  tags::Name tag;  ///< empty: the authors' names
};
/// What a sheet can show between the record and the answer.
constexpr Shown kShown[] = {{"title", tags::kTitle},
                            {"authors", {}},
                            {"year", tags::kIssuedYear},
                            {"journal", tags::kContainerTitle},
                            {"keywords", tags::kKeyword},
                            {"abstract", tags::kAbstract},
                            {"doi", tags::kDoi},
                            {"pmid", tags::kPmid},
                            {"number", tags::kAccession},
                            {"proposal", tags::kProposalDecision},
                            {"proposal_reason", tags::kProposalReason},
                            {"evidence", tags::kProposalEvidence}};

std::string authorsOf(const Work& work) {
  std::string text;
  for (const Person& person : work.people("author")) {
    if (!text.empty()) text.append("; ");
    text.append(person.display());
  }
  return text;
}

std::string cellOf(const Shown& shown, const Work& work) {
  if (shown.tag.empty()) return authorsOf(work);
  if (shown.tag == tags::kTitle) return std::string(work.first(shown.tag));
  return work.joined(shown.tag, shown.tag == tags::kAbstract ? "\n\n" : "; ");
}

/// Writes the rows that one reader answers.
class ScreeningSheetExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.screening-sheet", version = "1.0.0",
                                    help = "The sheet that one reader fills in, without the votes of others.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_STRING, "reviewer", "", "Who fills the sheet in.", {}, {}, {}, WINNOW_OPTION_REQUIRED),
      option(WINNOW_CHOICE, "kind", "decision", "What is asked: a decision with its reason, or a category.",
             "decision|category"),
      option(WINNOW_LIST, "columns",
             "title|authors|year|journal|keywords|abstract|doi|pmid|number|proposal|proposal_reason|evidence",
             "What is shown of a record.",
             "title|authors|year|journal|keywords|abstract|doi|pmid|number|proposal|proposal_reason|evidence")};

  ScreeningSheetExporter(Host host, const Settings& settings)
      : Exporter(host),
        vocabulary_(host),
        reviewer_(settings.text("reviewer")),
        answers_(settings.text("kind") == "category" ? table::Row{"category", "note"}
                                                     : table::Row{"decision", "reason", "note"}) {
    if (reviewer_.empty()) throw std::invalid_argument("\"reviewer\" is missing: a sheet belongs to one reader");
    for (const std::string_view name : settings.list("columns")) show(name);
  }

  winnow_status write(Sink sink) override {
    winnow_status written = sink.write(table::header(columns(), table::Format::csv));
    std::size_t others = 0;
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const Work work(vocabulary_, record);
      if (isAssigned(work))
        written = sink.write(table::row(cells(work), table::Format::csv));
      else
        ++others;
    });
    if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
    if (others != 0) tellOthers(others);
    return WINNOW_OK;
  }

 private:
  void show(std::string_view name) {
    const auto found =
        std::find_if(std::begin(kShown), std::end(kShown), [&](const Shown& s) { return s.column == name; });
    if (found == std::end(kShown)) throw std::invalid_argument("\"columns\" cannot show \"" + std::string(name) + "\"");
    shown_.push_back(*found);
  }

  table::Row columns() const {
    table::Row row{"record", "wave", "reviewer"};
    for (const Shown& shown : shown_) row.emplace_back(shown.column);
    row.insert(row.end(), answers_.begin(), answers_.end());
    return row;
  }

  table::Row cells(const Work& work) const {
    table::Row row{std::string(work.first(tags::kRecordKey)), std::string(work.first(tags::kRecordWave)), reviewer_};
    for (const Shown& shown : shown_) row.push_back(cellOf(shown, work));
    row.resize(row.size() + answers_.size());
    return row;
  }

  /// A record that names its readers goes to these alone; one that names none goes to everybody.
  bool isAssigned(const Work& work) const {
    const std::vector<std::string_view> readers = work.all(tags::kVoteAssigned);
    return readers.empty() || std::find(readers.begin(), readers.end(), reviewer_) != readers.end();
  }

  void tellOthers(std::size_t count) const {
    const std::string message =
        std::to_string(count) + (count == 1 ? " record is" : " records are") + " not assigned to \"" + reviewer_ + "\"";
    host().diagnose({WINNOW_INFO, "sheet.not-assigned", message, "left out of the sheet", {}, 0});
  }

  Vocabulary vocabulary_;
  std::string reviewer_;
  table::Row answers_;
  std::vector<Shown> shown_;
};

}  // namespace

WINNOW_PLUGIN("winnow", "exporters-screening-sheet", "1.0.0", "Apache-2.0", ScreeningSheetExporter)
