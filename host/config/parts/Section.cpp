#include "Section.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "../Nearest.hpp"
#include "Values.hpp"
#include "io/Listed.hpp"

namespace winnow::config {
namespace {

bool isPeriod(std::string_view text) {
  if (text == "open" || isIsoDate(text)) return true;
  const std::size_t to = text.find(" to ");
  if (to == std::string_view::npos) return false;
  const std::string_view first = text.substr(0, to);
  const std::string_view last = text.substr(to + 4);
  return isIsoDate(first) && isIsoDate(last) && !isBefore(last, first);
}

/// What is wrong with a text of this shape; empty if nothing is.
std::string shapeDefect(const KeyRule& rule, const std::string& text) {
  if (rule.shape == Shape::Date && !isIsoDate(text))
    return inQuotes(rule.name) + " takes a date such as 2020-08-31 or 2020-08, not '" + text + "'";
  if (rule.shape == Shape::Period && !isPeriod(text))
    return inQuotes(rule.name) + " takes a period such as 2020-08-31 to 2020-12-15, not '" + text + "'";
  if (rule.shape != Shape::Choice) return {};
  const std::vector<std::string> choices = splitBars(rule.detail);
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return {};
  return inQuotes(rule.name) + " takes " + (choices.size() == 1 ? "" : "one of ") + io::listed(choices) + ", not '" +
         text + "'" + didYouMean(text, choices);
}

std::string_view shapeCode(Shape shape) {
  return shape == Shape::Date || shape == Shape::Period ? "config.date" : "config.value";
}

}  // namespace

std::string_view kindWord(const YamlNode& node) {
  switch (node.kind) {
    case YamlKind::List:
      return "a list";
    case YamlKind::Map:
      return "a map";
    case YamlKind::Text:
      return "text";
    case YamlKind::Empty:
      break;
  }
  return "nothing";
}

void wrongKind(const YamlNode& node, std::string_view name, std::string_view wanted, Problems& problems) {
  if (node.kind == YamlKind::Empty && !node.text.empty()) {
    return problems.error(
        "config.empty", node.at,
        inQuotes(name) + " has no value: '" + node.text + "' means none; quote it if the word is meant");
  }
  if (node.kind == YamlKind::Empty) {
    return problems.error("config.empty", node.place(),
                          inQuotes(name) + " has no value; write " + std::string(wanted) + " or leave it out");
  }
  problems.error("config.wrong-type", node.place(),
                 inQuotes(name) + " takes " + std::string(wanted) + ", not " + std::string(kindWord(node)));
}

std::optional<Written> readText(const YamlNode& node, std::string_view name, Problems& problems) {
  if (node.kind == YamlKind::Text && !node.text.empty()) return Written{node.text, node.at};
  if (node.kind == YamlKind::Text) {
    problems.error("config.empty", node.at, inQuotes(name) + " is empty; write text or leave it out");
  } else {
    wrongKind(node, name, "text", problems);
  }
  return std::nullopt;
}

std::vector<Written> readNames(const YamlNode& node, std::string_view name, Problems& problems) {
  std::vector<Written> names;
  if (node.kind != YamlKind::List && node.kind != YamlKind::Text) {
    wrongKind(node, name, "a list", problems);
    return names;
  }
  if (node.kind == YamlKind::Text) {
    if (auto one = readText(node, name, problems)) names.push_back(std::move(*one));
    return names;
  }
  for (const YamlNode& item : node.children)
    if (auto one = readText(item, name, problems)) names.push_back(std::move(*one));
  return names;
}

std::vector<WrittenEntry> readTextMap(const YamlNode& node, std::string_view name, Problems& problems) {
  std::vector<WrittenEntry> entries;
  if (node.kind != YamlKind::Map) {
    wrongKind(node, name, "a map", problems);
    return entries;
  }
  for (const YamlNode& child : node.children)
    if (auto value = readText(child, child.key, problems))
      entries.push_back({child.key, std::move(value->text), child.keyAt, value->at});
  return entries;
}

std::vector<std::string> namesOf(KeyTable table) {
  std::vector<std::string> names;
  for (const KeyRule& rule : table) names.emplace_back(rule.name);
  return names;
}

Section::Section(const YamlNode& node, KeyTable table, std::string owner, Problems& problems, Others others)
    : node_(&node), table_(table), owner_(std::move(owner)), problems_(&problems) {
  if (node.kind != YamlKind::Map) {
    problems.error("config.wrong-type", node.place(), owner_ + " is a map of keys, not " + std::string(kindWord(node)));
    return;
  }
  checkKeys(others);
}

void Section::checkKeys(Others others) {
  for (const YamlNode& entry : node_->children) {
    const KeyRule* known = rule(entry.key);
    if (known == nullptr) {
      if (others == Others::Keep) others_.push_back(&entry);
      if (others == Others::Refuse) refuse(entry);
    } else if (entry.kind == YamlKind::Empty) {
      wrongKind(entry, entry.key, "a value", *problems_);
    }
  }
  for (const KeyRule& known : table_)
    if (known.required && node_->find(known.name) == nullptr)
      problems_->error("config.missing-key", at(), owner_ + " needs the key " + inQuotes(known.name));
}

void Section::refuse(const YamlNode& entry) const {
  problems_->error("config.unknown-key", entry.keyAt,
                   owner_ + " has no key " + inQuotes(entry.key) +
                       (problems_->isFull() ? std::string() : didYouMeanOf(entry.key, namesOf(table_))));
}

const KeyRule* Section::rule(std::string_view key) const {
  const auto found = std::find_if(table_.begin(), table_.end(), [&](const KeyRule& r) { return r.name == key; });
  return found == table_.end() ? nullptr : &*found;
}

const KeyRule& Section::knownRule(std::string_view key) const {
  const KeyRule* known = rule(key);
  if (known == nullptr) throw std::logic_error("no rule for the key " + std::string(key));
  return *known;
}

const YamlNode* Section::find(std::string_view key) const {
  knownRule(key);
  const YamlNode* found = node_->find(key);
  return found == nullptr || found->kind == YamlKind::Empty ? nullptr : found;
}

std::optional<Written> Section::written(std::string_view key) const {
  const KeyRule& known = knownRule(key);
  const YamlNode* found = find(key);
  if (found == nullptr) return std::nullopt;
  std::optional<Written> value = readText(*found, key, *problems_);
  if (!value) return std::nullopt;
  std::string defect = shapeDefect(known, value->text);
  if (defect.empty()) return value;
  problems_->error(shapeCode(known.shape), value->at, std::move(defect));
  return std::nullopt;
}

std::string Section::text(std::string_view key) const {
  const std::optional<Written> value = written(key);
  return value ? value->text : std::string();
}

std::vector<Written> Section::names(std::string_view key) const {
  const YamlNode* found = find(key);
  return found == nullptr ? std::vector<Written>() : readNames(*found, key, *problems_);
}

std::vector<std::string> Section::nameTexts(std::string_view key) const {
  std::vector<std::string> texts;
  for (Written& name : names(key)) texts.push_back(std::move(name.text));
  return texts;
}

std::vector<WrittenEntry> Section::entries(std::string_view key) const {
  const YamlNode* found = find(key);
  return found == nullptr ? std::vector<WrittenEntry>() : readTextMap(*found, key, *problems_);
}

std::optional<std::size_t> Section::choice(std::string_view key) const {
  const std::optional<Written> value = written(key);
  if (!value) return std::nullopt;
  const std::vector<std::string> choices = splitBars(knownRule(key).detail);
  return static_cast<std::size_t>(std::find(choices.begin(), choices.end(), value->text) - choices.begin());
}

std::optional<std::uint64_t> Section::count(std::string_view key) const {
  const std::optional<Written> value = written(key);
  if (!value || value->text == "open") return std::nullopt;
  const std::string& digits = value->text;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool isPlain = digits == std::to_string(number) && !find(key)->quoted;
  if (error == std::errc() && end == digits.data() + digits.size() && isPlain) return number;
  problems_->error("config.number", value->at,
                   inQuotes(key) + " takes a whole number such as 1024, or open, not '" + digits + "'");
  return std::nullopt;
}

}  // namespace winnow::config
