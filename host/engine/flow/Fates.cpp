#include "Fates.hpp"

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "FlowSchema.hpp"

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;

/// What became of the works of one lane.
struct Tally {
  std::uint64_t works = 0, included = 0, waiting = 0, excluded = 0, notRetrieved = 0;
};

Tally tallyOf(const Evaluation& evaluation, Lane lane, std::optional<std::size_t> wave) {
  Tally tally;
  for (const RecordId id : evaluation.clusters().representatives()) {
    if (evaluation.lane(id) != lane || (wave && evaluation.records().wave(id) != *wave)) continue;
    ++tally.works;
    const End end = evaluation.end(id);
    if (!end) {
      ++tally.included;
      continue;
    }
    switch (evaluation.outcome(end).fate) {
      case Fate::Waiting:
        ++tally.waiting;
        break;
      case Fate::NotRetrieved:
        ++tally.notRetrieved;
        break;
      default:
        ++tally.excluded;
    }
  }
  return tally;
}

std::uint64_t totalOf(const Json& numbers) {
  std::uint64_t sum = 0;
  for (const auto& [name, n] : numbers.items()) sum += static_cast<std::uint64_t>(numberOf(n));
  return sum;
}

std::uint64_t valueOf(const Json& lane, const char* name) {
  return lane.contains(name) ? static_cast<std::uint64_t>(numberOf(lane[name])) : 0;
}

class FateCheck {
 public:
  FateCheck(const Json& lane, std::string where, const Tally& tally, std::vector<FlowViolation>& found)
      : lane_(lane), where_(std::move(where)), tally_(tally), found_(found) {}

  void check() {
    std::uint64_t excluded = totalOf(lane_["excluded_reports"]), waiting = valueOf(lane_, "waiting");
    for (const Json& stage : lane_["stages"]) {
      excluded += totalOf(stage["excluded"]);
      waiting += valueOf(stage, "waiting");
    }
    // What automation removed before screening left the review as well; duplicates are no works of their own.
    const Json& removed = lane_["removed"];
    excluded += valueOf(removed, "automation") + valueOf(removed, "other");
    compare("fates-works", "works", totalOf(lane_["identified"]) - valueOf(removed, "duplicates"), tally_.works);
    compare("fates-included", "included", valueOf(lane_, "included_reports"), tally_.included);
    compare("fates-excluded", "excluded", excluded, tally_.excluded);
    compare("fates-not-retrieved", "not retrieved", valueOf(lane_, "not_retrieved"), tally_.notRetrieved);
    compare("fates-waiting", "waiting", waiting, tally_.waiting);
  }

 private:
  void compare(const char* law, const char* what, std::uint64_t stated, std::uint64_t counted) {
    if (stated == counted) return;
    found_.push_back(
        {law,
         where_,
         std::to_string(stated) + " " + what + " stated, " + std::to_string(counted) + " counted from the records",
         {}});
  }

  const Json& lane_;
  std::string where_;
  const Tally tally_;
  std::vector<FlowViolation>& found_;
};

void checkLanes(const Json& flow, const std::string& prefix, const Evaluation& evaluation,
                std::optional<std::size_t> wave, std::vector<FlowViolation>& found) {
  const std::pair<const char*, Lane> lanes[] = {{"db", Lane::Databases}, {"other", Lane::OtherMethods}};
  for (const auto& [name, lane] : lanes)
    if (flow.contains(name)) FateCheck(flow[name], prefix + name, tallyOf(evaluation, lane, wave), found).check();
}

}  // namespace

std::vector<FlowViolation> checkFates(const Json& flow, const Evaluation& evaluation, const config::Review& review) {
  std::vector<FlowViolation> found;
  checkLanes(flow, "", evaluation, std::nullopt, found);
  if (!flow.contains("waves")) return found;
  for (std::size_t w = 0; w < review.waves.size(); ++w)
    checkLanes(flow["waves"][w], "waves/" + review.waves[w].name + "/", evaluation, w, found);
  return found;
}

}  // namespace winnow::engine
