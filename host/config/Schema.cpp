#include "Schema.hpp"

#include <nlohmann/json.hpp>

#include "io/Listed.hpp"
#include "parts/Section.hpp"
#include "parts/Values.hpp"
#include "parts/Vocabulary.hpp"

namespace winnow::config {
namespace {

using Json = nlohmann::ordered_json;

/// A text as written: an editor takes 2020 for a number and true for a truth value, the loader does not.
Json textShape() { return {{"type", {"string", "number", "boolean"}}}; }

Json listShape(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json namesShape() { return {{"anyOf", {textShape(), listShape(textShape())}}}; }
Json byName(Json values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }
Json choiceShape(std::string_view choices) { return {{"enum", splitBars(choices)}}; }
Json reference(std::string_view part) { return {{"$ref", "#/$defs/" + kebab(part)}}; }
Json dateShape() { return {{"type", {"string", "integer"}}, {"pattern", R"(^\d{4}(-\d{2}(-\d{2})?)?$)"}}; }

Json shapeOf(const KeyRule& rule) {
  switch (rule.shape) {
    case Shape::Date:
      return dateShape();
    case Shape::CountOrOpen:
      return {{"anyOf", {{{"type", "integer"}, {"minimum", 0}}, {{"const", "open"}}}}};
    case Shape::Version:
      return {{"const", 1}};
    case Shape::Choice:
      return choiceShape(rule.detail);
    case Shape::Names:
      return namesShape();
    case Shape::TextMap:
      return byName(textShape());
    case Shape::Part:
      return reference(rule.detail);
    case Shape::Text:
    case Shape::Path:
    case Shape::Period:
      break;
  }
  return textShape();
}

/// A map with these keys and no others.
Json objectOf(KeyTable table) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const KeyRule& rule : table) {
    Json one = shapeOf(rule);
    one["description"] = rule.help;
    properties[std::string(rule.name)] = std::move(one);
    if (rule.required) required.push_back(rule.name);
  }
  Json object{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) object["required"] = std::move(required);
  object["additionalProperties"] = false;
  return object;
}

Json boundedShape(const winnow_option& option, std::string_view type) {
  Json shape{{"type", type}};
  const auto number = [](winnow_str text) { return Json::parse(view(text), nullptr, false); };
  if (option.minimum.size != 0) shape["minimum"] = number(option.minimum);
  if (option.maximum.size != 0) shape["maximum"] = number(option.maximum);
  return shape;
}

Json optionShape(const winnow_option& option) {
  const Json item = option.choices.size == 0 ? textShape() : choiceShape(view(option.choices));
  switch (option.type) {
    case WINNOW_INTEGER:
      return boundedShape(option, "integer");
    case WINNOW_NUMBER:
      return boundedShape(option, "number");
    case WINNOW_BOOLEAN:
      return {{"enum", {true, false, "yes", "no"}}};
    case WINNOW_DATE:
      return dateShape();
    case WINNOW_CHOICE:
      return item;
    case WINNOW_LIST:
      return {{"anyOf", {item, listShape(item)}}};
    case WINNOW_MAP:
      return {{"anyOf", {byName(namesShape()), listShape(textShape())}}};
    default:
      return textShape();
  }
}

std::string optionHelp(const winnow_option& option) {
  std::string help(view(option.help));
  if (option.fallback.size == 0) return help;
  if (!help.empty()) help += help.back() == '.' ? " " : ". ";
  return help + "Default: " + io::listed(splitBars(view(option.fallback))) + ".";
}

/// Where a map names its plugin.
struct PluginKey {
  StageRole role;
  std::string_view key;       ///< "using"
  std::string_view fallback;  ///< short name of the stage that stands in if the key is left out; may be empty
};

/// The options of a stage, known where the stage is named.
Json stageRule(const winnow_stage& stage, const PluginKey& plugin, const std::string& shortName) {
  Json properties = Json::object();
  Json required = Json::array();
  for (std::size_t i = 0; i < stage.option_count; ++i) {
    const winnow_option& option = *stage.options[i];
    Json shape = optionShape(option);
    shape["description"] = optionHelp(option);
    if ((option.flags & WINNOW_OPTION_DEPRECATED) != 0) shape["deprecated"] = true;
    if ((option.flags & WINNOW_OPTION_REQUIRED) != 0) required.push_back(view(option.name));
    properties[std::string(view(option.name))] = std::move(shape);
  }
  const Json names{{"enum", {shortName, view(stage.id)}}};
  Json named{{"properties", {{std::string(plugin.key), names}}}};
  if (plugin.fallback != shortName) named["required"] = {plugin.key};
  Json known{{"properties", std::move(properties)}};
  if (!required.empty()) known["required"] = std::move(required);
  return {{"if", std::move(named)}, {"then", std::move(known)}};
}

/// A map with these keys and the options of the stage that it names.
Json objectWithOptions(KeyTable table, const StageDeclarations& stages, const PluginKey& plugin) {
  Json object = objectOf(table);
  const std::vector<std::string> names = shortNames(stages, plugin.role);
  object["properties"][std::string(plugin.key)]["examples"] = names;
  Json rules = Json::array();
  for (const std::string& name : names) rules.push_back(stageRule(*findStage(stages, plugin.role, name), plugin, name));
  if (rules.empty()) return object;
  object.erase("additionalProperties");
  object["allOf"] = std::move(rules);
  object["unevaluatedProperties"] = false;
  return object;
}

/// A stage by its name, or a map of name and options.
Json stageUse(KeyTable table, const StageDeclarations& stages, const StageRole& role) {
  Json name = textShape();
  name["examples"] = shortNames(stages, role);
  return {{"anyOf", {name, objectWithOptions(table, stages, {role, "using", {}})}}};
}

Json stepShape(Verb verb, const StageDeclarations& stages) {
  const std::vector<KeyRule> table = keysOf(verb);
  if (verb == Verb::Chart) return objectOf(table);
  Json step = objectWithOptions(table, stages, {filterRole(verb == Verb::Remove), "using", defaultFilter(verb)});
  if (verb != Verb::Remove) return step;
  Json& reasons = step["properties"]["reasons"];  // or a filter's option of this name, which has a shape of its own
  reasons = {{"description", reasons["description"]}};
  return step;
}

Json stepsShape(const StageDeclarations& stages) {
  Json steps = Json::array();
  for (const Verb verb : {Verb::Remove, Verb::Screen, Verb::Map, Verb::Chart}) steps.push_back(stepShape(verb, stages));
  return listShape({{"oneOf", std::move(steps)}});
}

Json itemsShape() {
  Json kinds = Json::array({choiceShape(itemWords)});
  const Json condition = {{"type", "object"}, {"maxProperties", 1}, {"minProperties", 1}};
  const auto kind = [&](const char* key, Json shape) {
    kinds.push_back(
        {{"type", "object"},
         {"properties", {{key, std::move(shape)}, {"if", condition}, {"since", {{"type", "integer"}, {"minimum", 1}}}}},
         {"required", {key}},
         {"additionalProperties", false}});
  };
  for (const char* key : {"one of", "any of"}) kind(key, listShape(textShape()));
  for (const char* key : {"decimal", "range", "number"}) kind(key, textShape());
  kind("type", choiceShape(itemWords));
  kinds.push_back(
      {{"type", "object"},
       {"properties",
        {{"repeat", {{"type", "integer"}, {"minimum", 2}, {"maximum", 9}}}, {"items", {{"type", "object"}}}}},
       {"required", {"repeat", "items"}},
       {"additionalProperties", false}});
  return byName({{"anyOf", std::move(kinds)}});
}

Json definitions(const StageDeclarations& stages) {
  const PluginKey importer{importerRole(), "from", {}};
  Json defs = Json::object();
  defs["review"] = objectOf(keys::review);
  defs["search"] = objectOf(keys::search);
  defs["sources"] = listShape(objectOf(keys::wave));
  defs["named-sources"] = byName(objectWithOptions(keys::source, stages, importer));
  defs["methods"] = listShape(objectWithOptions(keys::method, stages, importer));
  defs["eligibility"] = objectOf(keys::eligibility);
  defs["selection"] = objectOf(keys::selection);
  const Json annotator = stageUse(keys::annotator, stages, annotatorRole());
  defs["annotate"] = {{"anyOf", {annotator, listShape(annotator)}}};
  defs["order"] = {{"anyOf", {stageUse(keys::order, stages, rankerRole()), {{"enum", {"listed", "hash"}}}}}};
  defs["highlight"] = objectOf(keys::highlight);
  defs["defaults"] = objectOf(defaultKeys());
  defs["readers"] = {{"anyOf", {namesShape(), byName(textShape())}}};
  defs["steps"] = stepsShape(stages);
  defs["charting"] = byName(objectOf(keys::form));
  defs["items"] = itemsShape();
  defs["isolate"] = objectOf(keys::isolate);
  defs["criteria"] = byName({{"anyOf", {textShape(), objectOf(keys::criterion)}}});
  defs["sheets"] = objectOf(keys::sheets);
  const Json files{{"anyOf", {textShape(), objectOf(keys::sheetFiles)}}};
  defs["sheet-files"] = {{"anyOf", {files, listShape(files)}}};
  defs["synthesis"] = objectOf(keys::synthesis);
  defs["analyses"] = byName(objectOf(keys::analysis));
  defs["only"] = byName(namesShape());
  defs["appraisal"] = objectOf(keys::appraisal);
  defs["exports"] = listShape(objectWithOptions(keys::exported, stages, {exporterRole(), "using", {}}));
  return defs;
}

}  // namespace

std::string reviewSchema(const StageDeclarations& stages) {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Winnow review"}};
  schema.update(objectOf(keys::root));
  schema["$defs"] = definitions(stages);
  return schema.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace winnow::config
