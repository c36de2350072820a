#include "DialectReader.hpp"

#include <algorithm>
#include <initializer_list>

#include <yaml-cpp/yaml.h>

#include "../text/CodePoints.hpp"

namespace winnow::search {

namespace {

/// A map of the table that tells which keys it knows.
class Section {
 public:
  Section(YAML::Node node, std::string_view file, std::string name)
      : node_(std::move(node)), file_(file), name_(std::move(name)) {
    if (!node_.IsMap()) refuse(node_, name_ + " is no map");
  }

  void only(std::initializer_list<std::string_view> keys) const {
    std::vector<std::string> seen;
    for (const auto& entry : node_) {
      const std::string key = textOf(entry.first, "a key of " + name_);
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        refuse(entry.first, name_ + " has no key '" + key + "'; known are " + joined(keys));
      if (std::find(seen.begin(), seen.end(), key) != seen.end())
        refuse(entry.first, "'" + key + "' stands twice in " + name_);
      seen.push_back(key);
    }
  }
  bool has(const char* key) const { return static_cast<bool>(node_[key]); }
  YAML::Node need(const char* key) const {
    const YAML::Node value = node_[key];
    if (!value) refuse(node_, name_ + " has no '" + key + "'");
    return value;
  }
  std::string text(const char* key) const { return textOf(need(key), key); }
  std::string text(const char* key, const std::string& fallback) const { return has(key) ? text(key) : fallback; }
  std::int32_t number(const char* key, std::int32_t fallback) const {
    if (!has(key)) return fallback;
    std::int32_t value = 0;
    if (!YAML::convert<std::int32_t>::decode(node_[key], value) || value < -1000 || value > 1000)
      refuse(node_[key], std::string(key) + " is no number between -1000 and 1000");
    return value;
  }
  bool yes(const char* key) const {
    if (!has(key)) return false;
    const std::string value = text(key);
    if (value != "true" && value != "false") refuse(node_[key], std::string(key) + " is true or false");
    return value == "true";
  }
  /// A text or a list of texts.
  std::vector<std::string> texts(const char* key) const {
    const YAML::Node value = need(key);
    std::vector<std::string> list;
    if (!value.IsSequence()) return {textOf(value, key)};
    for (const auto& item : value) list.push_back(textOf(item, key));
    return list;
  }
  Section section(const char* key) const { return {need(key), file_, name_ + "." + key}; }
  Section at(YAML::Node node) const { return {std::move(node), file_, "an entry of " + name_}; }
  const YAML::Node& node() const { return node_; }

  /// `exact` and `warn`: every cell says what it is worth, and no loss goes without its warning.
  Loss loss() const {
    Loss loss;
    const std::string word = text("exact");
    const auto value =
        std::find_if(std::begin(kValues), std::end(kValues), [&](Exactness e) { return nameOf(e) == word; });
    if (value == std::end(kValues)) refuse(node_["exact"], "exact is exact, superset, subset or unknown");
    loss.exactness = *value;
    if (has("warn"))
      for (const std::string& code : texts("warn")) {
        if (messageOf(code).empty()) refuse(node_["warn"], "there is no warning '" + code + "'");
        loss.warn({code, std::string(messageOf(code)) + (has("note") ? ": " + text("note") : "")});
      }
    if (loss.exactness != Exactness::Exact && loss.warnings.empty())
      refuse(node_, name_ + " is " + word + " but has no 'warn'");
    return loss;
  }
  void holes(const char* key, const std::string& pattern, std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names)
      if (pattern.find("{" + std::string(name) + "}") == std::string::npos)
        refuse(node_[key], "the pattern '" + pattern + "' has no {" + std::string(name) + "}");
  }
  [[noreturn]] void refuse(const YAML::Node& at, const std::string& what) const {
    throw TableError(file_ + ":" + std::to_string(std::max(at.Mark().line, 0) + 1) + ": " + what);
  }

 private:
  static constexpr Exactness kValues[] = {Exactness::Exact, Exactness::Superset, Exactness::Subset, Exactness::Unknown};
  static std::string joined(std::initializer_list<std::string_view> keys) {
    std::string all;
    for (const std::string_view key : keys) all += (all.empty() ? "" : ", ") + std::string(key);
    return all;
  }
  std::string textOf(const YAML::Node& value, const std::string& what) const {
    if (!value.IsScalar() || value.Scalar().empty()) refuse(value, what + " is no text");
    return value.Scalar();
  }
  YAML::Node node_;
  std::string file_, name_;
};

std::optional<Pattern> pattern(const Section& parent, const char* key, std::initializer_list<std::string_view> holes) {
  if (!parent.has(key)) return std::nullopt;
  const Section s = parent.section(key);
  s.only({"out", "exact", "warn", "note"});
  Pattern p{s.text("out"), s.loss()};
  s.holes("out", p.out, holes);
  return p;
}

FieldRule field(const Section& s, bool named) {
  s.only({"ovid", "out", "near", "whole", "values", "exact", "warn", "note"});
  FieldRule rule;
  if (named)
    for (const std::string& code : s.texts("ovid")) rule.ovid.push_back(lower(code));
  rule.out = s.texts("out");
  rule.whole = s.yes("whole");
  for (const std::string& out : rule.out)
    if (!rule.whole || (out.find("{name}") == std::string::npos && out.find("{CODE}") == std::string::npos))
      s.holes("out", out, {"x"});
  rule.near = s.text("near", "");
  if (!rule.near.empty()) s.holes("near", rule.near, {"x", "n"});
  if (s.has("values")) {
    const Section values = s.section("values");
    for (const auto& entry : values.node()) rule.values[lower(entry.first.Scalar())] = entry.second.Scalar();
  }
  rule.loss = s.loss();
  return rule;
}

WildcardRule wildcard(const Section& parent, const char* key) {
  const Section s = parent.section(key);
  s.only({"out", "union", "widen", "max", "exact", "warn", "note"});
  WildcardRule rule;
  if (s.yes("union"))
    rule.how = WildcardRule::How::Union;
  else if (s.yes("widen"))
    rule.how = WildcardRule::How::Widen;
  else
    rule.out = s.text("out");
  rule.max = static_cast<std::uint32_t>(std::max(0, s.number("max", 1)));
  rule.loss = s.loss();
  return rule;
}

Wildcards wildcards(const Section& s) {
  s.only({"any", "one", "one_at_end", "zero_or_one", "at_most", "inside", "minimum_stem"});
  Wildcards w;
  w.any = wildcard(s, "any");
  w.one = wildcard(s, "one");
  w.zeroOrOne = wildcard(s, "zero_or_one");
  w.atMost = wildcard(s, "at_most");
  w.oneAtEnd = s.has("one_at_end") ? wildcard(s, "one_at_end") : w.one;
  if (w.any.how != WildcardRule::How::Out) s.refuse(s.need("any"), "any needs 'out'");
  w.inside = s.yes("inside");
  if (!s.has("minimum_stem")) return w;
  const Section stem = s.section("minimum_stem");
  stem.only({"letters", "exact", "warn", "note"});
  w.minimumStem = static_cast<std::uint32_t>(std::max(1, stem.number("letters", 1)));
  w.shortStem = stem.loss();
  return w;
}

Phrase phrase(const Section& s) {
  s.only({"out", "apostrophe", "wildcards", "exact", "warn", "note"});
  Phrase p;
  p.out = s.text("out");
  s.holes("out", p.out, {"x"});
  p.outApostrophe = s.text("apostrophe", "");
  const std::string wild = s.text("wildcards");
  if (wild != "none" && wild != "end" && wild != "any") s.refuse(s.need("wildcards"), "wildcards is none, end or any");
  p.wild = wild == "none" ? Phrase::Wild::None : wild == "end" ? Phrase::Wild::End : Phrase::Wild::Any;
  p.loss = s.loss();
  return p;
}

Adjacency adjacency(const Section& s) {
  s.only({"ordered", "near", "shift", "nests", "most"});
  Adjacency a;
  a.ordered = pattern(s, "ordered", {"a", "b"});
  a.near = pattern(s, "near", {"a", "b", "n"});
  a.shift = s.number("shift", 0);
  a.nests = s.yes("nests");
  a.most = static_cast<std::uint32_t>(std::max(1, s.number("most", 64)));
  return a;
}

HeadingPatterns headingPatterns(const Section& s) {
  return {pattern(s, "plain", {"h"}), pattern(s, "explode", {"h"}), pattern(s, "focus", {"h"}),
          pattern(s, "explode_focus", {"h"})};
}

Headings headings(const Section& s) {
  s.only({"plain", "explode", "focus", "explode_focus", "subheading", "tree"});
  Headings h;
  h.plain = headingPatterns(s);
  if (s.has("subheading")) {
    const Section sub = s.section("subheading");
    sub.only({"plain", "explode", "focus", "explode_focus"});
    h.subheading = headingPatterns(sub);
  }
  if (!s.has("tree")) return h;
  const Section tree = s.section("tree");
  tree.only({"most", "exact", "warn", "note"});
  h.most = static_cast<std::uint32_t>(std::max(1, tree.number("most", 200)));
  h.tree = tree.loss();
  return h;
}

Limits limits(const Section& s) {
  s.only({"language", "humans", "animals", "year"});
  Limits l;
  l.language = pattern(s, "language", {"v"});
  l.humans = pattern(s, "humans", {});
  l.animals = pattern(s, "animals", {});
  if (!s.has("year")) return l;
  const Section year = s.section("year");
  year.only({"between", "from", "to"});
  l.yearBetween = pattern(year, "between", {});
  l.yearFrom = pattern(year, "from", {});
  l.yearTo = pattern(year, "to", {});
  return l;
}

void readWords(const Section& top, Dialect& d) {
  const Section operators = top.section("operators");
  operators.only({"and", "or", "not"});
  d.andText = operators.text("and");
  d.orText = operators.text("or");
  d.notText = operators.text("not");
  for (const std::string& word : top.texts("reserved")) d.reserved.push_back(lower(word));
  const Section words = top.section("words");
  words.only({"quoted", "exact", "warn", "note"});
  d.quotesWords = words.yes("quoted");
  d.word = words.loss();
}

void readFields(const Section& top, Dialect& d) {
  const YAML::Node list = top.need("fields");
  if (!list.IsSequence()) top.refuse(list, "fields is no list");
  for (const auto& entry : list) d.fields.push_back(field(top.at(entry), true));
  d.noField = field(top.section("no_field"), false);
  if (!top.has("same_as")) return;
  const Section aliases = top.section("same_as");
  for (const auto& entry : aliases.node()) {
    const std::string name = lower(entry.first.Scalar());
    for (const std::string& code : aliases.texts(name.c_str())) d.aliases[name].push_back(lower(code));
  }
}

}  // namespace

Dialect readDialect(std::string_view yaml, std::string_view file) try {
  const Section top(YAML::Load(std::string(yaml)), file, "the table");
  top.only({"platform", "title", "names", "version", "sources", "operators", "reserved", "words", "phrase", "adjacency",
            "fields_stand_at", "fields", "same_as", "no_field", "wildcards", "headings", "limits", "references"});
  if (top.number("version", 0) != 1) top.refuse(top.need("version"), "this program reads version 1 of the tables");
  Dialect d;
  d.platform = top.text("platform");
  d.title = top.text("title");
  if (top.has("names")) d.names = top.texts("names");
  readWords(top, d);
  d.phrase = phrase(top.section("phrase"));
  d.adjacency = adjacency(top.section("adjacency"));
  const std::string where = top.text("fields_stand_at");
  if (where != "words" && where != "groups")
    top.refuse(top.need("fields_stand_at"), "fields_stand_at is words or groups");
  d.fieldsOnLeaves = where == "words";
  readFields(top, d);
  d.wildcards = wildcards(top.section("wildcards"));
  if (top.has("headings")) d.headings = headings(top.section("headings"));
  if (top.has("limits")) d.limits = limits(top.section("limits"));
  const Section references = top.section("references");
  references.only({"line"});
  d.reference = references.text("line");
  references.holes("line", d.reference, {"n"});
  return d;
} catch (const YAML::Exception& error) {
  throw TableError(std::string(file) + ":" + std::to_string(std::max(error.mark.line, 0) + 1) + ": " + error.msg);
}

std::string_view builtInTable(std::string_view platform) {
  for (const BuiltInTable& table : builtInTables())
    if (table.platform == platform) return table.yaml;
  return {};
}

}  // namespace winnow::search
