// winnow conflicts: where readers differ, and what nothing but their joint decision ends.
#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>

#include "CommandLine.hpp"
#include "Session.hpp"
#include "engine/records/Views.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kConflictsHelp =
    "Lists, step by step, the records on which readers differ: different decisions (they wait for a joint one),\n"
    "different reasons for the same exclusion, and two words of one reader of which nothing tells the later. A run\n"
    "writes the first as out/sheets/STEP/conflicts.csv: fill in the decision and save the sheet as the step's\n"
    "resolutions file. Votes of readers who have not read a record yet are never shown.\n";

/// Prints the disputes of one review.
class Disputes {
 public:
  Disputes(Console& console, const Session& session)
      : console_(console),
        session_(session),
        views_(session.review(), session.workspace().ledger, session.evaluation().records(),
               session.evaluation().clusters(), session.workspace().tags) {}

  std::size_t print() {
    for (const engine::StepResult& step : session_.evaluation().steps()) {
      if (!step.screening) continue;
      for (const std::size_t i : step.screening->conflicts) add(step, step.in[i], "different decisions");
      for (const std::size_t i : step.screening->differingReasons)
        if (step.outcomes[i].fate != engine::Fate::Waiting) add(step, step.in[i], "different reasons");
      for (const auto& [subject, words] : step.said.unsettled) addUnsettled(step, subject.first, subject.second);
    }
    if (console_.json()) console_.print(json_.dump(1) + "\n");
    return count_;
  }

 private:
  std::string titleOf(engine::RecordId id) {
    for (const engine::MergedValue& value : views_.origins(id))
      if (value.tag == "title") return value.value;
    return "(no title)";
  }

  void add(const engine::StepResult& step, engine::RecordId id, const char* kind) {
    const std::string key = session_.evaluation().records().key(id);
    nlohmann::ordered_json one{{"step", step.step->id}, {"kind", kind}, {"record", key}, {"title", titleOf(id)}};
    head(step, key, kind, one["title"].get<std::string>());
    for (const config::Reader& reader : step.step->readers) {
      const engine::Decision* vote = step.said.word(id, reader.reviewer);
      if (vote == nullptr) continue;
      console_.line("    " + vote->reviewer + ": " + vote->value + (vote->reason.empty() ? "" : ", " + vote->reason) +
                    (vote->note.empty() ? "" : " (" + vote->note + ")") + "   [" + vote->file + ":" +
                    std::to_string(vote->line) + "]");
      one["votes"].push_back({{"reader", vote->reviewer},
                              {"decision", vote->value},
                              {"reason", vote->reason},
                              {"note", vote->note},
                              {"file", vote->file},
                              {"line", vote->line}});
    }
    json_.push_back(std::move(one));
  }

  void addUnsettled(const engine::StepResult& step, engine::RecordId id, const std::string& reader) {
    const std::string key = session_.evaluation().records().key(id);
    head(step, key, "two words of one reader", titleOf(id));
    console_.line("    " + reader + " decided twice; the messages of this run name both rows");
    json_.push_back(
        {{"step", step.step->id}, {"kind", "two words of one reader"}, {"record", key}, {"reader", reader}});
  }

  void head(const engine::StepResult& step, const std::string& key, const char* kind, const std::string& title) {
    if (&step != last_) console_.line((last_ == nullptr ? "" : "\n") + step.step->label);
    last_ = &step;
    ++count_;
    console_.line("  " + key + "  " + title + "  (" + kind + ")");
  }

  Console& console_;
  const Session& session_;
  engine::Views views_;
  const engine::StepResult* last_ = nullptr;
  std::size_t count_ = 0;
  nlohmann::ordered_json json_ = nlohmann::ordered_json::array();
};

int conflicts(Context& context, const po::variables_map& values) {
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  Session session(context, std::move(*review), Session::Where::Scratch);
  session.work();
  const std::size_t count = Disputes(context.console, session).print();
  context.console.line(count == 0 ? "the readers agree wherever all have read"
                                  : "\n" + std::to_string(count) + " in all");
  return Done;
}

}  // namespace

Command conflictsCommand() {
  return {"conflicts",
          "[OPTIONS] review.yaml",
          "List where readers differ",
          kConflictsHelp,
          [](po::options_description& options) {
            options.add_options()("review", po::value<std::string>()->default_value("review.yaml"),
                                  "the configuration");
          },
          {"review"},
          conflicts};
}

}  // namespace winnow::cli
