// Tables from YAML. The only file of the plugins that knows yaml-cpp.
#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <map>
#include <set>

#include <re2/re2.h>
#include <yaml-cpp/yaml.h>

#include "Table.hpp"

namespace winnow::tagged {

namespace {

constexpr std::size_t kLargestTable = 1 << 20;
constexpr std::size_t kMostRules = 2000;

/// Edit distance of two short words, for "did you mean".
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string_view>& known) {
  std::string_view best;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string_view k : known)
    if (const std::size_t d = distance(word, k); d < least) {
      least = d;
      best = k;
    }
  return best.empty() ? std::string() : "; did you mean '" + std::string(best) + "'?";
}

/// Walks one document and collects what is wrong with it.
class Reader {
 public:
  explicit Reader(std::vector<TableProblem>& problems) : problems_(problems) {}

  Table read(const YAML::Node& root) {
    Table table;
    if (!root.IsMap()) {
      wrong(root, "a dialect table is a map that begins with 'winnow: dialect/1'");
      return table;
    }
    if (text(root, "winnow") != "dialect/1") wrong(root, "the first key must be 'winnow: dialect/1'");
    known(root,
          {"winnow", "id",  "extends", "version", "name",  "help",         "source", "license", "vendor",   "shape",
           "lists",  "raw", "labels",  "detect",  "types", "default type", "drop",   "map",     "unmapped", "tests"});
    table.id = required(root, "id");
    table.extends = text(root, "extends");
    if (const std::string version = text(root, "version"); !version.empty()) table.version = version;
    table.name = text(root, "name");
    table.help = text(root, "help");
    table.source = text(root, "source");
    table.license = text(root, "license");
    table.vendor = text(root, "vendor");
    if (const std::string type = text(root, "default type"); !type.empty()) table.defaultType = type;
    if (const YAML::Node unmapped = root["unmapped"]; unmapped && text(root, "unmapped") != "keep")
      wrong(unmapped, "'unmapped' can only be 'keep': every value of the export stays in the record");
    shape(root["shape"], table);
    table.lists = texts(root["lists"]);
    table.raw = texts(root["raw"]);
    table.labels = texts(root["labels"]);
    table.drop = texts(root["drop"]);
    detect(root["detect"], table);
    types(root["types"], table);
    rules(root["map"], table);
    tests(root["tests"], table);
    return table;
  }

 private:
  void wrong(const YAML::Node& at, std::string message) {
    const YAML::Mark mark = at.IsDefined() ? at.Mark() : YAML::Mark::null_mark();
    const bool none = mark.is_null();
    problems_.push_back({none ? 1u : static_cast<std::uint32_t>(mark.line + 1),
                         none ? 1u : static_cast<std::uint32_t>(mark.column + 1), std::move(message)});
  }

  void known(const YAML::Node& map, std::initializer_list<std::string_view> keys) {
    std::set<std::string> seen;
    for (const auto& entry : map) {
      if (!entry.first.IsScalar()) {
        wrong(entry.first, "a key is one word");
        continue;
      }
      const std::string key = entry.first.Scalar();
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        wrong(entry.first, "there is no key '" + key + "' here" + nearest(key, keys));
      if (!seen.insert(key).second) wrong(entry.first, "the key '" + key + "' stands twice");
    }
  }
  std::string text(const YAML::Node& map, const char* key) {
    const YAML::Node node = map[key];
    if (!node) return {};
    if (!node.IsScalar() || node.Scalar().empty()) {
      wrong(node, "'" + std::string(key) + "' is one text");
      return {};
    }
    return node.Scalar();
  }
  std::string required(const YAML::Node& map, const char* key) {
    if (!map[key]) wrong(map, "the key '" + std::string(key) + "' is missing");
    return text(map, key);
  }
  std::vector<std::string> texts(const YAML::Node& node) {
    std::vector<std::string> list;
    if (!node) return list;
    if (node.IsScalar()) return {node.Scalar()};
    if (!node.IsSequence()) wrong(node, "a text or a list of texts stands here");
    for (const YAML::Node& item : node) {
      if (item.IsScalar())
        list.push_back(item.Scalar());
      else
        wrong(item, "a text stands here");
    }
    return list;
  }
  std::shared_ptr<re2::RE2> pattern(const YAML::Node& node) {
    if (!node.IsScalar()) {
      wrong(node, "a pattern is one text");
      return nullptr;
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    auto compiled = std::make_shared<re2::RE2>(node.Scalar(), options);
    if (compiled->ok()) return compiled;
    wrong(node, "this pattern cannot be read (RE2 syntax): " + compiled->error());
    return nullptr;
  }
  template <class Enum>
  Enum choice(const YAML::Node& map, const char* key, const std::vector<std::pair<std::string_view, Enum>>& words,
              Enum fallback) {
    const std::string given = text(map, key);
    if (given.empty()) return fallback;
    std::vector<std::string_view> names;
    for (const auto& [word, value] : words) {
      if (word == given) return value;
      names.push_back(word);
    }
    wrong(map[key], "'" + given + "' is no value of '" + key + "'" + nearest(given, names));
    return fallback;
  }

  void shape(const YAML::Node& node, Table& table) {
    if (!node) return;
    table.hasShape = true;
    if (!node.IsMap()) return wrong(node, "'shape' is a map: {tags: hyphen, begins: TY, ends: ER}");
    known(node, {"tags", "longest", "begins", "ends", "numbered", "blank line ends", "known tags only", "other tags",
                 "outside"});
    table.shape = choice<Shape>(
        node, "tags",
        {{"hyphen", Shape::Hyphen}, {"blank", Shape::Blank}, {"percent", Shape::Percent}, {"label", Shape::Label}},
        Shape::Hyphen);
    if (const std::string longest = text(node, "longest"); !longest.empty()) {
      if (longest.size() == 1 && longest[0] >= '2' && longest[0] <= '8')
        table.longestTag = static_cast<std::size_t>(longest[0] - '0');
      else
        wrong(node["longest"], "'longest' is a number from 2 to 8");
    }
    table.begins = texts(node["begins"]);
    table.ends = texts(node["ends"]);
    table.numbered = flag(node, "numbered");
    table.blankEnds = flag(node, "blank line ends");
    table.knownOnly = flag(node, "known tags only");
    table.otherTags = texts(node["other tags"]);
    table.outsideTags = texts(node["outside"]);
  }
  bool flag(const YAML::Node& map, const char* key) {
    const std::string given = text(map, key);
    if (given == "true" || given == "yes") return true;
    if (!given.empty() && given != "false" && given != "no")
      wrong(map[key], "'" + std::string(key) + "' is true or false");
    return false;
  }

  void detect(const YAML::Node& node, Table& table) {
    if (!node) return;
    if (!node.IsMap()) return wrong(node, "'detect' is a map: {confidence: 95, any: [{tag: DB, equals: MyDB}]}");
    known(node, {"confidence", "any", "all"});
    if (const std::string given = text(node, "confidence"); !given.empty()) {
      const bool isNumber = given.size() <= 3 && std::all_of(given.begin(), given.end(),
                                                             [](unsigned char c) { return std::isdigit(c) != 0; });
      table.confidence = isNumber ? static_cast<std::uint32_t>(std::stoul(given)) : 0;
      if (table.confidence < 1 || table.confidence > 100)
        wrong(node["confidence"], "'confidence' is a number from 1 to 100");
    }
    signs(node["any"], table.any);
    signs(node["all"], table.all);
    if (table.any.empty() && table.all.empty()) wrong(node, "'detect' needs 'any' or 'all'");
  }
  void signs(const YAML::Node& node, std::vector<Sign>& list) {
    if (!node) return;
    if (!node.IsSequence()) return wrong(node, "a list of signs stands here: [{tag: DB, equals: MyDB}]");
    for (const YAML::Node& item : node) {
      if (!item.IsMap()) {
        wrong(item, "a sign is a map: {tag: DB, equals: MyDB} or {line: 'Provider: MyDB'}");
        continue;
      }
      list.push_back(sign(item));
    }
  }
  Sign sign(const YAML::Node& item) {
    known(item, {"tag", "line", "only", "equals", "begins", "contains", "follows"});
    if (item["line"]) return {Sign::Is::Line, {}, text(item, "line")};
    if (item["only"]) return {Sign::Is::Only, texts(item["only"]), {}};
    Sign sign{Sign::Is::There, texts(item["tag"]), {}};
    if (sign.tags.empty()) wrong(item, "a sign names a 'tag', a 'line' or the 'only' tags");
    constexpr std::pair<const char*, Sign::Is> kKinds[] = {{"equals", Sign::Is::Equals},
                                                           {"begins", Sign::Is::Begins},
                                                           {"contains", Sign::Is::Contains},
                                                           {"follows", Sign::Is::Behind}};
    for (const auto& [key, kind] : kKinds) {
      if (!item[key]) continue;
      if (sign.is != Sign::Is::There) wrong(item, "only one of 'equals', 'begins', 'contains' and 'follows'");
      sign.is = kind;
      sign.text = text(item, key);
    }
    if (sign.is != Sign::Is::There && sign.tags.size() != 1) wrong(item, "this sign is of one 'tag'");
    return sign;
  }

  void types(const YAML::Node& node, Table& table) {
    if (!node) return;
    if (!node.IsMap()) return wrong(node, "'types' is a map from the export's words to CSL types");
    for (const auto& entry : node) {
      if (!entry.first.IsScalar() || !entry.second.IsScalar()) {
        wrong(entry.second, "a CSL type stands here");
        continue;
      }
      for (const auto& [word, type] : table.types)
        if (word == entry.first.Scalar()) wrong(entry.first, "'" + word + "' stands twice");
      table.types.emplace_back(entry.first.Scalar(), entry.second.Scalar());
    }
  }

  void rules(const YAML::Node& node, Table& table) {
    if (!node) return;
    if (!node.IsSequence()) return wrong(node, "'map' is a list of rules: [{tag: TI, to: title}]");
    if (node.size() > kMostRules) return wrong(node, "more than " + std::to_string(kMostRules) + " rules");
    for (const YAML::Node& item : node) rule(item, table);
  }
  void rule(const YAML::Node& item, Table& table) {
    if (!item.IsMap()) return wrong(item, "a rule is a map: {tag: TI, to: title}");
    known(item, {"tag", "to", "take", "names", "split", "set", "label", "only if missing", "extract", "extract all",
                 "decode", "match", "unless", "strip", "when", "rule"});
    Rule rule;
    rule.line = static_cast<std::uint32_t>(item.Mark().line + 1);
    rule.tags = texts(item["tag"]);
    if (rule.tags.empty()) wrong(item, "a rule names its 'tag'");
    const std::string to = text(item, "to");
    rule.to = targetOf(to);
    for (const YAML::Node& one : item["extract"] && item["extract"].IsSequence() ? item["extract"] : YAML::Node())
      addExtract(one, rule);
    if (item["extract"] && item["extract"].IsScalar()) addExtract(item["extract"], rule);
    if (item["extract all"]) {
      if (item["extract"]) wrong(item["extract all"], "only one of 'extract' and 'extract all'");
      rule.extractAll = true;
      addExtract(item["extract all"], rule);
    }
    rule.urlDecode = choice<bool>(item, "decode", {{"url", true}}, false);
    if (to.empty() ? !hasNames(rule) : rule.to == Target::None) unknownTarget(item, to);
    rule.take = choice<Take>(
        item, "take", {{"all", Take::All}, {"first", Take::First}, {"rest", Take::Rest}, {"first tag", Take::FirstTag}},
        Take::All);
    rule.names = choice<Names>(item, "names",
                               {{"family, given", Names::Comma},
                                {"initials last", Names::InitialsLast},
                                {"given first", Names::GivenFirst},
                                {"initials first", Names::InitialsFirst}},
                               Names::Comma);
    rule.split = text(item, "split");
    rule.set = text(item, "set");
    rule.labels = texts(item["label"]);
    rule.onlyIfMissing = flag(item, "only if missing");
    if (item["match"]) rule.match = pattern(item["match"]);
    if (item["unless"]) rule.unless = pattern(item["unless"]);
    if (item["strip"] && item["strip"].IsSequence()) {
      for (const YAML::Node& one : item["strip"])
        if (auto compiled = pattern(one)) rule.strip.push_back(std::move(compiled));
    } else if (item["strip"]) {
      if (auto compiled = pattern(item["strip"])) rule.strip.push_back(std::move(compiled));
    }
    rule.whenTypes = texts(item["when"]);
    rule.name = text(item, "rule");
    table.rules.push_back(std::move(rule));
  }
  void addExtract(const YAML::Node& node, Rule& rule) {
    if (auto compiled = pattern(node)) {
      for (const auto& [number, name] : compiled->CapturingGroupNames())
        if (targetOf(dotted(name)) == Target::None) wrong(node, "the group '" + name + "' is no field");
      if (compiled->NumberOfCapturingGroups() == 0)
        wrong(node, "the pattern has no group in parentheses: what is to be taken?");
      rule.extract.push_back(std::move(compiled));
    }
  }
  static bool hasNames(const Rule& rule) {
    return !rule.extract.empty() && std::all_of(rule.extract.begin(), rule.extract.end(),
                                                [](const auto& p) { return !p->NamedCapturingGroups().empty(); });
  }
  void unknownTarget(const YAML::Node& item, const std::string& to) {
    if (to.empty()) return wrong(item, "a rule says what the value becomes: 'to'");
    std::vector<std::string_view> names;
    for (int t = 1; t <= static_cast<int>(Target::Provider); ++t) names.push_back(targetName(static_cast<Target>(t)));
    wrong(item["to"], "'" + to + "' is no field" + nearest(to, names));
  }
  static std::string dotted(std::string name) {
    // Group names are words: container_title stands for container.title, article_number for article-number.
    if (name == "article_number" || name == "publication_type") {
      std::replace(name.begin(), name.end(), '_', '-');
      return name;
    }
    std::replace(name.begin(), name.end(), '_', '.');
    return name;
  }

  void tests(const YAML::Node& node, Table& table) {
    if (!node) return;
    if (!node.IsSequence()) return wrong(node, "'tests' is a list: [{input: sample.ris, records: 2}]");
    for (const YAML::Node& item : node) {
      if (!item.IsMap()) {
        wrong(item, "a test is a map: {input: sample.ris, records: 2, first: {title: ...}}");
        continue;
      }
      known(item, {"input", "records", "first"});
      Expectation test;
      test.line = static_cast<std::uint32_t>(item.Mark().line + 1);
      test.input = required(item, "input");
      const std::string count = required(item, "records");
      if (count.empty() || count.size() > 9 ||
          !std::all_of(count.begin(), count.end(), [](unsigned char c) { return std::isdigit(c) != 0; }))
        wrong(item, "'records' is a number");
      else
        test.records = std::stoull(count);
      if (const YAML::Node first = item["first"]; first && first.IsMap())
        for (const auto& field : first) {
          if (field.first.IsScalar() && field.second.IsScalar())
            test.first.emplace_back(field.first.Scalar(), field.second.Scalar());
          else
            wrong(field.second, "a text stands here");
        }
      table.tests.push_back(std::move(test));
    }
  }

  std::vector<TableProblem>& problems_;
};

}  // namespace

Table readTable(std::string_view text, std::vector<TableProblem>& problems) {
  if (text.size() > kLargestTable) {
    problems.push_back({1, 1, "a table of more than 1 MiB"});
    return {};
  }
  int depth = 0;
  for (const char c : text)  // yaml-cpp recurses
    if ((c == '[' || c == '{') && ++depth > 2000) {
      problems.push_back({1, 1, "more than 2000 opening brackets"});
      return {};
    }
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
    if (documents.size() != 1) {
      problems.push_back({1, 1, documents.empty() ? "the table is empty" : "more than one YAML document"});
      return {};
    }
    return Reader(problems).read(documents.front());
  } catch (const YAML::Exception& error) {
    problems.push_back({static_cast<std::uint32_t>(std::max(0, error.mark.line) + 1),
                        static_cast<std::uint32_t>(std::max(0, error.mark.column) + 1),
                        "this is not YAML: " + error.msg});
    return {};
  }
}

}  // namespace winnow::tagged
