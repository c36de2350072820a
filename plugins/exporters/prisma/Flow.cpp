#include "Flow.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "picture/Text.hpp"

namespace winnow::prisma {

namespace {

using Json = nlohmann::ordered_json;

bool isCountedList(const Json& value) {
  return value.is_object() && value.size() == 2 && value.contains("n") && value.contains("records") &&
         value["records"].is_array();
}

std::int64_t numberOf(const Json& value) {
  if (value.is_array()) return static_cast<std::int64_t>(value.size());
  return isCountedList(value) ? value["n"].get<std::int64_t>() : value.get<std::int64_t>();
}

/// What a wave says at the place of a number: the value, nothing (not stated), or zero (the wave lacks the whole lane).
struct WavePart {
  const Json* value = nullptr;
  bool isZero = false;
};

/// A part of the document beside the same part of each wave.
class Parallel {
 public:
  Parallel(const Json& whole, std::vector<WavePart> waves, const facts::Criteria& criteria)
      : whole_(&whole), waves_(std::move(waves)), criteria_(&criteria) {}

  const Json& whole() const { return *whole_; }
  bool has(const std::string& key) const { return whole_->contains(key); }
  Parallel at(const std::string& key) const {
    std::vector<WavePart> waves = waves_;
    for (WavePart& wave : waves)
      if (!wave.isZero) wave.value = wave.value != nullptr && wave.value->contains(key) ? &(*wave.value)[key] : nullptr;
    return {whole_->at(key), std::move(waves), *criteria_};
  }
  /// The stage of the same id.
  Parallel stage(std::size_t index) const {
    const Json& mine = whole_->at(index);
    std::vector<WavePart> waves = waves_;
    for (WavePart& wave : waves)
      if (wave.value != nullptr) wave.value = stageOf(*wave.value, mine.at("id"));
    return {mine, std::move(waves), *criteria_};
  }
  Count count() const {
    Count out{numberOf(*whole_), {}};
    if (!isKnown()) return out;
    for (const WavePart& wave : waves_) out.waves.push_back(wave.isZero ? 0 : numberOf(*wave.value));
    return out;
  }
  /// The numbers under labels. A wave that has the list but not the label has none of it.
  Box box() const {
    Box out;
    if (isKnown()) out.total.waves.assign(waves_.size(), 0);
    for (const auto& [label, value] : whole_->items()) {
      Item item{picture::cleanText(criteria_->reasonText(label)), {numberOf(value), {}}, {}};
      for (std::size_t w = 0; w < out.total.waves.size(); ++w) {
        const Json* list = waves_[w].value;
        const std::int64_t n = list != nullptr && list->contains(label) ? numberOf((*list)[label]) : 0;
        item.count.waves.push_back(n);
        out.total.waves[w] += n;
      }
      out.total.n += item.count.n;
      out.items.push_back(std::move(item));
    }
    return out;
  }

 private:
  bool isKnown() const {
    return std::all_of(waves_.begin(), waves_.end(),
                       [](const WavePart& wave) { return wave.isZero || wave.value != nullptr; });
  }
  static const Json* stageOf(const Json& stages, const Json& id) {
    for (const Json& stage : stages)
      if (stage.at("id") == id) return &stage;
    return nullptr;
  }
  const Json* whole_;
  std::vector<WavePart> waves_;
  const facts::Criteria* criteria_;
};

Actors readActors(const Json& by) { return {numberOf(by.at("human")), numberOf(by.at("automation"))}; }

Box readBox(const Parallel& lane, const std::string& name) {
  const Json& value = lane.whole().at(name);
  const bool isSum = name == "excluded" && (!value.is_object() || isCountedList(value));
  Box box = isSum ? Box{{}, lane.at(name).count(), {}} : lane.at(name).box();
  if (lane.has(name + "_by")) box.by = readActors(lane.whole().at(name + "_by"));
  return box;
}

Stage readStage(const Parallel& stage) {
  Stage out;
  out.label = picture::cleanText(stage.whole().at(stage.has("label") ? "label" : "id").get<std::string>());
  out.isAutomatic = stage.whole().value("mode", "") == "automatic";
  out.in = stage.at("in").count();
  out.out = stage.at("out").count();
  out.excluded = stage.at("excluded").box();
  if (stage.has("by")) out.excluded.by = readActors(stage.whole().at("by"));
  if (stage.has("undecided")) out.undecided = stage.at("undecided").count();
  if (stage.has("waiting")) out.waiting = stage.at("waiting").count();
  return out;
}

Lane readLane(const Parallel& lane) {
  Lane out;
  out.identified = readBox(lane, "identified");
  out.isRegister.assign(out.identified.items.size(), false);
  if (lane.has("registers")) {
    std::size_t i = 0;
    for (const auto& [label, value] : lane.whole().at("identified").items()) {
      for (const Json& name : lane.whole().at("registers")) out.isRegister[i] = out.isRegister[i] || name == label;
      ++i;
    }
  }
  if (lane.has("removed")) out.removed = readBox(lane, "removed");
  if (lane.has("screened")) out.screened = lane.at("screened").count();
  if (lane.has("stages"))
    for (std::size_t i = 0; i < lane.whole().at("stages").size(); ++i)
      out.stages.push_back(readStage(lane.at("stages").stage(i)));
  if (lane.has("excluded") && out.stages.empty()) out.excluded = readBox(lane, "excluded");
  out.sought = lane.at("sought").count();
  out.notRetrieved = lane.at("not_retrieved").count();
  out.assessed = lane.at("assessed").count();
  out.excludedReports = readBox(lane, "excluded_reports");
  out.includedReports = lane.at("included_reports").count();
  if (lane.has("waiting")) out.waiting = lane.at("waiting").count();
  return out;
}

std::optional<Lane> readLane(const Json& flow, const std::string& name, const Json& waves,
                             const facts::Criteria& criteria) {
  if (!flow.contains(name)) return std::nullopt;
  std::vector<WavePart> parts;
  if (waves.size() >= 2)
    for (const Json& wave : waves)
      parts.push_back(wave.contains(name) ? WavePart{&wave[name], false} : WavePart{nullptr, true});
  return readLane(Parallel(flow[name], std::move(parts), criteria));
}

std::optional<Included> readIncluded(const Json& flow, const char* name) {
  if (!flow.contains(name)) return std::nullopt;
  return Included{numberOf(flow[name].at("studies")), numberOf(flow[name].at("reports"))};
}

}  // namespace

Count sumOf(Count left, const Count& right) {
  left.n += right.n;
  if (left.waves.size() != right.waves.size()) return {left.n, {}};
  for (std::size_t w = 0; w < left.waves.size(); ++w) left.waves[w] += right.waves[w];
  return left;
}

Flow readFlow(std::string_view json, const facts::Criteria& criteria) {
  const Json flow = Json::parse(json);
  if (!flow.is_object() || flow.value("format", "") != "winnow-flow/1")
    throw std::runtime_error("the document 'flow' is not of the format 'winnow-flow/1'");
  const Json waves = flow.value("waves", Json::array());
  Flow out;
  out.db = readLane(flow, "db", waves, criteria);
  out.other = readLane(flow, "other", waves, criteria);
  out.included = readIncluded(flow, "included");
  out.previous = readIncluded(flow, "previous");
  out.total = readIncluded(flow, "total");
  for (const Json& one : flow.value("provisional", Json::array()))
    out.provisional.push_back({picture::cleanText(one.at("label").get<std::string>()), numberOf(one.at("records"))});
  for (const Json& wave : waves) {
    Flow part;
    part.wave = picture::cleanText(wave.at("id").get<std::string>());
    part.db = readLane(wave, "db", Json::array(), criteria);
    part.other = readLane(wave, "other", Json::array(), criteria);
    out.waves.push_back(std::move(part));
  }
  return out;
}

}  // namespace winnow::prisma
