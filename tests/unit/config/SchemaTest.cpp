#include "config/Schema.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "FakeStages.hpp"
#include "ReviewFolder.hpp"
#include "config/YamlDocument.hpp"

namespace winnow::config {
namespace {

using Json = nlohmann::json;

/// As much of JSON Schema as reviewSchema writes: enough to say whether a document's keys and kinds are described.
class SchemaReader {
 public:
  explicit SchemaReader(Json schema) : root_(std::move(schema)) {}
  bool allows(const YamlNode& node) const { return allows(root_, node); }

 private:
  static bool isInteger(const YamlNode& node) {
    return !node.quoted && !node.text.empty() && node.text.find_first_not_of("0123456789") == std::string::npos &&
           (node.text == "0" || node.text[0] != '0');
  }
  static Json valueOf(const YamlNode& node) {
    if (isInteger(node)) return std::stoll(node.text);
    return node.text;
  }
  static bool isOfType(const Json& type, const YamlNode& node) {
    if (type.is_array())
      return std::any_of(type.begin(), type.end(), [&](const Json& one) { return isOfType(one, node); });
    if (type == "object") return node.kind == YamlKind::Map;
    if (type == "array") return node.kind == YamlKind::List;
    if (node.kind != YamlKind::Text) return false;
    return type == "integer" ? isInteger(node) : type == "string" || type == "number";
  }
  /// Adds the properties that the schema describes for this node; false if a rule is broken.
  bool describe(const Json& schema, const YamlNode& node, std::vector<std::string>& described) const {
    if (schema.contains("$ref"))
      return describe(root_["$defs"][schema["$ref"].get<std::string>().substr(8)], node, described);
    if (schema.contains("type") && !isOfType(schema["type"], node)) return false;
    if (schema.contains("const") && (node.kind != YamlKind::Text || valueOf(node) != schema["const"])) return false;
    if (schema.contains("enum")) {
      const Json& values = schema["enum"];
      if (node.kind != YamlKind::Text || std::find(values.begin(), values.end(), valueOf(node)) == values.end())
        return false;
    }
    for (const Json& name : schema.value("required", Json::array()))
      if (node.find(name.get<std::string>()) == nullptr) return false;
    const Json known = schema.value("properties", Json::object());
    for (const YamlNode& child : node.children) {
      if (node.kind == YamlKind::List) {
        if (schema.contains("items") && !allows(schema["items"], child)) return false;
      } else if (known.contains(child.key)) {
        described.push_back(child.key);
        if (!allows(known[child.key], child)) return false;
      } else if (schema.contains("additionalProperties")) {
        if (schema["additionalProperties"] == false || !allows(schema["additionalProperties"], child)) return false;
        described.push_back(child.key);
      }
    }
    for (const char* word : {"anyOf", "oneOf"}) {
      if (!schema.contains(word)) continue;
      const auto fits =
          std::count_if(schema[word].begin(), schema[word].end(), [&](const Json& one) { return allows(one, node); });
      if (fits == 0 || (std::string(word) == "oneOf" && fits != 1)) return false;
    }
    for (const Json& rule : schema.value("allOf", Json::array())) {
      std::vector<std::string> ignored;
      if (describe(rule["if"], node, ignored) && !describe(rule["then"], node, described)) return false;
    }
    return true;
  }
  bool allows(const Json& schema, const YamlNode& node) const {
    std::vector<std::string> described;
    if (!describe(schema, node, described)) return false;
    if (!schema.contains("unevaluatedProperties")) return true;
    return std::all_of(node.children.begin(), node.children.end(), [&](const YamlNode& child) {
      return std::find(described.begin(), described.end(), child.key) != described.end();
    });
  }
  Json root_;
};

bool schemaAllows(const std::string& yaml) {
  Problems problems;
  const YamlDocument document = parseYaml(yaml, problems);
  EXPECT_TRUE(document.complete) << render(problems, "f", yaml);
  return SchemaReader(Json::parse(reviewSchema(fakeStages()))).allows(document.root);
}

TEST(Schema, DescribesBothExamples) {
  for (const char* name : {"quickstart", "peer-support-workers"}) {
    const auto file = std::filesystem::path(WINNOW_SOURCE_DIR) / "configs" / name / "review.yaml";
    EXPECT_TRUE(schemaAllows(contentOf(file))) << name;
  }
}

TEST(Schema, KnowsWhatTheLoaderRefuses) {
  const std::string good =
      reviewHead + "selection: {steps: [{remove: a, by: ON, using: language, keep: [x], min_letters: 20}]}\n";
  ASSERT_TRUE(schemaAllows(good));
  const std::vector<std::pair<std::string, std::string>> mistakes = {{"version: 1", "version: 2"},
                                                                     {"title", "titel"},
                                                                     {"keep", "keeep"},
                                                                     {"remove: a", "remvoe: a"},
                                                                     {"min_letters: 20", "min_letters: x"},
                                                                     {"files: a.ris", "files: {}"},
                                                                     {"by: ON", "mode: hasty"},
                                                                     {"wave: first", "wave: [first]"},
                                                                     {"MEDLINE: {", "MEDLINE: {dialect: ovid, "}};
  for (const auto& [from, to] : mistakes) {
    std::string bad = good;
    bad.replace(bad.find(from), from.size(), to);
    EXPECT_FALSE(schemaAllows(bad)) << to;
  }
}

TEST(Schema, KnowsOptionsOfNamedAndOfDefaultPlugins) {
  EXPECT_TRUE(
      schemaAllows(reviewHead + "selection: {steps: [{map: a, categories: [x]}, {screen: b, conflicts: wait}]}\n"));
  EXPECT_FALSE(schemaAllows(reviewHead + "selection: {steps: [{map: a, conflicts: wait, categories: [x]}]}\n"));
  EXPECT_FALSE(schemaAllows(reviewHead + "selection: {steps: [{map: a}]}\n"));
  EXPECT_FALSE(schemaAllows(reviewHead + "selection: {steps: [{remove: a, using: topic}]}\n"));
}

TEST(Schema, IsTheSameEveryTime) { EXPECT_EQ(reviewSchema(fakeStages()), reviewSchema(fakeStages())); }

TEST(Schema, IsMadeWithoutPlugins) { EXPECT_TRUE(Json::parse(reviewSchema({})).contains("$defs")); }

}  // namespace
}  // namespace winnow::config
