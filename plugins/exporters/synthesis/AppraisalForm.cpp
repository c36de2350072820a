// The only file of the exporters that knows yaml-cpp.
#include "AppraisalForm.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

#include <winnow/formats/text.hpp>

#include "ShippedForms.hpp"

namespace winnow::synthesis {

namespace {

constexpr std::size_t kLargestForm = 1 << 20;

[[noreturn]] void wrong(const YAML::Mark& at, const std::string& what) {
  throw std::invalid_argument("line " + std::to_string(at.line + 1) + ", column " + std::to_string(at.column + 1) +
                              ": " + what);
}

class FormReader {
 public:
  AppraisalForm read(const YAML::Node& root) {
    if (!root.IsMap()) wrong(root.Mark(), "an appraisal form is a map that begins with 'winnow: appraisal/1'");
    knownKeys(root, {"winnow", "id", "title", "version", "based_on", "answers", "items", "overall"});
    if (text(root, "winnow") != "appraisal/1") wrong(root.Mark(), "the first key must be 'winnow: appraisal/1'");
    AppraisalForm form;
    form.id = required(root, "id");
    form.title = required(root, "title");
    form.version = text(root, "version").empty() ? "1" : text(root, "version");
    form.basedOn = text(root, "based_on");
    const auto answers = root["answers"] ? lights(root["answers"]) : std::vector<std::pair<std::string, Light>>();
    if (!root["items"] || !root["items"].IsSequence() || root["items"].size() == 0)
      wrong(root.Mark(), "the form needs 'items', a list");
    for (const YAML::Node& node : root["items"]) form.items.push_back(item(node, answers, form));
    form.overall.id = kOverall;
    form.overall.shortName = "Overall";
    form.overall.text = "Overall judgement";
    if (!root["overall"]) wrong(root.Mark(), "the form needs 'overall', the answers of the overall judgement");
    form.overall.answers = lights(root["overall"]);
    return form;
  }

 private:
  static void knownKeys(const YAML::Node& map, const std::set<std::string>& known) {
    for (const auto& entry : map) {
      const auto key = entry.first.as<std::string>();
      if (!known.contains(key)) wrong(entry.first.Mark(), "a form has no key '" + key + "'");
    }
  }
  static std::string text(const YAML::Node& map, const char* key) {
    const YAML::Node value = map[key];
    if (!value) return {};
    if (!value.IsScalar()) wrong(value.Mark(), std::string("'") + key + "' takes text");
    return std::string(formats::trim(value.Scalar()));
  }
  static std::string required(const YAML::Node& map, const char* key) {
    std::string value = text(map, key);
    if (value.empty()) wrong(map.Mark(), std::string("'") + key + "' is missing");
    return value;
  }

  static std::vector<std::pair<std::string, Light>> lights(const YAML::Node& map) {
    if (!map.IsMap() || map.size() == 0) wrong(map.Mark(), "answers are a map: each answer and its light");
    std::vector<std::pair<std::string, Light>> answers;
    for (const auto& entry : map) {
      const std::string word = entry.second.IsScalar() ? entry.second.Scalar() : std::string();
      const Light light = word == "low"    ? Light::Low
                          : word == "some" ? Light::Some
                          : word == "high" ? Light::High
                                           : Light::None;
      if (light == Light::None && word != "none") wrong(entry.second.Mark(), "a light is one of low, some, high, none");
      answers.emplace_back(formats::trim(entry.first.Scalar()), light);
    }
    return answers;
  }

  static AppraisalItem item(const YAML::Node& node, const std::vector<std::pair<std::string, Light>>& answers,
                            const AppraisalForm& form) {
    if (!node.IsMap()) wrong(node.Mark(), "an item is a map with id and text");
    knownKeys(node, {"id", "short", "text", "hint", "answers", "stop_if_no"});
    AppraisalItem item;
    item.id = required(node, "id");
    if (item.id == kOverall || form.find(item.id) != nullptr)
      wrong(node.Mark(), "the item '" + item.id + "' stands twice");
    item.text = required(node, "text");
    item.shortName = text(node, "short").empty() ? item.id : text(node, "short");
    item.hint = text(node, "hint");
    item.answers = node["answers"] ? lights(node["answers"]) : answers;
    if (item.answers.empty()) wrong(node.Mark(), "the item '" + item.id + "' has no answers");
    const std::string stops = text(node, "stop_if_no");
    if (!stops.empty() && stops != "true" && stops != "yes" && stops != "false" && stops != "no")
      wrong(node["stop_if_no"].Mark(), "'stop_if_no' takes true or false");
    item.stopsIfNo = stops == "true" || stops == "yes";
    return item;
  }
};

void compareWithBase(AppraisalForm& form) {
  const auto base = shippedForm(form.basedOn);
  if (!base) return;
  const AppraisalForm original = readAppraisalForm(*base);
  for (const AppraisalItem& item : original.items)
    if (form.find(item.id) == nullptr) form.removed.push_back(item.shortName);
  for (const AppraisalItem& item : form.items)
    if (original.find(item.id) == nullptr) form.added.push_back(item.shortName);
}

/// The form's own name, without reading the whole.
std::string idOf(std::string_view yaml) { return YAML::Load(std::string(yaml))["id"].as<std::string>(); }

}  // namespace

std::optional<Light> AppraisalItem::lightOf(std::string_view answer) const {
  for (const auto& [known, light] : answers)
    if (formats::equalsIgnoringCase(known, formats::trim(answer))) return light;
  return std::nullopt;
}

const AppraisalItem* AppraisalForm::find(std::string_view wanted) const {
  if (wanted == kOverall) return &overall;
  for (const AppraisalItem& item : items)
    if (item.id == wanted) return &item;
  return nullptr;
}

std::vector<std::string> shippedForms() {
  std::vector<std::string> names;
  for (const std::string_view form : shipped::all) names.push_back(idOf(form));
  return names;
}

std::optional<std::string_view> shippedForm(std::string_view name) {
  for (const std::string_view form : shipped::all)
    if (idOf(form) == name) return form;
  return std::nullopt;
}

AppraisalForm readAppraisalForm(std::string_view yaml) {
  if (yaml.size() > kLargestForm) throw std::invalid_argument("line 1, column 1: a form of more than a mebibyte");
  try {
    AppraisalForm form = FormReader().read(YAML::Load(std::string(yaml)));
    if (!form.basedOn.empty()) compareWithBase(form);
    return form;
  } catch (const YAML::Exception& error) {
    wrong(error.mark, error.msg);
  }
}

}  // namespace winnow::synthesis
