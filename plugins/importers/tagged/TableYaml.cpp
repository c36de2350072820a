// Tables from YAML.
#include <algorithm>
#include <cctype>
#include "YamlReader.hpp"

namespace winnow::tagged {

namespace {

constexpr std::size_t kLargestTable = 1 << 20;
constexpr std::size_t kMostRules = 2000;

/// Walks one document and collects what is wrong with it.
class Reader : private YamlReader {
 public:
  using YamlReader::YamlReader;

  Table read(const YAML::Node& root) {
    Table table;
    if (!root.IsMap()) {
      wrong(root, "a dialect table is a map that begins with 'winnow: dialect/1'");
      return table;
    }
    if (text(root, "winnow") != "dialect/1") wrong(root, "the first key must be 'winnow: dialect/1'");
    known(root, {"winnow",   "id",      "extends", "version", "name",   "help",     "source",       "license", "vendor",
                 "shape",    "lists",   "raw",     "labels",  "detect", "types",    "default type", "drop",    "map",
                 "volatile", "records", "under",   "beside",  "skip",   "unmapped", "tests"});
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
    table.changing = texts(root["volatile"]);
    table.raw = texts(root["raw"]);
    table.labels = texts(root["labels"]);
    table.drop = texts(root["drop"]);
    table.records = texts(root["records"]);
    table.under = text(root, "under");
    table.beside = texts(root["beside"]);
    signs(root["skip"], table.skip);
    detect(root["detect"], table);
    types(root["types"], table);
    rules(root["map"], table);
    tests(root["tests"], table);
    return table;
  }

 private:
  void shape(const YAML::Node& node, Table& table) {
    if (!node) return;
    table.hasShape = true;
    if (!node.IsMap()) return wrong(node, "'shape' is a map: {tags: hyphen, begins: TY, ends: ER}");
    known(node, {"tags", "longest", "begins", "ends", "numbered", "separators", "blank line ends", "known tags only",
                 "other tags", "outside"});
    table.shape = choice<Shape>(node, "tags",
                                {{"hyphen", Shape::Hyphen},
                                 {"blank", Shape::Blank},
                                 {"percent", Shape::Percent},
                                 {"colon", Shape::Colon},
                                 {"brace", Shape::Brace},
                                 {"label", Shape::Label}},
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
    table.separators = texts(node["separators"]);
    table.blankEnds = flag(node, "blank line ends");
    table.knownOnly = flag(node, "known tags only");
    table.otherTags = texts(node["other tags"]);
    table.outsideTags = texts(node["outside"]);
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
    known(item, {"tag", "path", "line", "before", "only", "equals", "begins", "contains", "follows"});
    if (item["line"]) return {Sign::Is::Line, {}, text(item, "line")};
    if (item["before"]) return {Sign::Is::Before, {}, text(item, "before")};
    if (item["only"]) return {Sign::Is::Only, texts(item["only"]), {}};
    Sign sign{Sign::Is::There, texts(item[item["path"] ? "path" : "tag"]), {}};
    if (sign.tags.empty()) wrong(item, "a sign names a 'tag' (a 'path'), a 'line' or the 'only' tags");
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
    for (const YAML::Node& item : node) table.rules.push_back(readRule(*this, item));
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
