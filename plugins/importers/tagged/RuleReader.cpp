// One rule of a table.
#include <algorithm>

#include <re2/re2.h>

#include "NodeReader.hpp"
#include "Pattern.hpp"

namespace winnow::tagged {

namespace {

/// Group names are words: container_title stands for container.title, article_number for article-number.
std::string dotted(std::string name) {
  const bool hyphenated = name == "article_number" || name == "publication_type";
  std::replace(name.begin(), name.end(), '_', hyphenated ? '-' : '.');
  return name;
}

bool hasNames(const Rule& rule) {
  return !rule.extract.empty() && std::all_of(rule.extract.begin(), rule.extract.end(), [](const auto& p) {
    return !p->compiled().NamedCapturingGroups().empty();
  });
}

void checkGroups(NodeReader& reader, const Node& node, const re2::RE2& pattern) {
  for (const auto& [number, name] : pattern.CapturingGroupNames())
    if (targetOf(dotted(name)) == Target::None) reader.wrong(node, "the group '" + name + "' is no field");
  if (pattern.NumberOfCapturingGroups() == 0)
    reader.wrong(node, "the pattern has no group in parentheses: what is to be taken?");
}

void addExtract(NodeReader& reader, const Node& node, Rule& rule) {
  auto pattern = reader.pattern(node);
  if (pattern == nullptr) return;
  if (!reader.isChecked()) checkGroups(reader, node, pattern->compiled());
  rule.extract.push_back(std::move(pattern));
}

void readExtract(NodeReader& reader, const Node& item, Rule& rule) {
  const Node &one = item["extract"], &all = item["extract all"];
  if (one && one.isList())
    for (const Node& pattern : one.items()) addExtract(reader, pattern, rule);
  else if (one)
    addExtract(reader, one, rule);
  if (!all) return;
  if (one) reader.wrong(all, "only one of 'extract' and 'extract all'");
  rule.extractAll = true;
  addExtract(reader, all, rule);
}

void readTarget(NodeReader& reader, const Node& item, Rule& rule) {
  const std::string to = reader.text(item, "to");
  rule.to = targetOf(to);
  if (to.empty() ? reader.isChecked() || hasNames(rule) : rule.to != Target::None) return;
  if (to.empty()) return reader.wrong(item, "a rule says what the value becomes: 'to'");
  std::vector<std::string_view> names;
  for (int t = 1; t <= static_cast<int>(Target::Provider); ++t) names.push_back(targetName(static_cast<Target>(t)));
  reader.wrong(item["to"], "'" + to + "' is no field" + nearest(to, names));
}

/// "{lastName}, {firstName}": what stands in braces is a path below that of the rule.
void addJoin(NodeReader& reader, const Node& node, Rule& rule) {
  if (!node.isText()) return reader.wrong(node, "a pattern such as '{lastName}, {firstName}' stands here");
  const std::string text = node.text();
  std::vector<Piece> pattern;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = std::min(text.find('{', at), text.size()), close = text.find('}', open);
    if (open > at) pattern.push_back({false, text.substr(at, open - at)});
    if (open == text.size()) break;
    if (close == std::string::npos || close == open + 1)
      return reader.wrong(node, "a path stands between braces: '{lastName}'");
    pattern.push_back({true, text.substr(open + 1, close - open - 1)});
    rule.parts.push_back(pattern.back().text);
    at = close + 1;
  }
  if (std::none_of(pattern.begin(), pattern.end(), [](const Piece& piece) { return piece.isPath; }))
    return reader.wrong(node, "the pattern names no path in braces: '{lastName}'");
  rule.join.push_back(std::move(pattern));
}

/// What is put together out of several members or elements.
void readParts(NodeReader& reader, const Node& item, Rule& rule) {
  if (const Node& join = item["join"]; join && join.isList())
    for (const Node& pattern : join.items()) addJoin(reader, pattern, rule);
  else if (join)
    addJoin(reader, join, rule);
  const Node& person = item["person"];
  if (!person) return;
  if (!person.isMap()) return reader.wrong(person, "'person' is a map: {family: lastName, given: firstName}");
  if (!rule.join.empty()) reader.wrong(person, "only one of 'join' and 'person'");
  reader.known(person, {"family", "given", "suffix", "body", "name", "orcid", "affiliation"});
  rule.isPerson = true;
  for (const auto& part : person.entries()) {
    if (!part.key.isText()) continue;
    for (std::string& path : reader.texts(part.value)) {
      if (path.empty()) continue;
      rule.partNames.push_back(part.key.text());
      rule.parts.push_back(std::move(path));
    }
  }
}

/// Types that no record can have would make a rule that never applies, or records of no type.
void readTypes(NodeReader& reader, const Node& item, const Rule& rule) {
  if (const Node& when = item["when"]; when && when.isList())
    for (const Node& type : when.items()) reader.cslType(type);
  else if (when)
    reader.cslType(when);
  if (item["set"] && rule.to == Target::Type) reader.cslType(item["set"]);
}

}  // namespace

Rule readRule(NodeReader& reader, const Node& item) {
  Rule rule;
  if (!item.isMap()) {
    reader.wrong(item, "a rule is a map: {tag: TI, to: title}");
    return rule;
  }
  reader.known(item, {"tag",     "path",        "to",     "take",         "names",
                      "split",   "set",         "label",  "run together", "only if missing",
                      "extract", "extract all", "decode", "match",        "unless",
                      "strip",   "when",        "rule",   "join",         "person"});
  rule.line = item.line();
  rule.column = item.column();
  rule.isOfPaths = static_cast<bool>(item["path"]);
  rule.tags = reader.texts(item[rule.isOfPaths ? "path" : "tag"]);
  if (rule.tags.empty()) reader.wrong(item, "a rule names its 'tag' (over JSON and XML: its 'path')");
  if (item["path"] && item["tag"]) reader.wrong(item["tag"], "only one of 'tag' and 'path'");
  readExtract(reader, item, rule);
  readTarget(reader, item, rule);
  readParts(reader, item, rule);
  rule.decode = reader.choice<Decode>(
      item, "decode", {{"url", Decode::Url}, {"html", Decode::Html}, {"inverted index", Decode::InvertedIndex}},
      Decode::Plain);
  rule.take = reader.choice<Take>(
      item, "take", {{"all", Take::All}, {"first", Take::First}, {"rest", Take::Rest}, {"first tag", Take::FirstTag}},
      Take::All);
  rule.names = reader.choice<Names>(item, "names",
                                    {{"family, given", Names::Comma},
                                     {"initials last", Names::InitialsLast},
                                     {"given first", Names::GivenFirst},
                                     {"initials first", Names::InitialsFirst},
                                     {"family first", Names::FamilyFirst},
                                     {"body", Names::Body}},
                                    Names::Comma);
  rule.split = reader.text(item, "split");
  rule.runTogether = reader.flag(item, "run together");
  rule.set = reader.text(item, "set");
  rule.labels = reader.texts(item["label"]);
  rule.onlyIfMissing = reader.flag(item, "only if missing");
  if (item["match"]) rule.match = reader.pattern(item["match"]);
  if (item["unless"]) rule.unless = reader.pattern(item["unless"]);
  if (const Node& strip = item["strip"]; strip && strip.isList()) {
    for (const Node& one : strip.items())
      if (auto pattern = reader.pattern(one)) rule.strip.push_back(std::move(pattern));
  } else if (strip) {
    if (auto pattern = reader.pattern(strip)) rule.strip.push_back(std::move(pattern));
  }
  rule.whenTypes = reader.texts(item["when"]);
  readTypes(reader, item, rule);
  rule.name = reader.text(item, "rule");
  return rule;
}

}  // namespace winnow::tagged
