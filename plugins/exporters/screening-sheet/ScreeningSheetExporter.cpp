// exporters.screening-sheet: the sheet that one reader fills in. It shows that reader's own words and nobody else's: of
// votes it takes those that name the reader. Rules: README.md.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "bibliography/Work.hpp"
#include "sheet/Sheet.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Person;
using bibliography::Vocabulary;
using bibliography::Work;
using sheet::Use;

struct Shown {
  std::string_view column;
  tags::Name tag;  ///< empty: the authors' names
  double width;    ///< of a workbook's column, in characters
};
/// What a sheet can show of a record, in the order of the columns.
constexpr Shown kShown[] = {{"proposal", tags::kProposalDecision, 11},
                            {"proposal_reason", tags::kProposalReason, 20},
                            {"evidence", tags::kProposalEvidence, 24},
                            {"title", tags::kTitle, 50},
                            {"year", tags::kIssuedYear, 6},
                            {"authors", {}, 24},
                            {"abstract", tags::kAbstract, 90},
                            {"doi", tags::kDoi, 28},
                            {"pmid", tags::kPmid, 10},
                            {"number", tags::kAccession, 16},
                            {"journal", tags::kContainerTitle, 24},
                            {"keywords", tags::kKeyword, 30}};

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
  if (shown.tag == tags::kDoi) return sheet::doiLink(work.first(shown.tag));
  return work.joined(shown.tag, shown.tag == tags::kAbstract ? "\n\n" : "; ");
}

/// What the reader of the sheet said so far.
struct OwnWord {
  std::string_view decision, reason, note;
};

/// Writes the rows that one reader answers.
class ScreeningSheetExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.screening-sheet", version = "2.0.0",
                                    help = "The sheet that one reader fills in, without the votes of others.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_STRING, "reviewer", "", "Who fills the sheet in.", {}, {}, {}, WINNOW_OPTION_REQUIRED),
      option(WINNOW_CHOICE, "kind", "decision", "What is asked: a decision with its reason, or a category.",
             "decision|category"),
      option(WINNOW_LIST, "columns",
             "proposal|proposal_reason|evidence|title|year|authors|abstract|doi|pmid|number|journal|keywords",
             "What is shown of a record; proposals only where there are any.",
             "proposal|proposal_reason|evidence|title|year|authors|abstract|doi|pmid|number|journal|keywords"),
      sheet::kFormat, sheet::kSeparator};

  ScreeningSheetExporter(Host host, const Settings& settings)
      : Exporter(host),
        vocabulary_(host),
        reviewer_(settings.text("reviewer")),
        isCategory_(settings.text("kind") == "category"),
        file_(settings, reviewer_, 0) {
    if (reviewer_.empty()) throw std::invalid_argument("\"reviewer\" is missing: a sheet belongs to one reader");
    const std::vector<std::string_view> wanted = settings.list("columns");
    for (const std::string_view name : wanted)
      if (std::none_of(std::begin(kShown), std::end(kShown), [&](const Shown& s) { return s.column == name; }))
        throw std::invalid_argument("\"columns\" cannot show \"" + std::string(name) + "\"");
    for (const Shown& shown : kShown)
      if (std::find(wanted.begin(), wanted.end(), shown.column) != wanted.end()) wanted_.push_back(shown);
  }

  winnow_status write(Sink sink) override {
    about_ = sheet::readAbout(host().document("review"), host().document("sheet"));
    for (const sheet::Named& criterion : about_.criteria)
      criterionTags_.push_back(host().tag("criterion." + criterion.id));
    if (const winnow_status begun = begin(sink); begun != WINNOW_OK) return begun;
    winnow_status written = WINNOW_OK;
    std::size_t others = 0;
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const Work work(vocabulary_, record);
      if (isAssigned(work))
        written = file_.row(sink, cells(record, work));
      else
        ++others;
    });
    if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
    if (others != 0) tellOthers(others);
    return file_.end(sink);
  }

 private:
  winnow_status begin(Sink& sink) {
    shown_ = wanted_;
    if (!about_.hasProposals)
      shown_.erase(std::remove_if(shown_.begin(), shown_.end(),
                                  [](const Shown& s) { return s.tag.substr(0, 9) == "proposal."; }),
                   shown_.end());
    std::vector<sheet::Column> columns = answerColumns();
    answers_ = columns.size();
    for (const Shown& shown : shown_)
      columns.push_back(
          {std::string(shown.column), shown.tag == tags::kDoi ? Use::Link : Use::Shown, shown.width, {}, false});
    for (const auto& [heading, width] :
         {std::pair{"wave", 10.0}, std::pair{"reviewer", 10.0}, std::pair{"record", 22.0}})
      columns.push_back({heading, Use::Shown, width, {}, false});
    const winnow_status begun = file_.begin(sink, std::move(columns), about_);
    return begun != WINNOW_OK ? begun : writeConfirmed(sink);
  }

  std::vector<sheet::Column> answerColumns() const {
    std::vector<std::string> reasons;
    for (const sheet::Named& reason : about_.reasons) reasons.push_back(reason.id);
    std::vector<sheet::Column> columns;
    if (isCategory_)
      columns.push_back({"category", Use::Answer, 24, about_.categories, about_.isSeveral});
    else
      columns = {{"decision", Use::Answer, 12, decisionWords(), true}, {"reason", Use::Answer, 20, reasons, true}};
    columns.push_back({"note", Use::Answer, 24, {}, false});
    for (const sheet::Named& criterion : about_.criteria)
      columns.push_back({criterion.id + "?", Use::Answer, 12, {"yes", "no", "unclear"}, false});
    return columns;
  }
  std::vector<std::string> decisionWords() const {
    return about_.decisions.empty() ? std::vector<std::string>{"include", "exclude", "maybe"} : about_.decisions;
  }

  /// What the reader confirmed for whole waves stands above the records.
  winnow_status writeConfirmed(Sink& sink) {
    for (const std::string& wave : about_.confirmed) {
      table::Row row(answers_ + shown_.size());
      row[0] = "confirm";
      row.insert(row.end(), {wave, reviewer_, "*"});
      if (const winnow_status status = file_.row(sink, std::move(row)); status != WINNOW_OK) return status;
    }
    return WINNOW_OK;
  }

  table::Row cells(Record record, const Work& work) const {
    const OwnWord own = ownWord(work);
    table::Row row{std::string(own.decision)};
    if (!isCategory_) row.emplace_back(own.reason);
    row.emplace_back(own.note);
    for (const std::uint32_t tag : criterionTags_) row.emplace_back(record.first(tag));
    for (const Shown& shown : shown_) row.push_back(cellOf(shown, work));
    row.insert(row.end(),
               {std::string(work.first(tags::kRecordWave)), reviewer_, std::string(work.first(tags::kRecordKey))});
    return row;
  }

  /// The vote that names the reader of this sheet; those of others have no place here.
  OwnWord ownWord(const Work& work) const {
    OwnWord own;
    std::uint16_t group = 0;
    for (const Work::Value& value : work.values())
      if (value.tag == tags::kVoteReviewer && value.text == reviewer_) group = value.group;
    if (group == 0) return own;
    for (const Work::Value& value : work.values()) {
      if (value.group != group) continue;
      if (value.tag == tags::kVoteDecision) own.decision = value.text;
      if (value.tag == tags::kVoteReason) own.reason = value.text;
      if (value.tag == tags::kVoteNote) own.note = value.text;
    }
    return own;
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
  bool isCategory_;
  sheet::SheetFile file_;
  sheet::About about_;
  std::vector<std::uint32_t> criterionTags_;
  std::vector<Shown> wanted_, shown_;
  std::size_t answers_ = 0;  ///< how many columns are answered
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-screening-sheet", "2.0.0", "Apache-2.0"),
              ScreeningSheetExporter)
