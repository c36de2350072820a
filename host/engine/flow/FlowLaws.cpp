#include "FlowLaws.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "FlowSchema.hpp"
#include "io/Listed.hpp"

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;
using Violations = std::vector<FlowViolation>;

/// What a number of a lane is for the fate of a record: where it came in, where it left, or a count on the way.
enum class Part { Source, Exit, Sum };

struct Entry {
  std::string name;   ///< "removed/duplicates", within its lane
  std::string stage;  ///< id of the stage it belongs to, or empty
  const Json* value;
  Part part;
  bool optional;  ///< waves may leave it out although the whole states it
};

struct Term {
  std::string name;
  std::int64_t n;
};

void addMap(std::vector<Entry>& out, const std::string& name, const std::string& stage, const Json& map, Part part,
            bool optional = false) {
  for (const auto& [label, value] : map.items()) out.push_back({name + "/" + label, stage, &value, part, optional});
}

bool isMapOfReasons(const Json& lane) {
  return lane["excluded"].is_object() && !(lane.contains("stages") && isCountedList(lane["excluded"]));
}

void addStages(std::vector<Entry>& out, const Json& stages) {
  for (const Json& stage : stages) {
    const auto id = stage["id"].get<std::string>();
    const std::string name = "stages/" + id;
    out.push_back({name + "/in", id, &stage["in"], Part::Sum, false});
    addMap(out, name + "/excluded", id, stage["excluded"], Part::Exit);
    if (stage.contains("by")) addMap(out, name + "/by", id, stage["by"], Part::Sum, true);
    if (stage.contains("undecided")) out.push_back({name + "/undecided", id, &stage["undecided"], Part::Sum, true});
    if (stage.contains("waiting")) out.push_back({name + "/waiting", id, &stage["waiting"], Part::Exit, false});
    out.push_back({name + "/out", id, &stage["out"], Part::Sum, false});
  }
}

// Every number of a lane, in the order of the diagram.
std::vector<Entry> entriesOf(const Json& lane) {
  std::vector<Entry> out;
  const auto single = [&](const char* name, Part part, bool optional = false) {
    if (lane.contains(name)) out.push_back({name, {}, &lane[name], part, optional});
  };
  const auto besides = [&](const std::string& name) {
    single((name + "_total").c_str(), Part::Sum, true);
    if (lane.contains(name + "_by")) addMap(out, name + "_by", {}, lane[name + "_by"], Part::Sum, true);
  };
  addMap(out, "identified", {}, lane["identified"], Part::Source);
  besides("identified");
  if (lane.contains("removed")) addMap(out, "removed", {}, lane["removed"], Part::Exit);
  besides("removed");
  single("screened", Part::Sum);
  // Beside stages the records listed here have left in a stage; they leave once.
  const Part excluded = lane.contains("stages") ? Part::Sum : Part::Exit;
  if (lane.contains("excluded") && isMapOfReasons(lane)) addMap(out, "excluded", {}, lane["excluded"], excluded, true);
  if (lane.contains("excluded") && !isMapOfReasons(lane)) single("excluded", Part::Sum, true);
  besides("excluded");
  if (lane.contains("stages")) addStages(out, lane["stages"]);
  single("sought", Part::Sum);
  single("not_retrieved", Part::Exit);
  single("assessed", Part::Sum);
  addMap(out, "excluded_reports", {}, lane["excluded_reports"], Part::Exit);
  besides("excluded_reports");
  single("waiting", Part::Exit);
  single("included_reports", Part::Exit);
  return out;
}

std::int64_t sumOf(const Json& map) {
  std::int64_t sum = 0;
  for (const auto& [label, value] : map.items()) sum += numberOf(value);
  return sum;
}

std::int64_t stagesSum(const Json& lane) {
  std::int64_t sum = 0;
  for (const Json& stage : lane["stages"]) sum += sumOf(stage["excluded"]);
  return sum;
}

std::int64_t excludedSum(const Json& lane) {
  if (!lane.contains("excluded")) return lane.contains("stages") ? stagesSum(lane) : 0;
  return isMapOfReasons(lane) ? sumOf(lane["excluded"]) : numberOf(lane["excluded"]);
}

std::string list(const std::vector<std::string>& items) {
  constexpr std::size_t kShown = 5;
  return io::quoted(items, kShown);
}

// The laws within one lane of the whole or of a wave.
class LaneLaws {
 public:
  LaneLaws(const Json& lane, std::string where, Violations& found)
      : lane_(lane), where_(std::move(where)), found_(found), entries_(entriesOf(lane)) {}

  void check() {
    nonNegative();
    screening();
    stages();
    reports();
    statedSums();
    recordLists();
    fates();
  }

 private:
  void say(const char* law, std::string where, std::string message, std::vector<std::string> records = {}) {
    found_.push_back({law, std::move(where), std::move(message), std::move(records)});
  }
  std::int64_t number(const char* name) const { return lane_.contains(name) ? numberOf(lane_[name]) : 0; }
  std::int64_t sum(const char* name) const { return lane_.contains(name) ? sumOf(lane_[name]) : 0; }

  /// stated = first - rest, unless one of them is negative.
  void difference(const char* law, const std::string& where, std::int64_t stated, const std::vector<Term>& terms) {
    std::int64_t expected = 0;
    std::string sentence = std::to_string(stated) + " stated, ";
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (terms[i].n < 0) return;
      expected += i == 0 ? terms[i].n : -terms[i].n;
      sentence += (i == 0 ? "" : " - ") + terms[i].name + " " + std::to_string(terms[i].n);
    }
    if (stated < 0 || stated == expected) return;
    if (terms.size() > 1) sentence += " = " + std::to_string(expected);
    say(law, where, sentence);
  }

  /// Where people have not decided yet, those who wait are neither excluded nor let through.
  static std::vector<Term> withWaiting(std::vector<Term> terms, const Json& step) {
    if (step.contains("waiting")) terms.push_back({"waiting", numberOf(step["waiting"])});
    return terms;
  }

  void nonNegative() {
    for (const Entry& entry : entries_)
      if (const std::int64_t n = numberOf(*entry.value); n < 0)
        say("non-negative", entry.stage.empty() ? where_ : where_ + "/" + entry.stage,
            entry.name + " is " + std::to_string(n));
  }

  void screening() {
    const std::int64_t identified = sum("identified"), removed = sum("removed");
    if (removed > identified && identified >= 0)
      say("removed-within-identified", where_,
          "removed " + std::to_string(removed) + " of " + std::to_string(identified) + " identified");
    if (lane_.contains("screened"))
      difference("screened", where_, number("screened"), {{"identified", identified}, {"removed", removed}});
  }

  /// A negative operand is left to `non-negative`, so it must stay one.
  static std::int64_t left(std::int64_t identified, std::int64_t removed) {
    return identified < 0 || removed < 0 ? -1 : identified - removed;
  }

  void stages() {
    if (!lane_.contains("stages")) return;
    // Records from other methods are not screened as a step of their own: their first stage begins with what was found.
    Term before = lane_.contains("screened") ? Term{"screened", number("screened")}
                                             : Term{"identified - removed", left(sum("identified"), sum("removed"))};
    for (const Json& stage : lane_["stages"]) {
      const auto id = stage["id"].get<std::string>();
      const std::string place = where_ + "/" + id;
      const std::int64_t in = numberOf(stage["in"]), out = numberOf(stage["out"]), excluded = sumOf(stage["excluded"]);
      difference("stage-chain", place, in, {before});
      difference("stage-out", place, out, withWaiting({{"in", in}, {"excluded", excluded}}, stage));
      const std::int64_t undecided = stage.contains("undecided") ? numberOf(stage["undecided"]) : 0;
      if (out >= 0 && undecided > out)
        say("undecided-within-out", place,
            std::to_string(undecided) + " undecided of " + std::to_string(out) + " that go on");
      if (stage.contains("by")) actors(place, stage["by"], {"excluded", excluded});
      before = {"out of '" + id + "'", out};
    }
  }

  void actors(const std::string& place, const Json& by, const Term& box) {
    const std::int64_t human = numberOf(by["human"]), automation = numberOf(by["automation"]);
    if (human < 0 || automation < 0 || box.n < 0 || human + automation == box.n) return;
    say("actor-split", place,
        box.name + " " + std::to_string(box.n) + " stated, human " + std::to_string(human) + " + automation " +
            std::to_string(automation) + " = " + std::to_string(human + automation));
  }

  void reports() {
    const std::int64_t sought = number("sought"), assessed = number("assessed");
    if (lane_.contains("stages") && !lane_["stages"].empty()) {
      const Json& last = lane_["stages"].back();
      difference("sought", where_, sought, {{"out of '" + last["id"].get<std::string>() + "'", numberOf(last["out"])}});
    } else if (lane_.contains("screened")) {
      difference("sought", where_, sought, {{"screened", number("screened")}, {"excluded", excludedSum(lane_)}});
    } else {
      difference("sought", where_, sought, {{"identified", sum("identified")}, {"removed", sum("removed")}});
    }
    difference("assessed", where_, assessed, {{"sought", sought}, {"not retrieved", number("not_retrieved")}});
    difference("included-reports", where_, number("included_reports"),
               withWaiting({{"assessed", assessed}, {"excluded", sum("excluded_reports")}}, lane_));
  }

  void statedSums() {
    if (lane_.contains("excluded") && lane_.contains("stages") && !lane_["stages"].empty())
      difference("list-sum", where_, excludedSum(lane_), {{"sum of the stages' excluded", stagesSum(lane_)}});
    for (const std::string name : {"identified", "removed", "excluded", "excluded_reports"}) {
      const std::int64_t box = name == "excluded" ? excludedSum(lane_) : sum(name.c_str());
      if (lane_.contains(name + "_total"))
        difference("list-sum", where_, numberOf(lane_[name + "_total"]), {{"sum of the list '" + name + "'", box}});
      if (lane_.contains(name + "_by")) actors(where_, lane_[name + "_by"], {name, box});
    }
  }

  void recordLists() {
    for (const Entry& entry : entries_) {
      if (entry.value->is_number()) continue;
      const std::vector<std::string> ids = recordsOf(*entry.value);
      const std::int64_t n = numberOf(*entry.value), listed = static_cast<std::int64_t>(ids.size());
      if (n >= 0 && n != listed)
        say("record-list", where_,
            entry.name + ": n is " + std::to_string(n) + ", " + std::to_string(listed) + " listed");
      repeated(entry.name, ids);
    }
  }
  void repeated(const std::string& name, const std::vector<std::string>& ids) {
    std::set<std::string> seen, twice;
    for (const std::string& id : ids)
      if (!seen.insert(id).second) twice.insert(id);
    if (twice.empty()) return;
    const std::vector<std::string> records(twice.begin(), twice.end());
    say("unique-ids", where_, name + " lists " + list(records) + " more than once", records);
  }

  void fates() {
    std::map<std::string, const Entry*> known;  // by id: the source it came from
    std::set<std::string> shared, unknown, twice, fateless;
    bool sourcesListed = false, exitsListed = true;
    for (const Entry& entry : entries_) {
      if (entry.part != Part::Source) continue;
      if (entry.value->is_number() && numberOf(*entry.value) != 0) return exitsOnly();
      sourcesListed = sourcesListed || !entry.value->is_number();
      for (const std::string& id : recordsOf(*entry.value))
        if (const auto [at, isNew] = known.emplace(id, &entry); !isNew && at->second != &entry) shared.insert(id);
    }
    if (!sourcesListed) return exitsOnly();
    std::set<std::string> left;
    for (const Entry& entry : entries_) {
      if (entry.part == Part::Source) continue;
      const std::vector<std::string> ids = recordsOf(*entry.value);
      for (const std::string& id : std::set<std::string>(ids.begin(), ids.end())) {
        if (known.count(id) == 0)
          unknown.insert(id);
        else if (entry.part == Part::Exit && !left.insert(id).second)
          twice.insert(id);
      }
      if (entry.part == Part::Exit && entry.value->is_number() && numberOf(*entry.value) != 0) exitsListed = false;
    }
    for (const auto& [id, source] : known)
      if (exitsListed && left.count(id) == 0) fateless.insert(id);
    sayRecords("unique-ids", shared, "under more than one source");
    sayRecords("unknown-record", unknown, "listed, but not identified");
    sayRecords("one-fate", twice, "in more than one exit");
    sayRecords("no-fate", fateless, "identified, but in no exit");
  }
  // Without the ids of the identified records two exits can still contradict each other.
  void exitsOnly() {
    std::set<std::string> left, twice;
    for (const Entry& entry : entries_) {
      if (entry.part != Part::Exit) continue;
      const std::vector<std::string> ids = recordsOf(*entry.value);
      for (const std::string& id : std::set<std::string>(ids.begin(), ids.end()))
        if (!left.insert(id).second) twice.insert(id);
    }
    sayRecords("one-fate", twice, "in more than one exit");
  }
  void sayRecords(const char* law, const std::set<std::string>& ids, const char* what) {
    if (ids.empty()) return;
    const std::vector<std::string> records(ids.begin(), ids.end());
    say(law, where_, list(records) + (ids.size() == 1 ? " is " : " are ") + what, records);
  }

  const Json& lane_;
  std::string where_;
  Violations& found_;
  std::vector<Entry> entries_;
};

// Included, previous and total.
class EndLaws {
 public:
  EndLaws(const Json& flow, Violations& found) : flow_(flow), found_(found) {}

  void check() {
    const auto [studies, reports] = pair("included", "included");
    reportsSum(reports);
    if (studies >= 0 && reports >= 0 && (studies > reports || (studies == 0 && reports > 0)))
      say("studies-within-reports", "included",
          std::to_string(studies) + " studies in " + std::to_string(reports) + " reports");
    if (!flow_.contains("previous")) return;
    const auto [oldStudies, oldReports] = pair("previous", "total");
    const auto [allStudies, allReports] = pair("total", "total");
    total("total-studies", allStudies, oldStudies, studies);
    total("total-reports", allReports, oldReports, reports);
  }

 private:
  void say(const char* law, const char* where, std::string message, std::vector<std::string> records = {}) {
    found_.push_back({law, where, std::move(message), std::move(records)});
  }
  /// Studies and reports of a box, with what holds for any number.
  std::pair<std::int64_t, std::int64_t> pair(const char* box, const char* where) {
    for (const char* name : {"studies", "reports"}) {
      const Json& value = flow_[box][name];
      const std::string full = std::string(box) + "/" + name;
      const std::int64_t n = numberOf(value);
      if (n < 0) say("non-negative", where, full + " is " + std::to_string(n));
      if (value.is_number()) continue;
      const std::vector<std::string> ids = recordsOf(value);
      if (n >= 0 && n != static_cast<std::int64_t>(ids.size()))
        say("record-list", where, full + ": n is " + std::to_string(n) + ", " + std::to_string(ids.size()) + " listed");
      if (const std::set<std::string> distinct(ids.begin(), ids.end()); distinct.size() != ids.size())
        say("unique-ids", where, full + " lists an id more than once");
    }
    return {numberOf(flow_[box]["studies"]), numberOf(flow_[box]["reports"])};
  }
  void reportsSum(std::int64_t reports) {
    std::int64_t sum = 0;
    std::string terms;
    for (const char* lane : {"db", "other"}) {
      if (!flow_.contains(lane)) continue;
      const std::int64_t n = numberOf(flow_[lane]["included_reports"]);
      if (n < 0) return;
      sum += n;
      terms += (terms.empty() ? "" : " + ") + std::string(lane) + " " + std::to_string(n);
    }
    if (reports >= 0 && reports != sum)
      say("reports-sum", "included", std::to_string(reports) + " stated, " + terms + " = " + std::to_string(sum));
  }
  void total(const char* law, std::int64_t stated, std::int64_t before, std::int64_t now) {
    if (stated < 0 || before < 0 || now < 0 || stated == before + now) return;
    say(law, "total",
        std::to_string(stated) + " stated, previous " + std::to_string(before) + " + included " + std::to_string(now) +
            " = " + std::to_string(before + now));
  }

  const Json& flow_;
  Violations& found_;
};

// One lane of the whole against the same lane of the waves. All numbers that differ make one violation: a wrong number
// carries on through a lane.
class WaveSum {
 public:
  WaveSum(const Json& flow, std::string lane) : lane_(std::move(lane)) {
    if (flow.contains(lane_)) whole_ = &flow[lane_];
    for (const Json& wave : flow["waves"])
      if (wave.contains(lane_)) parts_.push_back(&wave[lane_]);
  }

  void check(Violations& found) {
    if (whole_ == nullptr && parts_.empty()) return;
    if (whole_ == nullptr) return found.push_back({"wave-sum", lane_, "waves have this lane, the whole has not", {}});
    for (const Json* part : parts_) partEntries_.push_back(numbers(*part));
    const std::map<std::string, std::int64_t> stated = numbers(*whole_);
    std::set<std::string> names;
    for (const auto& [name, n] : stated) names.insert(name);
    for (const auto& part : partEntries_)
      for (const auto& [name, n] : part) names.insert(name);
    for (const std::string& name : names) {
      const auto at = stated.find(name);
      compare(name, at == stated.end() ? 0 : at->second);
    }
    if (!message_.empty()) found.push_back({"wave-sum", lane_, message_, {}});
  }

 private:
  /// The numbers that must add up. What only some of the waves state in detail is compared as a sum.
  std::map<std::string, std::int64_t> numbers(const Json& lane) const {
    std::map<std::string, std::int64_t> out;
    const bool stages = everyLaneHas("stages");
    for (const Entry& entry : entriesOf(lane)) {
      if (entry.optional || (!entry.stage.empty() && !stages)) continue;
      out[entry.name] = numberOf(*entry.value);
    }
    if (lane.contains("excluded") || lane.contains("stages")) out["excluded"] = excludedSum(lane);
    return out;
  }
  bool everyLaneHas(const char* key) const {
    return whole_->contains(key) &&
           std::all_of(parts_.begin(), parts_.end(), [&](const Json* part) { return part->contains(key); });
  }
  void compare(const std::string& name, std::int64_t stated) {
    std::int64_t sum = 0;
    std::string terms;
    for (const auto& part : partEntries_) {
      const auto at = part.find(name);
      const std::int64_t n = at == part.end() ? 0 : at->second;
      if (n < 0) return;
      sum += n;
      terms += (terms.empty() ? "" : " + ") + std::to_string(n);
    }
    if (stated < 0 || stated == sum) return;
    message_ += (message_.empty() ? "" : "; ") + name + ": " + std::to_string(stated) + " stated, " +
                (terms.empty() ? std::string("no wave") : "waves " + terms) + " = " + std::to_string(sum);
  }

  std::string lane_, message_;
  const Json* whole_ = nullptr;
  std::vector<const Json*> parts_;
  std::vector<std::map<std::string, std::int64_t>> partEntries_;
};

}  // namespace

std::vector<FlowViolation> checkFlow(const nlohmann::ordered_json& flow) {
  Violations found = schemaViolations(flow);
  if (!found.empty()) return found;
  for (const char* lane : {"db", "other"})
    if (flow.contains(lane)) LaneLaws(flow[lane], lane, found).check();
  EndLaws(flow, found).check();
  if (!flow.contains("waves") || flow["waves"].empty()) return found;
  for (const Json& wave : flow["waves"])
    for (const char* lane : {"db", "other"})
      if (wave.contains(lane))
        LaneLaws(wave[lane], "waves/" + wave["id"].get<std::string>() + "/" + lane, found).check();
  for (const char* lane : {"db", "other"}) WaveSum(flow, lane).check(found);
  return found;
}

std::vector<FlowViolation> checkFlow(const nlohmann::json& flow) { return checkFlow(nlohmann::ordered_json(flow)); }

bool isSchemaFault(const std::vector<FlowViolation>& violations) {
  return !violations.empty() && violations.front().law == "schema";
}

}  // namespace winnow::engine
