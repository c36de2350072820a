#include "ChartingReader.hpp"

#include <algorithm>

#include "../Nearest.hpp"
#include "Section.hpp"
#include "Values.hpp"

namespace winnow::config {

namespace {

void readItemWord(const YamlNode& node, FormItem& item, Problems& problems) {
  if (node.text == "number") item.type = ItemType::Number;
  else if (node.text == "yes/no") item.type = ItemType::YesNo;
  else if (node.text == "from author") item.from = "author";
  else if (node.text == "from year") item.from = "year";
  else if (node.text != "text")
    problems.error("config.item", node.at, "'" + item.label + "' takes one of " + joined(splitBars(itemWords)) + ", or {one of: [...]}, {any of: [...]}, not '" + node.text + "'" +
                   didYouMean(node.text, splitBars(itemWords)));
}

void readItemList(const YamlNode& node, FormItem& item, Problems& problems) {
  const bool isPair = node.children.size() == 1 && (node.children[0].key == "one of" || node.children[0].key == "any of");
  if (!isPair)
    return problems.error("config.item", node.place(), "'" + item.label + "' is one word or one list: {one of: [...]} or {any of: [...]}");
  item.type = node.children[0].key == "one of" ? ItemType::OneOf : ItemType::AnyOf;
  for (Written& value : readNames(node.children[0], node.children[0].key, problems)) item.values.push_back(std::move(value.text));
}

void readItems(const YamlNode& node, Form& form, Problems& problems) {
  if (node.kind != YamlKind::Map) return wrongKind(node, "items", "a map of labels", problems);
  for (const YamlNode& entry : node.children) {
    FormItem item;
    item.id = std::to_string(form.items.size() + 1);
    item.label = entry.key;
    item.at = entry.keyAt;
    if (entry.kind == YamlKind::Text) readItemWord(entry, item, problems);
    else if (entry.kind == YamlKind::Map) readItemList(entry, item, problems);
    else wrongKind(entry, entry.key, "a word such as text or a list such as {one of: [...]}", problems);
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
  std::vector<std::string> known;
  for (const Reviewer& r : review.reviewers) known.push_back(r.id);
  for (const Written& name : section.names("by")) {
    if (std::find(known.begin(), known.end(), name.text) == known.end())
      problems.error("config.unknown-reviewer", name.at, "'" + name.text + "' is no reviewer of this review" + didYouMeanOf(name.text, known));
    form.by.push_back(name.text);
  }
  if (const YamlNode* items = section.find("items")) readItems(*items, form, problems);
  for (const Written& extra : section.names("extra")) {
    FormItem item;
    item.id = kebab(extra.text);
    item.label = extra.text;
    item.extra = true;
    item.at = extra.at;
    form.items.push_back(std::move(item));
  }
  review.forms.push_back(std::move(form));
}

}  // namespace

void readForms(const YamlNode& node, Review& review, Problems& problems) {
  if (node.kind != YamlKind::Map) return wrongKind(node, "charting", "a map of forms by name", problems);
  for (const YamlNode& form : node.children) readForm(form, review, problems);
}

void tellUnusedForms(const Review& review, Problems& problems) {
  for (const Form& form : review.forms) {
    const bool isUsed = std::any_of(review.steps.begin(), review.steps.end(), [&](const Step& s) { return s.verb == Verb::Chart && s.form == form.name; });
    if (!isUsed) problems.error("config.unused", form.at, "no step charts the form '" + form.name + "'; add '- chart: " + form.name + "' or remove it");
  }
}

}  // namespace winnow::config
