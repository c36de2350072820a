// Tables from their trees.
#include <algorithm>

#include <winnow/formats/ascii.hpp>

#include "NodeReader.hpp"

namespace winnow::tagged {

namespace {

/// Of a table over another importer, unless it says its own: what shows the dialect tells more than what shows the
/// format, whose importer is at most 95 sure.
constexpr std::uint32_t kSurerThanTheFormat = 96;
constexpr std::size_t kMostRules = 2000;

/// Walks one document and collects what is wrong with it.
class Reader : private NodeReader {
 public:
  using NodeReader::NodeReader;

  Table read(const Node& root) {
    Table table;
    if (!root.isMap()) {
      wrong(root, "a dialect table is a map that begins with 'winnow: dialect/1'");
      return table;
    }
    if (text(root, "winnow") != "dialect/1") wrong(root, "the first key must be 'winnow: dialect/1'");
    known(root, {"winnow",   "id",      "extends", "version", "name",   "help",     "source",       "license", "vendor",
                 "shape",    "lists",   "raw",     "labels",  "detect", "types",    "default type", "drop",    "map",
                 "volatile", "records", "under",   "beside",  "skip",   "unmapped", "tests"});
    table.id = required(root, "id");
    if (!table.id.empty() && table.id.rfind("importers.", 0) != 0)
      wrong(root["id"], "an 'id' begins with 'importers.', such as 'importers." + table.id + "'");
    table.extends = text(root, "extends");
    if (const std::string version = text(root, "version"); !version.empty()) table.version = version;
    table.name = text(root, "name");
    table.help = text(root, "help");
    table.source = text(root, "source");
    table.license = text(root, "license");
    table.vendor = text(root, "vendor");
    if (const std::string type = text(root, "default type"); !type.empty()) table.defaultType = type;
    if (root["default type"]) cslType(root["default type"]);
    if (const Node& unmapped = root["unmapped"]; unmapped && text(root, "unmapped") != "keep")
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
  void shape(const Node& node, Table& table) {
    if (!node) return;
    table.hasShape = true;
    if (!node.isMap()) return wrong(node, "'shape' is a map: {tags: hyphen, begins: TY, ends: ER}");
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
  void detect(const Node& node, Table& table) {
    if (!node) return;
    if (!node.isMap()) return wrong(node, "'detect' is a map: {confidence: 95, any: [{tag: DB, equals: MyDB}]}");
    known(node, {"confidence", "any", "all"});
    if (!table.extends.empty()) table.confidence = kSurerThanTheFormat;
    if (const std::string given = text(node, "confidence"); !given.empty()) {
      const bool isNumber = given.size() <= 3 && std::all_of(given.begin(), given.end(), formats::isDigit);
      table.confidence = isNumber ? static_cast<std::uint32_t>(std::stoul(given)) : 0;
      if (table.confidence < 1 || table.confidence > 100)
        wrong(node["confidence"], "'confidence' is a number from 1 to 100");
    }
    signs(node["any"], table.any);
    signs(node["all"], table.all);
    if (table.any.empty() && table.all.empty()) wrong(node, "'detect' needs 'any' or 'all'");
  }
  void signs(const Node& node, std::vector<Sign>& list) {
    if (!node) return;
    if (!node.isList()) return wrong(node, "a list of signs stands here: [{tag: DB, equals: MyDB}]");
    for (const Node& item : node.items()) {
      if (!item.isMap()) {
        wrong(item, "a sign is a map: {tag: DB, equals: MyDB} or {line: 'Provider: MyDB'}");
        continue;
      }
      list.push_back(sign(item));
    }
  }
  Sign sign(const Node& item) {
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

  void types(const Node& node, Table& table) {
    if (!node) return;
    if (!node.isMap()) return wrong(node, "'types' is a map from the export's words to CSL types");
    for (const auto& entry : node.entries()) {
      if (!entry.key.isText() || !entry.value.isText()) {
        wrong(entry.value, "a CSL type stands here");
        continue;
      }
      for (const auto& [word, type] : table.types)
        if (word == entry.key.text()) wrong(entry.key, "'" + word + "' stands twice");
      cslType(entry.value);
      table.types.emplace_back(entry.key.text(), entry.value.text());
    }
  }

  void rules(const Node& node, Table& table) {
    if (!node) return;
    if (!node.isList()) return wrong(node, "'map' is a list of rules: [{tag: TI, to: title}]");
    if (node.items().size() > kMostRules) return wrong(node, "more than " + std::to_string(kMostRules) + " rules");
    for (const Node& item : node.items()) table.rules.push_back(readRule(*this, item));
  }
  void tests(const Node& node, Table& table) {
    if (!node) return;
    if (!node.isList()) return wrong(node, "'tests' is a list: [{input: sample.ris, records: 2}]");
    for (const Node& item : node.items()) {
      if (!item.isMap()) {
        wrong(item, "a test is a map: {input: sample.ris, records: 2, first: {title: ...}}");
        continue;
      }
      known(item, {"input", "records", "first"});
      Expectation test;
      test.line = item.line();
      test.input = required(item, "input");
      const std::string count = required(item, "records");
      if (count.empty() || count.size() > 9 || !std::all_of(count.begin(), count.end(), formats::isDigit))
        wrong(item["records"] ? item["records"] : item, "'records' is a number");
      else
        test.records = std::stoull(count);
      if (const Node& first = item["first"]; first && first.isMap())
        for (const auto& field : first.entries()) {
          if (field.key.isText() && field.value.isText())
            test.first.emplace_back(field.key.text(), field.value.text());
          else
            wrong(field.value, "a text stands here");
        }
      table.tests.push_back(std::move(test));
    }
  }
};

}  // namespace

Table readTable(std::string_view text, std::vector<TableProblem>& problems) {
  if (!text.empty() && text[0] == kTreeMark) return Reader(problems, true).read(nodeFromBytes(text));
  NodeProblem problem;
  const Node root = nodeFromYaml(text, problem);
  if (problem.message.empty()) return Reader(problems, false).read(root);
  problems.push_back({problem.line, problem.column, problem.message});
  return {};
}

}  // namespace winnow::tagged
