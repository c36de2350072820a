#include "ClaimText.hpp"

#include <cmath>
#include <cstdio>

namespace winnow::recall {

namespace {

using Json = nlohmann::ordered_json;

std::string plural(std::uint64_t n, const char* word) { return std::to_string(n) + " " + word + (n == 1 ? "" : "s"); }

Json figure(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }
Json count(const std::optional<std::uint64_t>& value) { return value ? Json(*value) : Json(nullptr); }

}  // namespace

std::string percentText(double share) {
  char text[32];
  // Never more than was shown: 94.99 is not 95.0.
  std::snprintf(text, sizeof text, "%.1f %%", std::floor(share * 1000 + 1e-9) / 10);
  return text;
}

std::string boundText(const Claim& claim) {
  if (!claim.recall) return "nothing was found: no recall can be claimed";
  return "recall >= " + percentText(*claim.recall) + " (" + std::to_string(claim.found) + " of at most " +
         std::to_string(claim.upperTotal) + ")";
}

std::string nextStepText(const Claim& claim) {
  if (claim.reachesTarget()) return "the target of " + percentText(claim.target) + " may be claimed";
  if (claim.validity == Validity::PlannedLooks) {
    for (const std::uint64_t look : claim.looks)
      if (look > claim.randomDraws)
        return "the next planned look comes after " + plural(look - claim.randomDraws, "more random draw");
    return "all planned looks have passed; no further claim is possible before everything is read";
  }
  if (!claim.next.ifNoneRelevant) return "nothing has been found yet";
  std::string text = "for " + percentText(claim.target) + ": at least " +
                     plural(*claim.next.ifNoneRelevant, "more record") +
                     " in random order, if none of them is relevant";
  if (claim.next.expected && *claim.next.expected != *claim.next.ifNoneRelevant)
    text += "; about " + std::to_string(*claim.next.expected) + " if the rest is as the random draws suggest";
  return text;
}

std::string contradictionText(const Claim& claim) {
  return "more was found than the bound allowed, which happens in at most " + percentText(1 - claim.confidence) +
         " of all reviews: only what counting shows is claimed";
}

Json jsonOf(const Claim& claim) {
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
  return out;
}

}  // namespace winnow::recall
