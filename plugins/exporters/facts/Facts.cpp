#include "Facts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace winnow::facts {

namespace {

using Json = nlohmann::ordered_json;

Json documentNamed(const Host& host, std::string_view name) {
  const Json document = Json::parse(host.document(name), nullptr, false);
  if (!document.is_object()) throw std::runtime_error("this run has no document \"" + std::string(name) + "\"");
  return document;
}

std::string text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A number of winnow-flow/1 in any of its forms; 0 where the document states none.
std::int64_t number(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return 0;
  if (found->is_number_integer()) return found->get<std::int64_t>();
  if (found->is_array()) return static_cast<std::int64_t>(found->size());
  return found->is_object() && found->contains("n") ? number(*found, "n") : 0;
}

std::int64_t sumOf(const Json& object, const char* key) {
  std::int64_t sum = 0;
  if (!object.contains(key)) return 0;
  if (!object[key].is_object() || (object[key].contains("n") && object[key].contains("records")))
    return number(object, key);
  for (const auto& [label, value] : object[key].items()) sum += number(object[key], label.c_str());
  return sum;
}

std::map<std::string, std::string> texts(const Json& object, const char* key) {
  std::map<std::string, std::string> list;
  if (object.contains(key) && object[key].is_object())
    for (const auto& [name, value] : object[key].items())
      if (value.is_string()) list[name] = value.get<std::string>();
  return list;
}

const Json& list(const Json& object, const char* key) {
  static const Json kNone = Json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : kNone;
}

About aboutOf(const Json& review) {
  About about;
  about.title = text(review, "title");
  about.question = text(review, "question");
  about.framework = text(review, "framework");
  about.reporting = text(review, "reporting");
  about.dates = text(review, "dates");
  about.registration = text(review, "registration");
  if (review.contains("software") && review["software"].is_object()) {
    about.softwareName = text(review["software"], "name");
    about.softwareVersion = text(review["software"], "version");
  }
  if (review.contains("definitions") && review["definitions"].is_object())
    for (const auto& [word, meaning] : review["definitions"].items())
      if (meaning.is_string()) about.definitions.emplace_back(word, meaning.get<std::string>());
  for (const Json& one : list(review, "reviewers")) about.reviewers.push_back({text(one, "id"), text(one, "role")});
  about.statements = texts(review, "statements");
  return about;
}

std::vector<std::string> namesIn(const Json& object, const char* key) {
  std::vector<std::string> names;
  for (const Json& name : list(object, key))
    if (name.is_string()) names.push_back(name.get<std::string>());
  return names;
}

/// The form's name without folder and ending: "casp-adapted" of "decisions/casp-adapted.yaml".
std::string formName(const std::string& path) {
  const std::size_t begin = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1;
  return path.substr(begin, path.rfind('.') > begin ? path.rfind('.') - begin : std::string::npos);
}

void readSynthesis(About& about, const Json& synthesis) {
  about.decision = text(synthesis, "decision");
  about.decidedOn = text(synthesis, "date");
  about.decisionReason = text(synthesis, "reason");
  about.decidedBy = namesIn(synthesis, "by");
  for (const Json& one : list(synthesis, "analyses")) {
    const std::string measure = text(one, "measure");
    about.analyses.push_back(text(one, "name") + (measure.empty() ? "" : " (" + measure + ")"));
  }
  const auto appraisal = synthesis.find("appraisal");
  if (appraisal == synthesis.end() || !appraisal->is_object() || !appraisal->contains("form")) return;
  about.appraisalForm = formName(text((*appraisal)["form"], "name"));
  about.appraisedBy = namesIn(*appraisal, "by");
}

void readOrder(Step& step, const Json& json) {
  step.isOrdered = json.contains("order") && json["order"].is_object();
  if (!step.isOrdered) return;
  step.ranker = text(json["order"], "ranker");
  step.rankerVersion = text(json["order"], "version");
  step.randomFrom = number(json["order"], "random_from");
  for (const Json& one : list(json, "recall")) {
    const bool isClaimed = one.contains("claim") && !one.contains("why");
    step.recall.emplace_back(text(one, "reader"), isClaimed ? text(one["claim"], "sentence") : text(one, "text"));
  }
}

Step stepOf(const Json& json) {
  Step step;
  step.id = text(json, "id");
  step.label = json.contains("label") ? text(json, "label") : step.id;
  step.verb = text(json, "verb");
  step.plugin = text(json, "plugin");
  step.version = text(json, "version");
  step.mode = text(json, "mode");
  step.read = text(json, "read");
  step.onUndecided = text(json, "on_undecided");
  step.seed = text(json, "seed");
  step.in = number(json, "in");
  step.excluded = number(json, "excluded");
  step.undecided = number(json, "undecided");
  step.waiting = number(json, "waiting");
  if (json.contains("by")) step.human = number(json["by"], "human"), step.automation = number(json["by"], "automation");
  step.isDuplicates = json.contains("removed");
  step.removed = number(json, "removed");
  step.maybe = number(json, "maybe");
  step.decidedPairs = number(json, "decided_pairs");
  step.hasProposals = json.contains("proposed");
  if (step.hasProposals) {
    step.proposedExclude = number(json["proposed"], "exclude");
    step.proposedUndecided = number(json["proposed"], "undecided");
    step.proposedCategory = number(json["proposed"], "category");
  }
  step.confirmed = number(json, "confirmed");
  step.overturned = number(json, "overturned");
  step.added = number(json, "added");
  step.conflicts = number(json, "conflicts");
  step.resolved = number(json, "resolved");
  readOrder(step, json);
  for (const Json& one : list(json, "readers"))
    step.readers.push_back({text(one, "id"), text(one, "share"), number(one, "assigned"), number(one, "read")});
  for (const Json& one : list(json, "categories")) step.categories.push_back({text(one, "name"), number(one, "n")});
  for (const Json& one : list(json, "settings")) step.settings.emplace_back(text(one, "name"), text(one, "value"));
  return step;
}

Chart chartOf(const Json& json) {
  Chart chart{text(json, "label"), text(json, "form"), text(json, "version"), number(json, "in"), {}};
  for (const Json& one : list(json, "readers")) chart.charted.emplace_back(text(one, "id"), number(one, "charted"));
  return chart;
}

Arm armOf(const Json& lane, const Criteria& criteria) {
  Arm arm;
  arm.identified = sumOf(lane, "identified");
  if (lane.contains("removed")) arm.duplicates = number(lane["removed"], "duplicates");
  arm.screened = lane.contains("screened") ? number(lane, "screened") : arm.identified - sumOf(lane, "removed");
  for (const Json& stage : list(lane, "stages")) arm.excluded += sumOf(stage, "excluded");
  if (list(lane, "stages").empty()) arm.excluded = sumOf(lane, "excluded");
  arm.sought = number(lane, "sought");
  arm.notRetrieved = number(lane, "not_retrieved");
  arm.assessed = number(lane, "assessed");
  arm.excludedReports = sumOf(lane, "excluded_reports");
  arm.includedReports = number(lane, "included_reports");
  if (lane.contains("excluded_reports") && lane["excluded_reports"].is_object())
    for (const auto& [reason, value] : lane["excluded_reports"].items())
      arm.reasons.emplace_back(criteria.reasonText(reason), number(lane["excluded_reports"], reason.c_str()));
  return arm;
}

}  // namespace

std::string About::said(const std::string& key) const {
  const auto found = statements.find(key);
  return found == statements.end() ? std::string() : found->second;
}

std::string Step::tool() const {
  const std::size_t dot = plugin.find('.');
  return dot == std::string::npos ? plugin : plugin.substr(dot + 1);
}

std::vector<const appendix::Source*> Facts::sourcesOf(const std::string& kind) const {
  std::vector<const appendix::Source*> found;
  for (const appendix::Source& source : search.sources) {
    const bool isNew =
        std::none_of(found.begin(), found.end(), [&](const auto* other) { return other->name == source.name; });
    if (source.kind == kind && isNew) found.push_back(&source);
  }
  return found;
}

std::string Facts::lastSearch() const {
  std::string last;
  for (const appendix::Source& source : search.sources) last = std::max(last, source.searched);
  return last;
}

Facts readFacts(const Host& host) {
  Facts facts;
  const Json review = documentNamed(host, "review"), search = documentNamed(host, "search"),
             steps = documentNamed(host, "steps"), flow = documentNamed(host, "flow");
  facts.criteria = Criteria(review);
  facts.about = aboutOf(review);
  if (!host.document("synthesis").empty()) readSynthesis(facts.about, documentNamed(host, "synthesis"));
  facts.search = appendix::readSearch(host.document("search"));
  for (const Json& field : list(search, "fields"))
    if (field.is_string()) facts.searchFields.push_back(field.get<std::string>());
  for (const appendix::Source& source : facts.search.sources)
    if (std::find(facts.waves.begin(), facts.waves.end(), source.wave) == facts.waves.end())
      facts.waves.push_back(source.wave);
  for (const Json& one : list(steps, "steps")) facts.steps.push_back(stepOf(one));
  bool isOnReports = false;
  for (Step& step : facts.steps) step.isOnReports = isOnReports = isOnReports || step.isFullText();
  for (const Json& one : list(steps, "charts")) facts.charts.push_back(chartOf(one));
  for (const Step& step : facts.steps) facts.waiting += step.waiting;
  if (!host.document("votes").empty()) facts.votes = agreement::readVotes(host.document("votes"));
  if (!host.document("form").empty()) facts.form = studies::readForm(host.document("form"));
  if (flow.contains("db")) facts.databases = armOf(flow["db"], facts.criteria);
  facts.hasOthers = flow.contains("other");
  if (facts.hasOthers) facts.others = armOf(flow["other"], facts.criteria);
  if (flow.contains("included")) {
    facts.studies = number(flow["included"], "studies");
    facts.reports = number(flow["included"], "reports");
  }
  return facts;
}

}  // namespace winnow::facts
