#include "ChartingReader.hpp"

#include <algorithm>

#include "../Nearest.hpp"
#include "Readers.hpp"
#include "Section.hpp"
#include "Values.hpp"

namespace winnow::config {
namespace {

void readItemWord(const YamlNode& node, FormItem& item, Problems& problems) {
  const std::vector<std::string> known = splitBars(itemWords);
  if (node.text == "number") {
    item.type = ItemType::Number;
  } else if (node.text == "yes/no") {
    item.type = ItemType::YesNo;
  } else if (node.text == "from author" || node.text == "from year") {
    item.from = node.text.substr(5);
  } else if (node.text != "text") {
    problems.error("config.item", node.at,
                   "'" + item.label + "' takes one of " + joined(known) + ", {one of: [...]}, {any of: [...]}, not '" +
                       node.text + "'" + didYouMean(node.text, known));
  }
}

void readItemList(const YamlNode& node, FormItem& item, Problems& problems) {
  const bool isPair =
      node.children.size() == 1 && (node.children[0].key == "one of" || node.children[0].key == "any of");
  if (!isPair) {
    return problems.error("config.item", node.place(),
                          "'" + item.label + "' takes one list: {one of: [...]} or {any of: [...]}");
  }
  const YamlNode& list = node.children[0];
  item.type = list.key == "one of" ? ItemType::OneOf : ItemType::AnyOf;
  if (list.kind == YamlKind::List && list.children.empty())
    return problems.error("config.empty", list.place(), "'" + item.label + "' has no value to choose");
  for (Written& value : readNames(list, list.key, problems)) {
    if (std::find(item.values.begin(), item.values.end(), value.text) != item.values.end())
      problems.error("config.twice", value.at, "'" + item.label + "' has the value '" + value.text + "' twice");
    item.values.push_back(std::move(value.text));
  }
}

void readItems(const YamlNode& node, Form& form, Problems& problems) {
  if (node.kind != YamlKind::Map) return wrongKind(node, "items", "a map of labels", problems);
  for (const YamlNode& entry : node.children) {
    FormItem item;
    item.id = std::to_string(form.items.size() + 1);
    item.label = entry.key;
    item.at = entry.keyAt;
    if (entry.kind == YamlKind::Text) {
      readItemWord(entry, item, problems);
    } else if (entry.kind == YamlKind::Map) {
      readItemList(entry, item, problems);
    } else {
      wrongKind(entry, entry.key, "a word such as text, or {one of: [...]}", problems);
    }
    form.items.push_back(std::move(item));
  }
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
  if (const YamlNode* items = section.find("items")) readItems(*items, form, problems);
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
