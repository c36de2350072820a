#include "Report.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include <winnow/plugin.hpp>

#include "engine/flow/CertifiedRecall.hpp"
#include "engine/flow/Flow.hpp"
#include "engine/outputs/Lock.hpp"
#include "io/Listed.hpp"

namespace winnow::cli {

namespace {

constexpr int kLead = 16;        // "import  first   "
constexpr int kWidestName = 60;  // with the lead; longer names are cut, --json and the exports have them whole

constexpr int kFigure = 6;

/// One column for the names of sources and steps, so that the figures stand below each other.
int nameColumn(const config::Review& review) {
  int widest = 24;
  for (const config::Source& source : review.sources) widest = std::max(widest, kLead + columns(source.name) + 2);
  for (const config::Step& step : review.steps) widest = std::max(widest, columns(step.label) + 2);
  return std::min(widest, kWidestName);
}

std::string counted(std::uint64_t n, const char* one, const char* many) {
  return grouped(n) + " " + (n == 1 ? one : many);
}

void add(std::string& text, const std::string& part) { text += (text.empty() ? "" : ", ") + part; }

void addMerging(std::string& notes, const engine::Merging& merging) {
  const auto maybe =
      std::count_if(merging.pairs.begin(), merging.pairs.end(), [](const ledger::Pair& p) { return p.maybe; });
  if (maybe != 0)
    add(notes, counted(static_cast<std::uint64_t>(maybe), "pair to check by hand", "pairs to check by hand"));
  if (merging.unconfirmed != 0) add(notes, grouped(merging.unconfirmed) + " merges wait to be confirmed");
}

std::string stepLine(const engine::StepResult& step, int names) {
  const std::size_t in = step.merging ? step.merging->recordsIn : step.in.size();
  const std::size_t waiting = step.count(engine::Fate::Waiting), left = step.left();
  const std::size_t out = step.merging ? step.merging->recordsOut : in - left - waiting;
  std::string line =
      fitted(step.step->label, names) + padded(grouped(in), -kFigure) + " -> " + padded(grouped(out), kFigure + 2);
  std::string notes;
  const std::size_t removed = step.merging ? in - out : left;
  add(notes, counted(removed, "removed", "removed"));
  if (const std::size_t undecided = step.count(engine::Fate::Undecided); undecided != 0)
    add(notes, grouped(undecided) + " undecided, kept");
  if (step.merging) addMerging(notes, *step.merging);
  if (waiting != 0) add(notes, grouped(waiting) + " waiting");
  if (step.said.carried != 0)
    add(notes, counted(step.said.carried, "row carried over", "rows carried over") + " to records exported again");
  if (step.takenOver != 0)
    add(notes,
        counted(step.takenOver, step.merging ? "pair" : "answer", step.merging ? "pairs" : "answers") + " taken over");
  else if (step.stage != 0 && step.fresh == 0 && in != 0)
    add(notes, "nothing new to judge");
  return line + notes;
}

/// Said where people have work to do: their answers arrive in files that the step reads.
std::string unread(const config::Step& step) {
  if (step.decisionPatterns.empty() || !step.decisions.empty()) return {};
  return " (no file matches " + io::quoted(step.decisionPatterns) + " yet)";
}

std::string openLine(const engine::StepResult& step) {
  std::string readers;
  for (const engine::OpenWork& open : step.open)
    if (!open.records.empty()) {
      const std::size_t all = std::max(open.assigned, open.records.size());
      add(readers, open.reviewer + " " +
                       (open.assigned == 0 ? grouped(open.records.size()) + " to decide"
                                           : grouped(all - open.records.size()) + " of " + grouped(all)));
    }
  if (step.screening && !step.screening->conflicts.empty())
    add(readers, counted(step.screening->conflicts.size(), "disagreement to resolve", "disagreements to resolve"));
  if (step.screening)
    for (const auto& [reviewer, undrawn] : step.screening->undrawn)
      add(readers, grouped(undrawn) + " to draw from for " + reviewer + " when the steps before are closed");
  return readers.empty() ? readers : readers + unread(*step.step);
}

/// What each reader may claim, and the sentence for the paper where more than counting stands behind it.
void printRecall(Console& console, const std::vector<engine::ReaderRecall>& all, int names) {
  for (const engine::ReaderRecall& one : all) {
    console.line(padded("", names) + "recall, " + one.reader + ": " + engine::textOf(one));
    if (one.why.empty() && one.claim->found != 0)
      console.line(padded("", names) + "for the paper: " + recall::sentenceOf(*one.claim));
  }
}

}  // namespace

void printImport(Console& console, const config::Review& review, const engine::ImportReport& report) {
  const int names = nameColumn(review);
  for (const engine::SourceReport& s : report.sources) {
    const config::Source& source = review.sources[s.source];
    std::string line = "import  " + fitted(source.wave, kLead - 8) + fitted(source.name, names - kLead) +
                       padded(grouped(s.records), -kFigure) + (s.records == 1 ? " record   " : " records  ") +
                       padded(s.format, 18);
    std::string notes;
    if (s.unchanged)
      add(notes, s.records == 0 && s.format.empty() ? "nothing found" : "unchanged");
    else if (s.added != s.records)
      add(notes, grouped(s.added) + " new");
    if (s.warnings != 0) add(notes, counted(s.warnings, "warning", "warnings"));
    if (s.errors != 0) add(notes, counted(s.errors, "error", "errors"));
    line += notes;
    line.erase(line.find_last_not_of(' ') + 1);
    console.line(line);
  }
}

void printSteps(Console& console, const config::Review& review, const engine::Evaluation& evaluation) {
  const int names = nameColumn(review);
  for (const engine::StepResult& step : evaluation.steps()) {
    console.line(stepLine(step, names));
    if (const std::string open = openLine(step); !open.empty())
      console.line(padded("", names) + "waiting for people: " + open);
    printRecall(console, engine::recallOf(evaluation, step), names);
  }
  for (const engine::ChartResult& chart : evaluation.charts()) {
    std::string open;
    for (const auto& [reviewer, records] : chart.missing)
      if (!records.empty())
        add(open, reviewer + " " + grouped(chart.in.size() - records.size()) + " of " + grouped(chart.in.size()));
    std::size_t again = 0;
    for (const auto& [reviewer, records] : chart.outdated) again += records.size();
    if (again != 0) add(open, counted(again, "row", "rows") + " of an older version of the form to chart again");
    if (!chart.differences.empty()) add(open, counted(chart.differences.size(), "answer", "answers") + " to agree on");
    if (chart.carried != 0)
      add(open, counted(chart.carried, "row", "rows") + " carried over to records exported again");
    if (chart.refused != 0) add(open, counted(chart.refused, "answer", "answers") + " to correct");
    console.line(fitted(chart.step->label, names) + padded(grouped(chart.in.size()), -kFigure) + " to chart  " +
                 (open.empty() ? "complete" : "waiting for people: " + open + unread(*chart.step)));
  }
  const std::size_t reports = evaluation.included().size(), studies = evaluation.studies().count();
  console.line(padded("included", names) + padded(grouped(reports), -kFigure) +
               (reports == studies ? "" : " reports of " + counted(studies, "study", "studies")));
}

void printProvisional(Console& console, const engine::Evaluation& evaluation) {
  std::string text;
  for (const engine::Provisional& p : evaluation.provisional())
    add(text, counted(p.records, "record waits", "records wait") + " at " + p.label);
  if (!text.empty()) console.line("provisional: " + text);
}

void printOutputs(Console& console, const std::vector<engine::OutputReport>& outputs) {
  int paths = 24;
  for (const engine::OutputReport& o : outputs) paths = std::max(paths, columns(o.path) + 2);
  for (const engine::OutputReport& o : outputs) {
    std::string line = "wrote   " + padded(o.path, paths) + padded(o.plugin.substr(o.plugin.find('.') + 1), 18) +
                       (o.kept        ? "kept as filled in"
                        : o.unchanged ? "unchanged"
                                      : "");
    line.erase(line.find_last_not_of(' ') + 1);
    console.line(line);
  }
}

void printPlugins(Console& console, const std::vector<const plugins::StageEntry*>& used) {
  for (const plugins::StageEntry* entry : used) {
    if (entry->standing == plugins::Standing::Installed && !entry->isolated) continue;
    console.line("plugin  " +
                 padded(std::string(view(entry->stage->id)) + " " + std::string(view(entry->stage->version)), 32) +
                 entry->content->sha256().substr(0, 16) + "  " + standingWord(entry->standing) +
                 (entry->isolated ? ", in a worker process (" + entry->limits + ")" : ", in the program") +
                 (entry->missingLimits.empty() ? "" : ", " + entry->missingLimits));
  }
}

namespace {

/// The decisions of a step about records that did not come to it.
nlohmann::ordered_json elsewhereJson(const engine::Evaluation& evaluation, std::size_t step) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const engine::DecidedElsewhere& one : evaluation.steps()[step].elsewhere)
    list.push_back({{"record", evaluation.records().key(one.record)},
                    {"file", one.place.file},
                    {"line", one.place.line},
                    {"by", one.by},
                    {"decision", one.value},
                    {"step", evaluation.steps()[one.at].step->id},
                    {"waits", one.fate == engine::Fate::Waiting}});
  return list;
}

}  // namespace

nlohmann::ordered_json reportJson(const Session& session, const std::vector<engine::OutputReport>& outputs) {
  const engine::Evaluation& evaluation = session.evaluation();
  nlohmann::ordered_json json{{"sources", nlohmann::ordered_json::array()}};
  for (const engine::SourceReport& s : session.imported().sources) {
    const config::Source& source = session.review().sources[s.source];
    json["sources"].push_back({{"name", source.name},
                               {"wave", source.wave},
                               {"records", s.records},
                               {"added", s.added},
                               {"warnings", s.warnings},
                               {"format", s.format},
                               {"unchanged", s.unchanged}});
  }
  const nlohmann::ordered_json steps = engine::stepsOf(evaluation, session.review());
  json["steps"] = steps["steps"];
  for (std::size_t s = 0; s < evaluation.steps().size(); ++s)
    if (!evaluation.steps()[s].elsewhere.empty()) json["steps"][s]["elsewhere"] = elsewhereJson(evaluation, s);
  json["included"] = evaluation.included().size();
  json["open"] = evaluation.isOpen();
  json["provisional"] = steps.value("provisional", nlohmann::ordered_json::array());
  json["flow"] = engine::flowOf(evaluation, session.review());
  json["plugins"] = nlohmann::ordered_json::array();
  for (const plugins::StageEntry* entry : engine::usedStages(session.workspace(), session.imported()))
    json["plugins"].push_back({{"id", winnow::view(entry->stage->id)},
                               {"version", winnow::view(entry->stage->version)},
                               {"sha256", entry->content->sha256()},
                               {"standing", standingWord(entry->standing)},
                               {"isolated", entry->isolated},
                               {"limits", entry->limits},
                               {"missing limits", entry->missingLimits}});
  json["outputs"] = nlohmann::ordered_json::array();
  for (const engine::OutputReport& o : outputs)
    json["outputs"].push_back(
        {{"path", o.path}, {"plugin", o.plugin}, {"records", o.records}, {"unchanged", o.unchanged}, {"kept", o.kept}});
  return json;
}

}  // namespace winnow::cli
