// winnow diff: which records change their fate under another configuration, before anything is written.
#include <map>
#include <set>

#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>

#include "CommandLine.hpp"
#include "Session.hpp"
#include "engine/flow/LastFates.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kDiffHelp =
    "Both configurations are worked through on copies of the ledger; nothing is written. Steps are matched by their "
    "id.\n"
    "  $ winnow diff stricter.yaml --review review.yaml\n";

/// What became of a record: where it left and why.
struct Fate {
  std::string what;  ///< included, excluded, waiting, duplicate
  std::string step, reason;
  bool operator==(const Fate&) const = default;
  std::string text() const {
    return what + (step.empty() ? "" : " at " + step) + (reason.empty() ? "" : " (" + reason + ")");
  }
};

/// People's words by (step, record key, reviewer) and whether they still bear on the result.
using Words = std::map<std::tuple<std::string, std::string, std::string>, bool>;

struct Side {
  std::map<std::string, Fate> fates;
  Words words;
};

Fate fateOf(const engine::Evaluation& evaluation, engine::RecordId id) {
  const engine::RecordId lead = evaluation.clusters().representative(id);
  if (lead != id) return {"duplicate", "", "of " + evaluation.records().key(lead)};
  const engine::End end = evaluation.end(id);
  if (!end) return {"included", "", ""};
  const engine::StepResult& step = evaluation.steps()[end.step];
  const engine::Outcome& o = evaluation.outcome(end);
  return {o.fate == engine::Fate::Waiting ? "waiting" : "excluded", step.step->id,
          o.reason == engine::Outcome::kNone ? "" : step.reasons[o.reason]};
}

Side evaluate(Context& context, const config::Review& review, const std::filesystem::path& ledger,
              const std::filesystem::path& assignments) {
  config::Review own = review;
  own.ledger = ledger;  // both sides start from the same ledger and samples, whatever the other file says
  own.assignments = assignments;
  Session session(context, std::move(own), Session::Where::Scratch);
  session.work();
  Side side;
  const engine::Evaluation& evaluation = session.evaluation();
  for (const engine::RecordId id : evaluation.records().order())
    side.fates[evaluation.records().key(id)] = fateOf(evaluation, id);
  for (const engine::StepResult& step : evaluation.steps())
    for (const auto& [record, votes] : step.said.votes)
      for (const engine::Decision& d : votes)
        side.words[{step.step->id, evaluation.records().key(record), d.reviewer}] = step.find(record).has_value();
  return side;
}

void printStages(Console& console, const std::map<std::string, std::vector<std::string>>& byStage) {
  for (const auto& [stage, lines] : byStage) {
    console.line(stage + ": " + std::to_string(lines.size()) + (lines.size() == 1 ? " record" : " records"));
    for (const std::string& line : lines) console.line("  " + line);
  }
}

/// What came out differently in the last run that changed anything.
int diffLast(Context& context, const po::variables_map& values) {
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  Session session(context, std::move(*review), Session::Where::Scratch);
  const std::optional<std::string> after = session.ledger().fates(0), before = session.ledger().fates(1);
  if (!after) throw UsageError("no run of this review was finished yet");
  session.work();
  nlohmann::ordered_json json{{"changes", nlohmann::ordered_json::array()}};
  std::size_t changed = 0;
  if (before)
    for (const engine::FateChange& change : engine::changesBetween(*before, *after, session.evaluation())) {
      ++changed;
      context.console.line("  " + padded(change.record, 44) + change.before + " -> " + change.after);
      json["changes"].push_back({{"record", change.record}, {"before", change.before}, {"after", change.after}});
    }
  context.console.line(before ? std::to_string(changed) + (changed == 1 ? " record" : " records") +
                                    " changed their fate in the last run that changed any"
                              : "every run so far gave the same fates");
  if (context.console.json()) context.console.printJson(json);
  return Done;
}

int diff(Context& context, const po::variables_map& values) {
  if (values.count("last") != 0) return diffLast(context, values);
  if (values.count("other") == 0) throw UsageError("which other configuration? 'winnow diff --help' shows how");
  auto review = openReview(context, values["review"].as<std::string>());
  auto other = openReview(context, values["other"].as<std::string>());
  if (!review || !other) return WrongUsage;
  const std::filesystem::path ledger = review->ledger, assignments = review->assignments;
  const Side before = evaluate(context, *review, ledger, assignments);
  const Side after = evaluate(context, *other, ledger, assignments);

  std::map<std::string, std::vector<std::string>> byStage;
  nlohmann::ordered_json json{{"changes", nlohmann::ordered_json::array()},
                              {"decisions", nlohmann::ordered_json::object()}};
  std::size_t changed = 0;
  const auto note = [&](const std::string& key, const Fate& was, const Fate& now) {
    if (was == now) return;
    ++changed;
    const std::string stage = !was.step.empty() ? was.step : !now.step.empty() ? now.step : "duplicates";
    byStage[stage].push_back(padded(key, 44) + was.text() + " -> " + now.text());
    json["changes"].push_back({{"record", key}, {"stage", stage}, {"before", was.text()}, {"after", now.text()}});
  };
  const Fate absent{"not in this review", "", ""};
  for (const auto& [key, was] : before.fates) note(key, was, after.fates.contains(key) ? after.fates.at(key) : absent);
  for (const auto& [key, now] : after.fates)
    if (!before.fates.contains(key)) note(key, absent, now);
  std::size_t valid = 0, unused = 0, lost = 0;
  for (const auto& [word, used] : before.words) {
    if (!used) continue;
    const auto found = after.words.find(word);
    ++(found == after.words.end() ? lost : found->second ? valid : unused);
  }
  printStages(context.console, byStage);
  context.console.line(std::to_string(changed) + " of " + std::to_string(before.fates.size()) +
                       " records change their fate");
  context.console.line(std::to_string(valid) + " human decisions stay valid, " + std::to_string(unused) +
                       " would not be reached any more, " + std::to_string(lost) + " have no step any more");
  json["decisions"] = {{"valid", valid}, {"not_reached", unused}, {"without_step", lost}};
  if (context.console.json()) context.console.printJson(json);
  return Done;
}

}  // namespace

Command diffCommand() {
  return {"diff",
          "OTHER.yaml [--review review.yaml]",
          "Show which records change their fate under another configuration",
          kDiffHelp,
          [](po::options_description& options) {
            options.add_options()("last",
                                  "what came out differently in the last run that changed anything: after a plugin "
                                  "was updated, a file was exported again, people decided")(
                "other", po::value<std::string>(), "the other configuration")(
                "review", po::value<std::string>()->default_value("review.yaml"), "the configuration as it is");
          },
          {"other"},
          diff};
}

}  // namespace winnow::cli
