#include "Cards.hpp"
#include "Diagram.hpp"

namespace winnow::prisma {

namespace {

std::string counted(std::int64_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string were(std::int64_t n) { return n == 1 ? " was " : " were "; }

/// " (not English 112, editorial 8)", or nothing.
std::string listed(const Box& box, bool isRemoval) {
  std::string out;
  for (const Item& item : box.items) {
    if (item.count.n == 0) continue;
    const std::string label = isRemoval ? removalLine(item.label) : item.label;
    out += (out.empty() ? " (" : ", ") + label + " " + std::to_string(item.count.n);
  }
  return out.empty() ? out : out + ")";
}

std::string records(std::int64_t n) { return counted(n, "record", "records"); }
std::string reports(std::int64_t n) { return counted(n, "report", "reports"); }

std::string reportSentence(const Lane& lane) {
  const std::int64_t lost = lane.notRetrieved.n, excluded = lane.excludedReports.total.n;
  return reports(lane.sought.n) + were(lane.sought.n) + "sought and " + std::to_string(lost) + " not retrieved; " +
         reports(lane.assessed.n) + were(lane.assessed.n) + "assessed and " + std::to_string(excluded) + " excluded" +
         listed(lane.excludedReports, false) + ". ";
}

std::string screeningSentence(const Lane& lane, bool onlyWhatHappened) {
  std::string out;
  for (const Stage& stage : lane.stages) {
    if (onlyWhatHappened && !stage.happened()) continue;
    out += "Stage " + stage.label + ": " + records(stage.in.n) + " screened, " +
           std::to_string(stage.excluded.total.n) + " excluded" + listed(stage.excluded, false);
    if (stage.undecided && stage.undecided->n != 0)
      out += ", " + std::to_string(stage.undecided->n) + " kept as undecided";
    if (stage.waiting && stage.waiting->n != 0)
      out += ", " + std::to_string(stage.waiting->n) + " waiting for a decision";
    out += ". ";
  }
  if (!lane.stages.empty() || !lane.screened) return out;
  out = records(lane.screened->n) + were(lane.screened->n) + "screened";
  if (lane.excluded)
    out += " and " + std::to_string(lane.excluded->total.n) + " excluded" + listed(*lane.excluded, false);
  return out + ". ";
}

std::string otherMethods(const Lane& lane) {
  const std::int64_t n = lane.identified.total.n;
  std::string out = "By other methods " + records(n) + were(n) + "identified" + listed(lane.identified, false) + "; ";
  if (lane.removed && lane.removed->total.n != 0)
    out += std::to_string(lane.removed->total.n) + were(lane.removed->total.n) + "removed before screening" +
           listed(*lane.removed, true) + "; ";
  const std::string screening = screeningSentence(lane, true);
  if (!screening.empty()) out.replace(out.size() - 2, 2, ". " + screening);
  return out + reportSentence(lane);
}

std::string endSentence(const Flow& flow) {
  if (!flow.included) return {};
  const Included& in = *flow.included;
  std::string out = "Included: " + counted(in.studies, "study", "studies") + " in " + reports(in.reports);
  if (flow.previous && flow.total)
    out += "; with the " + counted(flow.previous->studies, "study", "studies") + " in " +
           reports(flow.previous->reports) + " of the previous version, " +
           counted(flow.total->studies, "study", "studies") + " in " + reports(flow.total->reports);
  return out + ".";
}

}  // namespace

std::int64_t waitingIn(const Flow& flow) {
  std::int64_t sum = 0;
  for (const std::optional<Lane>* lane : {&flow.db, &flow.other}) {
    if (!*lane) continue;
    if ((*lane)->waiting) sum += (*lane)->waiting->n;
    for (const Stage& stage : (*lane)->stages)
      if (stage.waiting) sum += stage.waiting->n;
  }
  return sum;
}

std::string provisionalNote(const Flow& flow) {
  if (flow.provisional.empty()) {
    const std::int64_t waiting = waitingIn(flow);
    return waiting == 0 ? "" : "Provisional: " + std::to_string(waiting) + " still wait for a decision.";
  }
  std::string steps;
  for (const Waiting& one : flow.provisional)
    steps += (steps.empty() ? "" : ", ") + records(one.n) + (one.n == 1 ? " waits at " : " wait at ") + one.label;
  return "Provisional: " + steps + ".";
}

std::string describe(const Flow& flow) {
  std::string out;
  if (flow.db) {
    const std::int64_t n = flow.db->identified.total.n;
    out += records(n) + were(n) + "identified from " +
           counted(static_cast<std::int64_t>(flow.db->identified.items.size()), "database or register",
                   "databases and registers") +
           listed(flow.db->identified, false) + "; ";
    if (flow.db->removed)
      out += std::to_string(flow.db->removed->total.n) + were(flow.db->removed->total.n) + "removed before screening" +
             listed(*flow.db->removed, true) + ". ";
    out += screeningSentence(*flow.db, false) + reportSentence(*flow.db);
  }
  if (flow.other) out += otherMethods(*flow.other);
  if (const std::string waiting = provisionalNote(flow); !waiting.empty()) out += waiting + " ";
  return out + endSentence(flow);
}

}  // namespace winnow::prisma
