#include "Schema.hpp"

#include <nlohmann/json.hpp>

#include "parts/Section.hpp"
#include "parts/Values.hpp"
#include "parts/Vocabulary.hpp"

namespace winnow::config {

namespace {

using Json = nlohmann::ordered_json;

const Json kText{{"type", {"string", "number", "boolean"}}};

Json names() { return {{"oneOf", {kText, {{"type", "array"}, {"items", kText}}}}}; }
Json reference(std::string_view name) { return {{"$ref", "#/$defs/" + kebab(name)}}; }

Json shapeOf(const KeyRule& rule) {
  switch (rule.shape) {
    case Shape::Date: return {{"type", "string"}, {"pattern", "^\\d{4}(-\\d{2}(-\\d{2})?)?$"}};
    case Shape::CountOrOpen: return {{"oneOf", {{{"type", "integer"}, {"minimum", 0}}, {{"const", "open"}}}}};
    case Shape::Version: return {{"const", 1}};
    case Shape::Choice: return {{"enum", splitBars(rule.detail)}};
    case Shape::Names: return names();
    case Shape::TextMap: return {{"type", "object"}, {"additionalProperties", kText}};
    case Shape::Part: return reference(rule.detail);
    default: return kText;
  }
}

/// A map with these keys.
Json objectOf(KeyTable table, bool closed = true) {
  Json properties = Json::object(), required = Json::array();
  for (const KeyRule& rule : table) {
    Json one = shapeOf(rule);
    one["description"] = rule.help;
    properties[std::string(rule.name)] = std::move(one);
    if (rule.required) required.push_back(rule.name);
  }
  Json object{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) object["required"] = std::move(required);
  if (closed) object["additionalProperties"] = false;
  return object;
}

Json optionShape(const winnow_option& option) {
  const std::string choices(view(option.choices));
  Json shape;
  switch (option.type) {
    case WINNOW_INTEGER: shape = {{"type", "integer"}}; break;
    case WINNOW_NUMBER: shape = {{"type", "number"}}; break;
    case WINNOW_BOOLEAN: shape = {{"type", "boolean"}}; break;
    case WINNOW_CHOICE: shape = {{"enum", splitBars(choices)}}; break;
    case WINNOW_LIST: shape = names(); break;
    case WINNOW_MAP: shape = {{"type", {"object", "array"}}}; break;
    default: shape = kText;
  }
  shape["description"] = std::string(view(option.help)) + (option.fallback.size == 0 ? "" : " Default: " + std::string(view(option.fallback)) + ".");
  return shape;
}

/// "If `using` is this stage, these keys are known too."
Json stageRule(const StageDeclaration& declared, const StageRole& role) {
  std::string_view id = view(declared.stage->id);
  std::string_view shortId = id;
  shortId.remove_prefix(role.prefix.size());
  Json properties = Json::object();
  for (std::size_t i = 0; i < declared.stage->option_count; ++i)
    properties[std::string(view(declared.stage->options[i]->name))] = optionShape(*declared.stage->options[i]);
  return {{"if", {{"properties", {{"using", {{"enum", {shortId, id}}}}}}, {"required", {"using"}}}}, {"then", {{"properties", std::move(properties)}}}};
}

Json withStages(Json object, const StageDeclarations& stages, const StageRole& role) {
  Json rules = Json::array();
  Json known = Json::array();
  for (const StageDeclaration& declared : stages) {
    if (!fits(role, *declared.stage)) continue;
    rules.push_back(stageRule(declared, role));
    known.push_back(std::string(view(declared.stage->id)).substr(role.prefix.size()));
  }
  if (object["properties"].contains("using")) object["properties"]["using"]["examples"] = std::move(known);
  object["allOf"] = std::move(rules);
  return object;
}

Json stepsOf(const StageDeclarations& stages) {
  Json verbs = Json::array();
  for (const Verb verb : {Verb::Remove, Verb::Screen, Verb::Map, Verb::Chart}) {
    const std::vector<KeyRule> table = keysOf(verb);
    verbs.push_back(withStages(objectOf(table, false), stages, filterRole(verb == Verb::Remove)));
  }
  return {{"type", "array"}, {"items", {{"oneOf", std::move(verbs)}}}};
}

Json itemsOf() {
  const Json list{{"type", "array"}, {"items", kText}};
  return {{"type", "object"},
          {"additionalProperties",
           {{"oneOf", {{{"enum", splitBars(itemWords)}},
                       {{"type", "object"}, {"properties", {{"one of", list}}}, {"required", {"one of"}}, {"additionalProperties", false}},
                       {{"type", "object"}, {"properties", {{"any of", list}}}, {"required", {"any of"}}, {"additionalProperties", false}}}}}}};
}

}  // namespace

std::string reviewSchema(const StageDeclarations& stages) {
  Json schema = objectOf(keys::root);
  const auto list = [](Json items) { return Json{{"type", "array"}, {"items", std::move(items)}}; };
  const auto byName = [](Json values) { return Json{{"type", "object"}, {"additionalProperties", std::move(values)}}; };
  Json defs = Json::object();
  defs["review"] = objectOf(keys::review);
  defs["search"] = objectOf(keys::search);
  defs["sources"] = list(objectOf(keys::wave));
  defs["named-sources"] = byName(objectOf(keys::source));
  defs["methods"] = list(objectOf(keys::method));
  defs["eligibility"] = objectOf(keys::eligibility);
  defs["selection"] = objectOf(keys::selection);
  defs["defaults"] = objectOf(defaultKeys());
  defs["readers"] = {{"oneOf", {names(), {{"type", "object"}, {"additionalProperties", kText}}}}};
  defs["steps"] = stepsOf(stages);
  defs["charting"] = byName(objectOf(keys::form));
  defs["items"] = itemsOf();
  defs["exports"] = list(withStages(objectOf(keys::exported, false), stages, exporterRole()));
  Json whole{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Winnow review"}};
  whole.update(schema);
  whole["$defs"] = std::move(defs);
  return whole.dump(2) + "\n";
}

}  // namespace winnow::config
