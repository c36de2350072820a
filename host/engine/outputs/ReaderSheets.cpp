#include "ReaderSheets.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <unordered_map>

#include <nlohmann/json.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "ConsensusSheet.hpp"
#include "SheetDocument.hpp"
#include "StudySheet.hpp"
#include "engine/flow/Flow.hpp"
#include "engine/people/Eligibility.hpp"
#include "engine/stages/Stages.hpp"
#include "io/FileName.hpp"
#include "io/Listed.hpp"

namespace winnow::engine {

namespace {

constexpr std::uint16_t kFirstVote = 20000;  // groups above every group an importer gives
constexpr const char* kScreeningSheet = "exporters.screening-sheet";
constexpr const char* kConflictSheet = "exporters.conflict-sheet";
constexpr const char* kChartingSheet = "exporters.charting";

/// Fields for one vote, in a group of its own.
void addVote(const Decision& word, std::uint16_t group, std::vector<ExtraField>& fields) {
  fields.push_back({tags::kVoteReviewer, word.reviewer, group});
  fields.push_back({tags::kVoteDecision, word.value, group});
  fields.push_back({tags::kVoteReason, word.reason, group});
  fields.push_back({tags::kVoteNote, word.note, group});
}

/// Every category that a machine proposes for a record, each with the words that decided.
ExtraFields severalProposalsOf(const Workspace& work, const StepResult& step) {
  auto places = std::make_shared<std::unordered_map<RecordId, std::size_t>>();
  for (std::size_t i = 0; i < step.in.size(); ++i) places->emplace(step.in[i], i);
  return [&work, &step, places](RecordId id, std::vector<ExtraField>& fields) {
    std::string names, evidence;
    for (std::size_t c = 0; c < step.mapping->questions.size(); ++c) {
      const Question& question = step.mapping->questions[c];
      const auto row = work.ledger.verdict(question.stage, id, question.views[places->at(id)]);
      if (!row || row->action != WINNOW_CATEGORY) continue;
      names += (names.empty() ? "" : "; ") + step.mapping->categories[c];
      evidence += (evidence.empty() ? "" : "; ") + row->evidence;
    }
    fields.push_back({tags::kProposalDecision, names.empty() ? "undecided" : "category", 0});
    if (!names.empty()) fields.push_back({tags::kProposalReason, names, 0});
    fields.push_back({tags::kProposalEvidence, evidence, 0});
  };
}

/// What one reader wrote so far, and nobody else's word.
ExtraFields ownWords(const Workspace& work, const StepResult& step, const std::string& reviewer,
                     ExtraFields proposals) {
  // Tags live as long as the fields that name them.
  const auto criterionTags = std::make_shared<std::map<std::string, std::string>>();
  for (const config::Criterion& c : work.review.criteria) criterionTags->emplace(c.id, "criterion." + c.id);
  return
      [&step, reviewer, criterionTags, proposals = std::move(proposals)](RecordId id, std::vector<ExtraField>& fields) {
        if (proposals) proposals(id, fields);
        const Decision* word = step.said.written(id, reviewer);
        if (word == nullptr || step.said.unsettled.contains({id, reviewer})) return;
        addVote(*word, kFirstVote, fields);
        for (const auto& [criterion, answer] : word->criteria)
          if (const auto tag = criterionTags->find(criterion); tag != criterionTags->end())
            fields.push_back({tag->second, answer, kFirstVote});
      };
}

/// The records about which the readers of a step have to decide together.
std::vector<RecordId> disputed(const StepResult& step) {
  std::vector<RecordId> ids;
  if (step.screening)
    for (const std::size_t i : step.screening->conflicts) ids.push_back(step.in[i]);
  return ids;
}

/// Headings of the items that people answer; the others are filled in from the record.
std::vector<std::string> answersOf(const config::Form& form) {
  std::vector<std::string> columns;
  for (const config::FormItem& item : form.items)
    if (item.from.empty()) columns.push_back(plainName(columnHeading(item)));
  return columns;
}

/// Writes the sheets of one evaluation.
class SheetWriting {
 public:
  SheetWriting(const Workspace& work, const Evaluation& evaluation)
      : work_(work),
        evaluation_(evaluation),
        writer_(work, evaluation),
        isXlsx_(work.review.sheets.format == config::SheetFormat::Xlsx),
        review_(reviewOf(work.review).dump()) {}

  std::vector<OutputReport> run() {
    for (const StepResult& step : evaluation_.steps()) {
      for (const OpenWork& open : step.open)
        if (!open.records.empty()) writeReading(step, open);
      writeConflicts(step);
    }
    for (const ChartResult& chart : evaluation_.charts()) writeCharting(chart);
    writeStudies();
    for (const ChartResult& chart : evaluation_.charts()) writeConsensus(chart);
    return std::move(reports_);
  }

 private:
  std::string extension() const { return isXlsx_ ? ".xlsx" : ".csv"; }
  std::string path(const std::string& step, const std::string& name) const {
    return sheetPath(work_.review, step, name) + extension();
  }

  /// Settings of a built-in sheet: its defaults with some replaced, and how sheets are written.
  plugins::SettingList settings(const char* plugin, plugins::SettingList given) const {
    plugins::SettingList list = defaultSettings(*work_.stage(plugin).stage);
    given.emplace_back("format", isXlsx_ ? "xlsx" : "csv");
    given.emplace_back("separator", work_.review.sheets.separator == '\t'
                                        ? std::string("tab")
                                        : std::string(1, work_.review.sheets.separator));
    for (auto& [name, value] : given) std::erase_if(list, [&key = name](const auto& s) { return s.first == key; });
    list.insert(list.end(), given.begin(), given.end());
    return list;
  }

  void write(const std::string& step, const std::string& name, OutputPlan plan) {
    plan.path = path(step, name);
    plan.role = io::FileRole::Decisions;
    reports_.push_back(writer_.write(plan));
    // Somebody may have filled in the sheet of another format before `sheets:` changed.
    writer_.reportForgotten(sheetPath(work_.review, step, name) + (isXlsx_ ? ".csv" : ".xlsx"), plan.answers);
  }

  /// Beside sheets of CSV: question, definitions and criteria as text.
  void writeAbout(const std::string& step, const char* plugin, plugins::SettingList list, const Documents& documents) {
    if (isXlsx_) return;
    for (auto& [name, value] : list)
      if (name == "format") value = "about";
    std::erase_if(list, [](const auto& s) { return s.first == "reviewer"; });
    list.emplace_back("reviewer", "everybody");
    OutputPlan plan{
        sheetPath(work_.review, step, "criteria") + ".txt", plugin, std::move(list), documents, {}, true, {}};
    plan.role = io::FileRole::Decisions;  // it lies among them
    reports_.push_back(writer_.write(plan));
  }

  void writeReading(const StepResult& step, const OpenWork& open) {
    const bool isMap = step.step->verb == config::Verb::Map;
    const Documents documents{{"review", review_}, {"sheet", sheetOf(work_, step, open.reviewer).dump()}};
    const plugins::SettingList list =
        settings(kScreeningSheet, {{"reviewer", open.reviewer}, {"kind", isMap ? "category" : "decision"}});
    write(step.step->id, open.reviewer,
          {{},
           kScreeningSheet,
           list,
           documents,
           ordered(work_, evaluation_, step, open.reviewer, givenTo(step, open.reviewer)),
           true,
           ownWords(work_, step, open.reviewer, proposalsOf(work_, step)),
           readingAnswers(step, open.reviewer)});
    if (abouts_.insert(step.step->id).second) writeAbout(step.step->id, kScreeningSheet, list, documents);
  }

  SheetAnswers readingAnswers(const StepResult& step, const std::string& reviewer) const {
    std::vector<std::string> columns{"decision", "category", "reason", "note"};
    for (const config::Criterion& c : work_.review.criteria) columns.push_back(plainName(criterionColumn(c)));
    return {std::move(columns), [this, &step, reviewer](const SheetRow& row) { return isKnown(step, reviewer, row); },
            io::quoted(step.step->decisionPatterns)};
  }

  /// True if all that a row answers is what its reader has said already.
  bool isKnown(const StepResult& step, const std::string& reviewer, const SheetRow& row) const {
    const std::vector<RecordId> named = evaluation_.references().find(row.cell("record"));
    if (named.size() != 1 || row.cell("reviewer") != reviewer) return false;
    const Decision* word = step.said.written(evaluation_.clusters().representative(named.front()), reviewer);
    if (word == nullptr) return false;
    const bool isMap = step.step->verb == config::Verb::Map;
    const std::string_view written = row.cell(isMap ? "category" : "decision");
    const std::string counted = isMap ? std::string() : decisionWord(written);
    const bool isSame = plainName(written) == plainName(word->value) || (!counted.empty() && counted == word->value) ||
                        (written.empty() && !word->criteria.empty());
    const bool sameCriteria =
        std::all_of(work_.review.criteria.begin(), work_.review.criteria.end(), [&](const config::Criterion& c) {
          const std::string_view answer = row.cell(plainName(criterionColumn(c)));
          const auto known = word->criteria.find(c.id);
          return answer.empty() || (known != word->criteria.end() && plainName(known->second) == plainName(answer));
        });
    return isSame && sameCriteria && plainName(row.cell("reason")) == plainName(word->reason) &&
           plainName(row.cell("note")) == plainName(word->note);
  }

  void writeConflicts(const StepResult& step) {
    std::vector<RecordId> ids = disputed(step);
    if (ids.empty()) return;
    plugins::SettingList list = settings(kConflictSheet, {});
    for (const config::Reader& reader : step.step->readers) list.emplace_back("readers", reader.reviewer);
    write(step.step->id, "conflicts",
          {{},
           kConflictSheet,
           std::move(list),
           {{"review", review_}, {"sheet", sheetOf(work_, step, {}).dump()}},
           std::move(ids),
           true,
           wordsOfAll(step),
           {{"decision", "reason", "note"}, {}, {}}});
  }

  void writeCharting(const ChartResult& chart) {
    const Documents documents{{"review", review_}, {"form", formOf(*chart.form).dump()}};
    for (const std::string& reviewer : chart.form->by) {
      if (!hasOpenWork(chart, reviewer)) continue;
      write(chart.step->id, reviewer,
            {{},
             kChartingSheet,
             settings(kChartingSheet, {{"sheet", "true"}, {"reviewer", reviewer}}),
             documents,
             chart.in,
             true,
             ownAnswers(chart, reviewer),
             {answersOf(*chart.form),
              [this, &chart, reviewer](const SheetRow& row) { return isKnown(chart, reviewer, row); },
              io::quoted(chart.step->decisionPatterns)}});
    }
  }

  void writeConsensus(const ChartResult& chart) {
    if (chart.differences.empty()) return;
    reports_.push_back(writer_.writeText(sheetPath(work_.review, chart.step->id, "consensus") + ".csv",
                                         consensusSheet(chart, evaluation_.records(), work_.review.sheets.separator),
                                         {{"value", "note"}, {}, {}}, chart.differences.size()));
  }

  /// Looked for where studies matter: where reports are charted, or the review has files of studies.
  void writeStudies() {
    if (evaluation_.charts().empty() && work_.review.studyPatterns.empty()) return;
    const PeopleInput people{work_, evaluation_.records(), evaluation_.clusters(), evaluation_.references()};
    const auto proposals = proposeStudies(people, evaluation_.studies(), evaluation_.included());
    if (!proposals.empty())
      reports_.push_back(writer_.writeText(work_.review.outFolder + "/sheets/studies.csv",
                                           studySheet(people, proposals), {{"decision", "study"}, {}, {}},
                                           proposals.size()));
  }

  static bool hasOpenWork(const ChartResult& chart, const std::string& reviewer) {
    for (const auto* list : {&chart.missing, &chart.outdated})
      for (const auto& [reader, ids] : *list)
        if (reader == reviewer && !ids.empty()) return true;
    return false;
  }

  /// What one reader charted so far.
  ExtraFields ownAnswers(const ChartResult& chart, const std::string& reviewer) const {
    const auto itemTags = std::make_shared<std::map<std::string, std::string>>();
    for (const config::FormItem& item : chart.form->items) itemTags->emplace(item.id, "own." + item.id);
    return [&chart, reviewer, itemTags](RecordId id, std::vector<ExtraField>& fields) {
      const auto charted = chart.answers.find(id);
      if (charted == chart.answers.end()) return;
      const auto own = charted->second.find(reviewer);
      if (own == charted->second.end()) return;
      for (const auto& [item, values] : own->second)
        for (const std::string& value : values) fields.push_back({itemTags->at(item), value, 0});
    };
  }

  bool isKnown(const ChartResult& chart, const std::string& reviewer, const SheetRow& row) const {
    const std::vector<RecordId> named = evaluation_.references().find(row.cell("record"));
    if (named.size() != 1 || row.cell("reviewer") != reviewer) return false;
    const auto charted = chart.answers.find(evaluation_.clusters().representative(named.front()));
    if (charted == chart.answers.end() || !charted->second.contains(reviewer)) return false;
    const Answers& own = charted->second.at(reviewer);
    return std::all_of(chart.form->items.begin(), chart.form->items.end(), [&](const config::FormItem& item) {
      const std::string_view cell = row.cell(plainName(columnHeading(item)));
      if (cell.empty()) return true;
      const auto known = own.find(item.id);
      std::string values;
      if (known != own.end())
        for (const std::string& value : known->second) values += (values.empty() ? "" : "; ") + value;
      return plainName(cell) == plainName(values);
    });
  }

  const Workspace& work_;
  const Evaluation& evaluation_;
  OutputWriter writer_;
  const bool isXlsx_;
  const std::string review_;
  std::set<std::string> abouts_;  ///< steps whose text is written
  std::vector<OutputReport> reports_;
};

}  // namespace

ExtraFields wordsOfAll(const StepResult& step) {
  return [&step](RecordId id, std::vector<ExtraField>& fields) {
    std::uint16_t group = kFirstVote;
    for (const config::Reader& reader : step.step->readers)
      if (const Decision* word = step.said.word(id, reader.reviewer)) addVote(*word, ++group, fields);
    const Resolution* joint = step.said.resolution(id);
    if (joint == nullptr) return;
    ++group;
    for (const std::string& name : joint->by) fields.push_back({tags::kResolutionBy, name, group});
    fields.push_back({tags::kResolutionDecision, joint->value, group});
    fields.push_back({tags::kResolutionReason, joint->reason, group});
    fields.push_back({tags::kResolutionNote, joint->note, group});
  };
}

std::vector<RecordId> ordered(const Workspace& work, const Evaluation& evaluation, const StepResult& step,
                              const std::string& reviewer, std::vector<RecordId> given) {
  if (!hasOrder(*step.step)) return given;
  if (isOrderedByHash(*step.step))
    return byChance(evaluation.records(), evaluation.clusters(), *step.step, std::move(given));
  const std::map<RecordId, bool> labels = labelsOf(step, reviewer);
  std::vector<RecordId> sheet;
  if (isByChance(*step.step, labels.size())) {
    sheet = openOf(byChance(evaluation.records(), evaluation.clusters(), *step.step, given), labels);
  } else {
    Views views(work.review, work.ledger, evaluation.records(), evaluation.clusters(), work.tags,
                &evaluation.annotations());
    ReadingOrder order(work, *step.step->order, views, given);
    for (const NextRecord& next : order.after(labels)) sheet.push_back(next.record);
  }
  for (const RecordId id : given)
    if (labels.contains(id)) sheet.push_back(id);
  return sheet;
}

ExtraFields proposalsOf(const Workspace& work, const StepResult& step) {
  if (step.stage == 0 || step.step->verb == config::Verb::Screen) return {};
  if (step.mapping && !step.mapping->questions.empty()) return severalProposalsOf(work, step);
  auto places = std::make_shared<std::unordered_map<RecordId, std::size_t>>();
  for (std::size_t i = 0; i < step.in.size(); ++i) places->emplace(step.in[i], i);
  const auto reasons = std::make_shared<const std::vector<ledger::ReasonRow>>(work.ledger.reasons(step.stage));
  return [&work, &step, places, reasons](RecordId id, std::vector<ExtraField>& fields) {
    const std::optional<ledger::VerdictRow> row = step.answer(work.ledger, places->at(id));
    if (!row) return;
    const char* word = row->action == WINNOW_DROP       ? "exclude"
                       : row->action == WINNOW_UNSURE   ? "undecided"
                       : row->action == WINNOW_CATEGORY ? "category"
                                                        : "keep";
    fields.push_back({tags::kProposalDecision, word, 0});
    if (row->reason != WINNOW_NONE) fields.push_back({tags::kProposalReason, reasons->at(row->reason).label, 0});
    fields.push_back({tags::kProposalEvidence, row->evidence, 0});
  };
}

std::string sheetPath(const config::Review& review, const std::string& step, const std::string& reviewer) {
  return review.outFolder + "/sheets/" + io::safeFileName(step) + "/" + io::safeFileName(reviewer);
}

std::vector<OutputReport> writeSheets(const Workspace& work, const Evaluation& evaluation) {
  return SheetWriting(work, evaluation).run();
}

}  // namespace winnow::engine
