#include "FlowSchema.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "config/Nearest.hpp"

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;

// Bounds that no review reaches; below them sums cannot overflow and no reader can be sent into deep recursion.
constexpr std::int64_t kLargestNumber = 1'000'000'000'000;
constexpr std::size_t kDeepestNesting = 32;

std::string join(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "/" + std::string(key);
}

std::string inQuotes(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string placeInText(std::string_view text, std::size_t position) {
  const std::string_view before = text.substr(0, position == 0 ? 0 : std::min(position - 1, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t lineStart = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - lineStart + 1);
}

// Builds the document and names repeated keys, which a plain parse would silently overwrite.
class FlowReader final : public nlohmann::json_sax<Json> {
 public:
  FlowReader(std::string_view text, Json& out, std::vector<FlowViolation>& found)
      : text_(text), out_(out), found_(found) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& value) override {
    Level& level = levels_.back();
    level.repeated = !level.keys.insert(value).second;
    level.key = std::move(value);
    if (level.repeated) found_.push_back({"schema", path(), "the key " + inQuotes(level.key) + " is repeated", {}});
    return true;
  }
  bool parse_error(std::size_t position, const std::string& token, const Json::exception&) override {
    const bool ended = position > text_.size();
    found_.push_back({"schema",
                      path(),
                      "no JSON at " + placeInText(text_, position) + ": " +
                          (ended ? std::string("the text ends too early") : "unexpected " + inQuotes(token)),
                      {}});
    return false;
  }

 private:
  struct Level {
    Json* value;  // null below a repeated key: read, but not kept
    std::set<Json::string_t> keys;
    Json::string_t key;     // of an object: where the next value goes
    std::size_t index = 0;  // of an array: of the next value
    bool isObject = false, repeated = false;
  };

  std::string path() const {
    std::string out;
    for (const Level& level : levels_) {
      if (level.isObject && level.keys.empty()) continue;
      // An element that is itself open has been counted already.
      const std::size_t index = &level == &levels_.back() ? level.index : level.index - 1;
      out = join(out, level.isObject ? level.key : std::to_string(index));
    }
    return out;
  }
  Json* place(Json value) {
    if (levels_.empty()) return &(out_ = std::move(value));
    Level& level = levels_.back();
    if (!level.isObject) ++level.index;
    if (level.value == nullptr || level.repeated) return nullptr;
    if (!level.isObject) {
      level.value->push_back(std::move(value));
      return &level.value->back();
    }
    // Past the map's own insertion, which looks through all keys each time; `keys` has done so already.
    auto& members = level.value->get_ref<Json::object_t&>();
    members.emplace_back(level.key, std::move(value));
    return &members.back().second;
  }
  bool put(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json container) {
    if (levels_.size() >= kDeepestNesting) {
      found_.push_back({"schema", path(), "nested deeper than any flow document", {}});
      return false;
    }
    const bool isObject = container.is_object();
    Level level;
    level.value = place(std::move(container));
    level.isObject = isObject;
    levels_.push_back(std::move(level));
    return true;
  }
  bool close() {
    levels_.pop_back();
    return true;
  }

  std::string_view text_;
  Json& out_;
  std::vector<FlowViolation>& found_;
  std::vector<Level> levels_;
};

struct Key {
  std::string name;
  bool required;
};

const char* kindOf(const Json& value) {
  if (value.is_number_float()) return "a fraction";
  if (value.is_number()) return "a number";
  if (value.is_string()) return "text";
  if (value.is_boolean()) return "true or false";
  if (value.is_array()) return "a list";
  return value.is_object() ? "a map" : "empty";
}

bool isRecordId(const Json& value) { return value.is_string() || value.is_number_integer(); }

bool isSmallInteger(const Json& value) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(kLargestNumber);
  return value.is_number_integer() && std::abs(value.get<std::int64_t>()) <= kLargestNumber;
}

class SchemaCheck {
 public:
  std::vector<FlowViolation> found;

  void flow(const Json& flow) {
    if (!map(flow, "",
             {{"format", true},
              {"db", true},
              {"other", false},
              {"included", true},
              {"previous", false},
              {"total", flow.is_object() && flow.contains("previous")},
              {"provisional", false},
              {"waves", false}}))
      return;
    if (flow.contains("format") && flow["format"] != "winnow-flow/1")
      say("format", "it is " +
                        (flow["format"].is_string() ? inQuotes(flow["format"].get<std::string>())
                                                    : std::string(kindOf(flow["format"]))) +
                        "; this program reads 'winnow-flow/1'");
    lanes(flow, "");
    for (const char* name : {"included", "previous", "total"})
      if (flow.contains(name)) numbers(flow[name], name, {{"studies", true}, {"reports", true}});
    if (flow.contains("total") && !flow.contains("previous")) say("previous", "it is missing, but 'total' is given");
    if (flow.contains("provisional")) provisional(flow["provisional"]);
    if (flow.contains("waves")) waves(flow["waves"]);
  }

 private:
  void say(std::string where, std::string message) {
    found.push_back({"schema", std::move(where), std::move(message), {}});
  }
  /// Checks that `value` is a map of exactly these keys; false if it is no map.
  bool map(const Json& value, const std::string& path, const std::vector<Key>& keys) {
    if (!value.is_object()) {
      say(path, std::string("it is ") + kindOf(value) + ", not a map");
      return false;
    }
    std::vector<std::string> names;
    for (const Key& key : keys) names.push_back(key.name);
    for (const auto& [name, ignored] : value.items())
      if (std::find(names.begin(), names.end(), name) == names.end())
        say(join(path, name), "the key " + inQuotes(name) + " is unknown" + config::didYouMean(name, names));
    for (const Key& key : keys)
      if (key.required && !value.contains(key.name)) say(join(path, key.name), "it is missing");
    return true;
  }
  void number(const Json& value, const std::string& path) {
    if (isSmallInteger(value)) return;
    if (value.is_number_integer()) return say(path, "it is larger than any count of records");
    if (value.is_array()) return recordList(value, path);
    if (!value.is_object()) return say(path, std::string("it is ") + kindOf(value) + ", not a number");
    if (!map(value, path, {{"n", true}, {"records", true}})) return;
    if (value.contains("n") && !isSmallInteger(value["n"]))
      say(join(path, "n"), std::string("it is ") + kindOf(value["n"]) + ", not a number");
    if (!value.contains("records")) return;
    if (value["records"].is_array()) return recordList(value["records"], join(path, "records"));
    say(join(path, "records"), std::string("it is ") + kindOf(value["records"]) + ", not a list of record ids");
  }
  void recordList(const Json& list, const std::string& path) {
    for (std::size_t i = 0; i < list.size(); ++i)
      if (!isRecordId(list[i]))
        return say(join(path, std::to_string(i)), std::string("it is ") + kindOf(list[i]) + ", not a record id");
  }
  /// A map of exactly these numbers.
  void numbers(const Json& value, const std::string& path, const std::vector<Key>& keys) {
    if (!map(value, path, keys)) return;
    for (const Key& key : keys)
      if (value.contains(key.name)) number(value[key.name], join(path, key.name));
  }
  /// A map of numbers under labels of the review.
  void labelled(const Json& value, const std::string& path) {
    if (!value.is_object()) return say(path, std::string("it is ") + kindOf(value) + ", not a map of numbers");
    for (const auto& [label, n] : value.items()) number(n, join(path, label));
  }
  void lanes(const Json& parent, const std::string& path) {
    if (parent.contains("db")) databases(parent["db"], join(path, "db"));
    if (parent.contains("other")) otherMethods(parent["other"], join(path, "other"));
  }
  void databases(const Json& lane, const std::string& path) {
    const bool hasExcluded = lane.is_object() && (lane.contains("excluded_total") || lane.contains("excluded_by")) &&
                             !lane.contains("stages");
    if (!map(lane, path,
             {{"identified", true},
              {"identified_total", false},
              {"identified_by", false},
              {"registers", false},
              {"removed", true},
              {"removed_total", false},
              {"removed_by", false},
              {"screened", true},
              {"excluded", hasExcluded},
              {"excluded_total", false},
              {"excluded_by", false},
              {"stages", false},
              {"sought", true},
              {"not_retrieved", true},
              {"assessed", true},
              {"excluded_reports", true},
              {"excluded_reports_total", false},
              {"excluded_reports_by", false},
              {"waiting", false},
              {"included_reports", true}}))
      return;
    boxes(lane, path);
    if (lane.contains("registers")) registers(lane, path);
    if (lane.contains("stages")) stages(lane["stages"], join(path, "stages"));
  }
  void otherMethods(const Json& lane, const std::string& path) {
    const bool hasRemoved = lane.is_object() && (lane.contains("removed_total") || lane.contains("removed_by"));
    if (map(lane, path,
            {{"identified", true},
             {"identified_total", false},
             {"identified_by", false},
             {"removed", hasRemoved},
             {"removed_total", false},
             {"removed_by", false},
             {"stages", false},
             {"sought", true},
             {"not_retrieved", true},
             {"assessed", true},
             {"excluded_reports", true},
             {"excluded_reports_total", false},
             {"excluded_reports_by", false},
             {"waiting", false},
             {"included_reports", true}})) {
      boxes(lane, path);
      if (lane.contains("stages")) stages(lane["stages"], join(path, "stages"));
    }
  }
  void boxes(const Json& lane, const std::string& path) {
    for (const char* name : {"identified", "removed", "excluded_reports"})
      if (lane.contains(name)) labelled(lane[name], join(path, name));
    if (lane.contains("excluded")) excluded(lane, join(path, "excluded"));
    for (const char* name : {"screened", "sought", "not_retrieved", "assessed", "included_reports", "waiting",
                             "identified_total", "removed_total", "excluded_total", "excluded_reports_total"})
      if (lane.contains(name)) number(lane[name], join(path, name));
    for (const char* name : {"identified_by", "removed_by", "excluded_by", "excluded_reports_by"})
      if (lane.contains(name)) numbers(lane[name], join(path, name), {{"human", true}, {"automation", true}});
  }
  // Beside stages it may be their bare sum; alone it is the list of reasons.
  void excluded(const Json& lane, const std::string& path) {
    const Json& value = lane["excluded"];
    const bool isSum = lane.contains("stages") && (!value.is_object() || isCountedList(value));
    isSum ? number(value, path) : labelled(value, path);
  }
  void registers(const Json& lane, const std::string& path) {
    const Json& list = lane["registers"];
    const std::string place = join(path, "registers");
    if (!list.is_array()) return say(place, std::string("it is ") + kindOf(list) + ", not a list of names");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string at = join(place, std::to_string(i));
      if (!list[i].is_string()) {
        say(at, std::string("it is ") + kindOf(list[i]) + ", not a name");
        continue;
      }
      const auto name = list[i].get<std::string>();
      if (!seen.insert(name).second) say(at, inQuotes(name) + " is named twice");
      if (lane.contains("identified") && lane["identified"].is_object() && !lane["identified"].contains(name))
        say(at, inQuotes(name) + " is not one of 'identified'");
    }
  }
  void stages(const Json& list, const std::string& path) {
    if (!list.is_array()) return say(path, std::string("it is ") + kindOf(list) + ", not a list of stages");
    std::set<std::string> ids;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Json& stage = list[i];
      const std::string at = join(path, std::to_string(i));
      if (!map(stage, at,
               {{"id", true},
                {"label", false},
                {"mode", false},
                {"in", true},
                {"excluded", true},
                {"by", false},
                {"undecided", false},
                {"waiting", false},
                {"out", true}}))
        continue;
      identifier(stage, at, ids);
      if (stage.contains("label") && !stage["label"].is_string())
        say(join(at, "label"), std::string("it is ") + kindOf(stage["label"]) + ", not text");
      if (stage.contains("mode") && stage["mode"] != "automatic" && stage["mode"] != "confirm")
        say(join(at, "mode"), "it is neither \"automatic\" nor \"confirm\"");
      for (const char* name : {"in", "undecided", "waiting", "out"})
        if (stage.contains(name)) number(stage[name], join(at, name));
      if (stage.contains("excluded")) labelled(stage["excluded"], join(at, "excluded"));
      if (stage.contains("by")) numbers(stage["by"], join(at, "by"), {{"human", true}, {"automation", true}});
    }
  }
  void provisional(const Json& list) {
    if (!list.is_array()) return say("provisional", std::string("it is ") + kindOf(list) + ", not a list of steps");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string at = join("provisional", std::to_string(i));
      if (!map(list[i], at, {{"step", true}, {"label", true}, {"records", true}})) continue;
      for (const char* name : {"step", "label"})
        if (list[i].contains(name) && !list[i][name].is_string())
          say(join(at, name), std::string("it is ") + kindOf(list[i][name]) + ", not text");
      if (list[i].contains("records")) number(list[i]["records"], join(at, "records"));
    }
  }
  void waves(const Json& list) {
    if (!list.is_array()) return say("waves", std::string("it is ") + kindOf(list) + ", not a list of waves");
    std::set<std::string> ids;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string at = join("waves", std::to_string(i));
      if (!map(list[i], at, {{"id", true}, {"db", false}, {"other", false}})) continue;
      identifier(list[i], at, ids);
      lanes(list[i], at);
    }
  }
  void identifier(const Json& parent, const std::string& path, std::set<std::string>& seen) {
    if (!parent.contains("id")) return;
    const Json& id = parent["id"];
    const std::string at = join(path, "id");
    if (!id.is_string()) return say(at, std::string("it is ") + kindOf(id) + ", not text");
    if (id.get_ref<const std::string&>().empty()) return say(at, "it is empty");
    if (!seen.insert(id.get<std::string>()).second) say(at, inQuotes(id.get<std::string>()) + " is used twice");
  }
};

}  // namespace

std::vector<FlowViolation> parseFlow(std::string_view text, nlohmann::ordered_json& out) {
  std::vector<FlowViolation> found;
  FlowReader reader(text, out, found);
  Json::sax_parse(text.begin(), text.end(), &reader);
  return found;
}

std::vector<FlowViolation> schemaViolations(const nlohmann::ordered_json& flow) {
  SchemaCheck check;
  check.flow(flow);
  return std::move(check.found);
}

bool isCountedList(const nlohmann::ordered_json& value) {
  return value.is_object() && value.size() == 2 && value.contains("n") && value.contains("records") &&
         value["records"].is_array();
}

std::int64_t numberOf(const nlohmann::ordered_json& value) {
  if (value.is_array()) return static_cast<std::int64_t>(value.size());
  return value.is_object() ? value["n"].get<std::int64_t>() : value.get<std::int64_t>();
}

std::vector<std::string> recordsOf(const nlohmann::ordered_json& value) {
  const Json* list = value.is_object() ? &value["records"] : &value;
  std::vector<std::string> ids;
  if (!list->is_array()) return ids;
  ids.reserve(list->size());
  for (const Json& id : *list) ids.push_back(id.is_string() ? id.get<std::string>() : id.dump());
  return ids;
}

}  // namespace winnow::engine
