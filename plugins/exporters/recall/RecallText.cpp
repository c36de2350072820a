#include "RecallText.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace winnow::recall {

namespace {

using Json = nlohmann::ordered_json;

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", std::floor(share * 1000 + 1e-9) / 10);
  return text;
}

std::string plural(std::uint64_t n, const char* word) { return std::to_string(n) + " " + word + (n == 1 ? "" : "s"); }

std::string nextStepText(const Claim& claim) {
  if (claim.reachesTarget()) return "the target of " + percent(claim.target) + " may be claimed\n";
  if (claim.validity == Validity::PlannedLooks) {
    for (const std::uint64_t look : claim.looks)
      if (look > claim.randomDraws)
        return "the next planned look comes after " + plural(look - claim.randomDraws, "more random draw") + "\n";
    return "all planned looks have passed; no further claim is possible before everything is read\n";
  }
  if (!claim.next.ifNoneRelevant) return "nothing has been found yet\n";
  std::string text = "for " + percent(claim.target) + ": at least " +
                     plural(*claim.next.ifNoneRelevant, "more record") +
                     " in random order, if none of them is relevant";
  if (claim.next.expected && *claim.next.expected != *claim.next.ifNoneRelevant)
    text += "; about " + std::to_string(*claim.next.expected) + " if the rest is as the random draws suggest";
  return text + "\n";
}

Json figure(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }
Json count(const std::optional<std::uint64_t>& value) { return value ? Json(*value) : Json(nullptr); }

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
  out += claim.recall ? "you may write: recall >= " + percent(*claim.recall) + " (" + std::to_string(claim.found) +
                            " of at most " + std::to_string(claim.upperTotal) + ")\n"
                      : std::string("nothing was found: no recall can be claimed\n");
  if (claim.isContradicted)
    out += "more was found than the bound allowed, which happens in at most " + percent(1 - claim.confidence) +
           " of all reviews: only what counting shows is claimed\n";
  if (claim.randomDraws == 0 && claim.read < claim.total)
    out +=
        "no record was drawn at random: a ranking alone certifies nothing; read the rest in random order "
        "(--random-from says where that began)\n";
  out += nextStepText(claim);
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
  Json out{{"format", "winnow-recall/1"},
           {"total", claim.total},
           {"read", claim.read},
           {"found", claim.found},
           {"unread", claim.total - claim.read},
           {"random_draws", claim.randomDraws},
           {"found_in_random_draws", claim.foundInRandom},
           {"since_last_relevant", claim.sinceRelevant},
           {"confidence", claim.confidence},
           {"target", claim.target},
           {"validity", claim.validity == Validity::Anytime ? "anytime" : "planned looks"},
           {"upper_total", claim.upperTotal},
           {"recall", figure(claim.recall)},
           {"reaches_target", claim.reachesTarget()},
           {"contradicted", claim.isContradicted},
           {"expected_unread", figure(claim.expectedUnread)},
           {"next", {{"if_none_relevant", count(claim.next.ifNoneRelevant)}, {"expected", count(claim.next.expected)}}},
           {"sentence", sentenceOf(claim)}};
  if (claim.validity == Validity::PlannedLooks) {
    out["looks"] = claim.looks;
    out["looks_passed"] = claim.looksPassed;
  }
  if (safe != nullptr) out["safe"] = safeJson(*safe);
  if (!curve.empty()) out["curve"] = curve;
  return out.dump() + "\n";
}

}  // namespace winnow::recall
