// One rule of a table from YAML.
#include <algorithm>

#include <re2/re2.h>

#include "YamlReader.hpp"

namespace winnow::tagged {

namespace {

/// Group names are words: container_title stands for container.title, article_number for article-number.
std::string dotted(std::string name) {
  const bool hyphenated = name == "article_number" || name == "publication_type";
  std::replace(name.begin(), name.end(), '_', hyphenated ? '-' : '.');
  return name;
}

bool hasNames(const Rule& rule) {
  return !rule.extract.empty() && std::all_of(rule.extract.begin(), rule.extract.end(),
                                              [](const auto& p) { return !p->NamedCapturingGroups().empty(); });
}

void addExtract(YamlReader& yaml, const YAML::Node& node, Rule& rule) {
  auto compiled = yaml.pattern(node);
  if (compiled == nullptr) return;
  for (const auto& [number, name] : compiled->CapturingGroupNames())
    if (targetOf(dotted(name)) == Target::None) yaml.wrong(node, "the group '" + name + "' is no field");
  if (compiled->NumberOfCapturingGroups() == 0)
    yaml.wrong(node, "the pattern has no group in parentheses: what is to be taken?");
  rule.extract.push_back(std::move(compiled));
}

void readExtract(YamlReader& yaml, const YAML::Node& item, Rule& rule) {
  const YAML::Node one = item["extract"], all = item["extract all"];
  if (one && one.IsSequence())
    for (const YAML::Node& pattern : one) addExtract(yaml, pattern, rule);
  else if (one)
    addExtract(yaml, one, rule);
  if (!all) return;
  if (one) yaml.wrong(all, "only one of 'extract' and 'extract all'");
  rule.extractAll = true;
  addExtract(yaml, all, rule);
}

void readTarget(YamlReader& yaml, const YAML::Node& item, Rule& rule) {
  const std::string to = yaml.text(item, "to");
  rule.to = targetOf(to);
  if (to.empty() ? hasNames(rule) : rule.to != Target::None) return;
  if (to.empty()) return yaml.wrong(item, "a rule says what the value becomes: 'to'");
  std::vector<std::string_view> names;
  for (int t = 1; t <= static_cast<int>(Target::Provider); ++t) names.push_back(targetName(static_cast<Target>(t)));
  yaml.wrong(item["to"], "'" + to + "' is no field" + nearest(to, names));
}

/// "{lastName}, {firstName}": what stands in braces is a path below that of the rule.
void addJoin(YamlReader& yaml, const YAML::Node& node, Rule& rule) {
  if (!node.IsScalar()) return yaml.wrong(node, "a pattern such as '{lastName}, {firstName}' stands here");
  const std::string text = node.Scalar();
  std::vector<Piece> pattern;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = std::min(text.find('{', at), text.size()), close = text.find('}', open);
    if (open > at) pattern.push_back({false, text.substr(at, open - at)});
    if (open == text.size()) break;
    if (close == std::string::npos || close == open + 1)
      return yaml.wrong(node, "a path stands between braces: '{lastName}'");
    pattern.push_back({true, text.substr(open + 1, close - open - 1)});
    rule.parts.push_back(pattern.back().text);
    at = close + 1;
  }
  if (std::none_of(pattern.begin(), pattern.end(), [](const Piece& piece) { return piece.isPath; }))
    return yaml.wrong(node, "the pattern names no path in braces: '{lastName}'");
  rule.join.push_back(std::move(pattern));
}

/// What is put together out of several members or elements.
void readParts(YamlReader& yaml, const YAML::Node& item, Rule& rule) {
  if (const YAML::Node join = item["join"]; join && join.IsSequence())
    for (const YAML::Node& pattern : join) addJoin(yaml, pattern, rule);
  else if (join)
    addJoin(yaml, join, rule);
  const YAML::Node person = item["person"];
  if (!person) return;
  if (!person.IsMap()) return yaml.wrong(person, "'person' is a map: {family: lastName, given: firstName}");
  if (!rule.join.empty()) yaml.wrong(person, "only one of 'join' and 'person'");
  yaml.known(person, {"family", "given", "suffix", "body", "name", "orcid", "affiliation"});
  rule.isPerson = true;
  for (const auto& part : person) {
    if (!part.first.IsScalar()) continue;
    for (std::string& path : yaml.texts(part.second)) {
      if (path.empty()) continue;
      rule.partNames.push_back(part.first.Scalar());
      rule.parts.push_back(std::move(path));
    }
  }
}

}  // namespace

Rule readRule(YamlReader& yaml, const YAML::Node& item) {
  Rule rule;
  if (!item.IsMap()) {
    yaml.wrong(item, "a rule is a map: {tag: TI, to: title}");
    return rule;
  }
  yaml.known(item, {"tag",     "path",        "to",     "take",         "names",
                    "split",   "set",         "label",  "run together", "only if missing",
                    "extract", "extract all", "decode", "match",        "unless",
                    "strip",   "when",        "rule",   "join",         "person"});
  rule.line = static_cast<std::uint32_t>(item.Mark().line + 1);
  rule.isOfPaths = static_cast<bool>(item["path"]);
  rule.tags = yaml.texts(item[rule.isOfPaths ? "path" : "tag"]);
  if (rule.tags.empty()) yaml.wrong(item, "a rule names its 'tag' (over JSON and XML: its 'path')");
  if (item["path"] && item["tag"]) yaml.wrong(item["tag"], "only one of 'tag' and 'path'");
  readExtract(yaml, item, rule);
  readTarget(yaml, item, rule);
  readParts(yaml, item, rule);
  rule.decode = yaml.choice<Decode>(
      item, "decode", {{"url", Decode::Url}, {"html", Decode::Html}, {"inverted index", Decode::InvertedIndex}},
      Decode::Plain);
  rule.take = yaml.choice<Take>(
      item, "take", {{"all", Take::All}, {"first", Take::First}, {"rest", Take::Rest}, {"first tag", Take::FirstTag}},
      Take::All);
  rule.names = yaml.choice<Names>(item, "names",
                                  {{"family, given", Names::Comma},
                                   {"initials last", Names::InitialsLast},
                                   {"given first", Names::GivenFirst},
                                   {"initials first", Names::InitialsFirst},
                                   {"family first", Names::FamilyFirst},
                                   {"body", Names::Body}},
                                  Names::Comma);
  rule.split = yaml.text(item, "split");
  rule.runTogether = yaml.flag(item, "run together");
  rule.set = yaml.text(item, "set");
  rule.labels = yaml.texts(item["label"]);
  rule.onlyIfMissing = yaml.flag(item, "only if missing");
  if (item["match"]) rule.match = yaml.pattern(item["match"]);
  if (item["unless"]) rule.unless = yaml.pattern(item["unless"]);
  if (const YAML::Node strip = item["strip"]; strip && strip.IsSequence()) {
    for (const YAML::Node& one : strip)
      if (auto compiled = yaml.pattern(one)) rule.strip.push_back(std::move(compiled));
  } else if (strip) {
    if (auto compiled = yaml.pattern(strip)) rule.strip.push_back(std::move(compiled));
  }
  rule.whenTypes = yaml.texts(item["when"]);
  rule.name = yaml.text(item, "rule");
  return rule;
}

}  // namespace winnow::tagged
