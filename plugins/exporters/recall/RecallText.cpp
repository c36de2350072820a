#include "RecallText.hpp"

#include <nlohmann/json.hpp>

#include "ClaimText.hpp"

namespace winnow::recall {

namespace {

using Json = nlohmann::ordered_json;

std::string plural(std::uint64_t n, const char* word) { return std::to_string(n) + " " + word + (n == 1 ? "" : "s"); }

Json safeJson(const SafeReport& safe) {
  Json phases = Json::array();
  for (const SafePhase& phase : safe.phases) {
    Json conditions = Json::array();
    for (const Condition& c : phase.conditions) conditions.push_back({{"text", c.text}, {"holds", c.holds}});
    phases.push_back({{"phase", phase.name},
                      {"read", phase.read},
                      {"found", phase.found},
                      {"done", phase.isDone()},
                      {"conditions", std::move(conditions)}});
  }
  return {{"done", safe.isDone()}, {"phases", std::move(phases)}, {"events", safe.events}};
}

}  // namespace

std::string toText(const Claim& claim) {
  std::string out = std::to_string(claim.read) + " of " + plural(claim.total, "record") + " read, " +
                    std::to_string(claim.found) + " relevant, " + std::to_string(claim.sinceRelevant) +
                    " irrelevant since the last relevant one\n";
  out += (claim.recall ? "you may write: " : "") + boundText(claim) + "\n";
  if (claim.isContradicted) out += contradictionText(claim) + "\n";
  if (claim.randomDraws == 0 && claim.read < claim.total)
    out +=
        "no record was drawn at random: a ranking alone certifies nothing; read the rest in random order "
        "(--random-from says where that began)\n";
  out += nextStepText(claim) + "\n";
  return out + "\nFor the paper: " + sentenceOf(claim) + "\n";
}

std::string toText(const SafeReport& report) {
  std::string out = "\nSAFE procedure (Boetje and van de Schoot 2024): a heuristic, it promises no recall\n";
  for (const SafePhase& phase : report.phases) {
    out += phase.name + ": " + plural(phase.read, "record") + " read, " + std::to_string(phase.found) + " relevant, " +
           (phase.isDone() ? "done" : "open") + "\n";
    for (const Condition& c : phase.conditions) out += std::string(c.holds ? "  [x] " : "  [ ] ") + c.text + "\n";
  }
  for (const std::string& event : report.events) out += event + "\n";
  return out;
}

std::string toJson(const Claim& claim, const SafeReport* safe, const std::vector<double>& curve) {
  Json out = jsonOf(claim);
  if (safe != nullptr) out["safe"] = safeJson(*safe);
  if (!curve.empty()) out["curve"] = curve;
  return out.dump() + "\n";
}

}  // namespace winnow::recall
