#include "ChartingReader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "../Nearest.hpp"
#include "Readers.hpp"
#include "Section.hpp"
#include "Values.hpp"
#include "io/Listed.hpp"

namespace winnow::config {
namespace {

constexpr std::pair<std::string_view, ItemType> kWords[] = {
    {"text", ItemType::Text},           {"number", ItemType::Number}, {"decimal", ItemType::Decimal},
    {"range", ItemType::Range},         {"date", ItemType::Date},     {"link", ItemType::Link},
    {"quotation", ItemType::Quotation}, {"yes/no", ItemType::YesNo}};

/// Reads the items of one form.
class ItemsReader {
 public:
  ItemsReader(Form& form, Problems& problems) : form_(form), problems_(problems) {}

  void read(const YamlNode& node) {
    if (node.kind != YamlKind::Map) return wrongKind(node, "items", "a map of labels", problems_);
    for (const YamlNode& entry : node.children) {
      const std::string id = std::to_string(++count_);
      if (entry.kind == YamlKind::Map && entry.find("repeat") != nullptr)
        readGroup(entry, id);
      else
        readItem(entry, id, entry.key);
    }
  }

 private:
  /// A group is asked several times: "arms 1: participants", "arms 2: participants".
  void readGroup(const YamlNode& node, const std::string& id) {
    const YamlNode *repeat = node.find("repeat"), *items = node.find("items");
    const int times =
        repeat->kind == YamlKind::Text && repeat->text.size() == 1 && repeat->text[0] >= '2' && repeat->text[0] <= '9'
            ? repeat->text[0] - '0'
            : 0;
    if (times == 0)
      return problems_.error("config.item", repeat->place(), "'repeat' takes a number from 2 to 9: how often at most");
    if (items == nullptr || items->kind != YamlKind::Map || node.children.size() != 2)
      return problems_.error("config.item", node.place(),
                             "'" + node.key + "' is asked repeatedly: {repeat: 3, items: {label: type, ...}}");
    for (int turn = 1; turn <= times; ++turn) {
      std::size_t position = 0;
      for (const YamlNode& entry : items->children) {
        const std::string place = id + "." + std::to_string(turn) + "." + std::to_string(++position);
        readItem(entry, place, node.key + " " + std::to_string(turn) + ": " + entry.key);
      }
    }
  }

  void readItem(const YamlNode& node, const std::string& id, const std::string& label) {
    FormItem item;
    item.id = id;
    item.label = label;
    item.at = node.keyAt;
    if (node.kind == YamlKind::Text)
      readWord(node, item);
    else if (node.kind == YamlKind::Map)
      readMap(node, item);
    else
      wrongKind(node, node.key, "a word such as text, or {one of: [...]}", problems_);
    form_.items.push_back(std::move(item));
  }

  void readWord(const YamlNode& node, FormItem& item) {
    if (node.text == "from author" || node.text == "from year") {
      item.from = node.text.substr(5);
      return;
    }
    for (const auto& [word, type] : kWords)
      if (word == node.text) {
        item.type = type;
        return;
      }
    const std::vector<std::string> known = splitBars(itemWords);
    problems_.error("config.item", node.at,
                    "'" + item.label + "' takes one of " + io::listed(known) +
                        ", {one of: [...]}, {any of: [...]}, not '" + node.text + "'" + didYouMean(node.text, known));
  }

  /// {one of: [...]}, {any of: [...]}, {decimal: years}, {type: text}; each also with `if` and `since`.
  void readMap(const YamlNode& node, FormItem& item) {
    const YamlNode* kind = nullptr;
    for (const YamlNode& entry : node.children) {
      if (entry.key == "if")
        readCondition(entry, item);
      else if (entry.key == "since")
        readSince(entry, item);
      else if (kind == nullptr)
        kind = &entry;
      else
        return refuse(node, item);
    }
    if (kind == nullptr) return refuse(node, item);
    if (kind->key == "one of" || kind->key == "any of") return readList(*kind, item);
    if (kind->kind != YamlKind::Text) return refuse(node, item);
    if (kind->key == "type") return readWord(*kind, item);
    if (kind->key != "decimal" && kind->key != "range" && kind->key != "number") return refuse(node, item);
    item.type = kind->key == "range" ? ItemType::Range : ItemType::Decimal;
    item.unit = kind->text;
  }

  void refuse(const YamlNode& node, const FormItem& item) {
    problems_.error("config.item", node.place(),
                    "'" + item.label +
                        "' takes one list: {one of: [...]} or {any of: [...]}, a unit: {decimal: years} "
                        "or {range: years}, or {type: text}; beside it 'if' and 'since'");
  }

  void readList(const YamlNode& list, FormItem& item) {
    item.type = list.key == "one of" ? ItemType::OneOf : ItemType::AnyOf;
    if (list.kind == YamlKind::List && list.children.empty())
      return problems_.error("config.empty", list.place(), "'" + item.label + "' has no value to choose");
    for (Written& value : readNames(list, list.key, problems_)) {
      if (std::find(item.values.begin(), item.values.end(), value.text) != item.values.end())
        problems_.error("config.twice", value.at, "'" + item.label + "' has the value '" + value.text + "' twice");
      item.values.push_back(std::move(value.text));
    }
  }

  /// {if: {Study design: [RCT experiments]}}: an item before this one, by label or number.
  void readCondition(const YamlNode& node, FormItem& item) {
    if (node.kind != YamlKind::Map || node.children.size() != 1)
      return problems_.error("config.item", node.place(),
                             "'if' names one item and its answers: if: {Study design: [RCT]}");
    const YamlNode& asked = node.children.front();
    const auto other = std::find_if(form_.items.begin(), form_.items.end(), [&](const FormItem& before) {
      return before.id == asked.key || before.label == asked.key;
    });
    if (other == form_.items.end())
      return problems_.error("config.unknown-item", asked.keyAt,
                             "'if' names an item that stands before this one, and '" + asked.key + "' is none");
    ItemCondition condition{other->id, {}};
    for (Written& value : readNames(asked, asked.key, problems_)) condition.values.push_back(std::move(value.text));
    item.condition = std::move(condition);
  }

  void readSince(const YamlNode& node, FormItem& item) {
    std::uint32_t since = 0;
    const char* end = node.text.data() + node.text.size();
    if (node.kind == YamlKind::Text) std::from_chars(node.text.data(), end, since);
    if (since == 0)
      return problems_.error("config.item", node.place(), "'since' takes the version of the form, a whole number");
    item.since = since;
  }

  Form& form_;
  Problems& problems_;
  std::size_t count_ = 0;
};

/// Columns that sheets of a form have anyway: an extra item, whose column is headed by its label alone, cannot share
/// them.
bool isColumnOfRecord(const std::string& id) {
  static constexpr std::string_view kIds[] = {"record", "reviewer", "by",           "title",        "doi",  "pmid",
                                              "number", "citation", "form-version", "note",         "wave", "authors",
                                              "year",   "decision", "labels",       "first-author", "time", "change"};
  return std::find(std::begin(kIds), std::end(kIds), id) != std::end(kIds);
}

void readExtras(const Section& section, Form& form, Problems& problems) {
  for (Written& extra : section.names("extra")) {
    FormItem item;
    item.id = kebab(extra.text);
    item.at = extra.at;
    item.extra = true;
    const bool isTwice =
        std::any_of(form.items.begin(), form.items.end(), [&](const FormItem& other) { return other.id == item.id; });
    if (isTwice || item.id.empty()) {
      problems.error("config.twice", extra.at,
                     "the extra item '" + extra.text + "' is not told apart from another item; name it otherwise");
    }
    if (isColumnOfRecord(item.id))
      problems.error("config.item", extra.at,
                     "'" + extra.text + "' is a column of every charting sheet; name the extra item otherwise");
    item.label = std::move(extra.text);
    form.items.push_back(std::move(item));
  }
}

void readForm(const YamlNode& node, Review& review, Problems& problems) {
  const Section section(node, keys::form, "the form '" + node.key + "'", problems);
  Form form;
  form.name = node.key;
  form.at = node.keyAt;
  form.version = section.text("version");
  if (form.version.empty()) form.version = "1";
  for (const Written& name : section.names("by")) {
    checkReviewer(name, review, problems);
    form.by.push_back(name.text);
  }
  if (const YamlNode* items = section.find("items")) ItemsReader(form, problems).read(*items);
  readExtras(section, form, problems);
  review.forms.push_back(std::move(form));
}

}  // namespace

void readForms(const YamlNode& node, Review& review, Problems& problems) {
  if (node.kind != YamlKind::Map) return wrongKind(node, "charting", "a map of forms by name", problems);
  for (const YamlNode& form : node.children) readForm(form, review, problems);
}

void tellUnusedForms(const Review& review, Problems& problems) {
  for (const Form& form : review.forms) {
    const bool isUsed = std::any_of(review.steps.begin(), review.steps.end(), [&](const Step& step) {
      return step.verb == Verb::Chart && step.form == form.name;
    });
    if (isUsed) continue;
    problems.error("config.unused-form", form.at,
                   "no step charts the form '" + form.name + "'; add '- chart: " + form.name + "' or remove it");
  }
}

}  // namespace winnow::config
