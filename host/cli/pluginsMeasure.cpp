// winnow plugins measure: what the boundary of a filter costs, in this process and in a worker.
#include <ctime>
#include <fstream>

#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "CommandLine.hpp"
#include "NamedStages.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"
#include "io/Error.hpp"
#include "plugins/Instance.hpp"
#include "plugins/worker/Remote.hpp"
#include "pluginsCommands.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kPluginsMeasureHelp =
    "Judges made-up records of 2 kB (title, authors, year, abstract: 12 fields) with a filter, in batches of 256, in "
    "this\n"
    "process and in a worker process, and prints the time a record of each and their difference: as it passed, and of "
    "the\n"
    "processors, which other programs on the machine disturb less.\n";

/// Records of 2 kB, one text shared by all: the cost of the boundary is the copy, not the content.
struct Records {
  explicit Records(plugins::TagTable& tags, std::size_t count) : abstract_(1700, 'a') {
    const auto field = [&](std::string_view tag, std::string_view value) {
      fields_.push_back({tags.number(tag), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str(value), 0, 0});
    };
    field(tags::kTitle,
          "Peer support workers in community mental health services: what a made-up record of two kilobytes may be "
          "called, with a subtitle");
    for (int i = 0; i < 4; ++i) {
      field(tags::kAuthorFamily, "Family-name");
      field(tags::kAuthorGiven, "Given Name");
    }
    field(tags::kIssuedYear, "2019");
    field(tags::kLanguage, "en");
    field(tags::kAbstract, abstract_);
    for (std::size_t i = 0; i < count; ++i) records_.push_back({i + 1, fields_.data(), fields_.size(), {}});
  }
  winnow_batch batch() const { return {sizeof(winnow_batch), 0, records_.data(), records_.size()}; }

 private:
  std::string abstract_;
  std::vector<winnow_field> fields_;
  std::vector<winnow_record> records_;
};

constexpr std::size_t kBatch = 256;

double nanoseconds(clockid_t clock) {
  timespec now{};
  return ::clock_gettime(clock, &now) != 0 ? 0
                                           : static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// Of this process and the workers that it started.
double processorTime() {
  double all = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
  std::ifstream children("/proc/thread-self/children");
  for (pid_t child = 0; children >> child;)
    if (clockid_t clock{}; ::clock_getcpuclockid(child, &clock) == 0) all += nanoseconds(clock);
  return all;
}

/// Nanoseconds a record.
struct Cost {
  double elapsed = 0, processor = 0;
};

Cost costARecord(const winnow_stage& stage, plugins::TagTable& tags, std::size_t records) {
  plugins::Services services(tags);
  plugins::Instance instance(&stage, engine::defaultSettings(stage), services);
  const Records made(tags, kBatch);
  const winnow_batch batch = made.batch();
  instance.process(batch);  // the first call starts what must be started
  const double began = nanoseconds(CLOCK_MONOTONIC), busy = processorTime();
  for (std::size_t done = 0; done < records; done += kBatch) instance.process(batch);
  const double count = static_cast<double>(records);
  return {(nanoseconds(CLOCK_MONOTONIC) - began) / count, (processorTime() - busy) / count};
}

int measurePlugins(Context& context, const po::variables_map& values) {
  const std::string name = values["id"].as<std::string>();
  const plugins::StageEntry* entry = nullptr;
  for (const plugins::StageEntry* one : stagesNamed(context.catalogue(), name))
    if (one->stage->kind == WINNOW_FILTER) entry = one;
  if (entry == nullptr) throw UsageError("'" + name + "' is no filter; " + noStage(context.catalogue(), name));
  const std::string id(view(entry->stage->id));
  const std::size_t records = values["records"].as<std::size_t>();
  nlohmann::ordered_json json{{"stage", id}, {"records", records}, {"bytes_a_record", 2000}};
  Cost inside;
  const bool isRunHere = !entry->isolated;
  if (isRunHere) {
    inside = costARecord(*entry->stage, context.tags, records);
    json["ns_in_process"] = inside.elapsed;
    json["processor_ns_in_process"] = inside.processor;
    context.isolate({{id}, 60, 2048, false});
  }
  const Cost outside = costARecord(*context.catalogue().find(id)->stage, context.tags, records);
  const std::string limits = context.catalogue().find(id)->limits;
  json["limits"] = limits;
  const Cost isolation{outside.elapsed - inside.elapsed, outside.processor - inside.processor};
  json["ns_in_worker"] = outside.elapsed;
  json["processor_ns_in_worker"] = outside.processor;
  json["ns_of_isolation"] = isolation.elapsed;
  json["processor_ns_of_isolation"] = isolation.processor;
  const auto shown = [](const Cost& cost) {
    return std::to_string(static_cast<long>(cost.elapsed)) + " ns a record, " +
           std::to_string(static_cast<long>(cost.processor)) + " ns of processor time";
  };
  context.console.line(padded("in this process", 20) +
                       (isRunHere ? shown(inside) : "not run here: nobody approved it, or it is a program"));
  context.console.line(padded("in a worker", 20) + shown(outside) + "  (" + limits + ")");
  if (isRunHere) context.console.line(padded("isolation costs", 20) + shown(isolation));
  if (context.console.json()) context.console.printJson(json);
  return Done;
}

}  // namespace

Command pluginsMeasureCommand() {
  return {"plugins measure",
          "FILTER",
          "Measure what isolation costs",
          kPluginsMeasureHelp,
          [](po::options_description& options) {
            options.add_options()("id", po::value<std::string>()->required(), "a filter")(
                "records", po::value<std::size_t>()->default_value(200000), "how many records");
          },
          {"id"},
          measurePlugins};
}

}  // namespace winnow::cli
