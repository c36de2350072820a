#include "TreeMapper.hpp"

#include <algorithm>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::tree {

namespace {

/// What the signs of a table make of passing over: signs alone.
tagged::Table signsOnly(const tagged::Table& table) {
  tagged::Table signs;
  signs.id = table.id;
  signs.any = table.skip;
  signs.confidence = 1;
  return signs;
}

}  // namespace

formats::RawTag rawTag(const Host& host, const tagged::Table& table, const std::string& path) {
  const int flags =
      (table.isComplete ? WINNOW_FIELD_KNOWN : 0) | (tagged::isVolatile(table, path) ? WINNOW_FIELD_VOLATILE : 0);
  return {host.tag("raw:" + path), static_cast<std::uint16_t>(flags)};
}

TreeMapper::TreeMapper(const Host& host, const formats::Tags& tags, tagged::Table table, Style style)
    : style_(style),
      table_([&] {
        // Rules that put a value together have a tag of their own each, which no member can have.
        for (tagged::Rule& rule : table.rules)
          if (rule.isComposed())
            for (std::string& path : rule.tags) path += "\n" + std::to_string(rule.line);
        return std::move(table);
      }()),
      passedOver_(signsOnly(table_)),
      paths_(style),
      detection_(table_, [this](std::string_view tag) { return number(tag); }),
      passing_(passedOver_, [this](std::string_view tag) { return number(tag); }),
      mapper_(host, tags, table_, [this](std::string_view tag) { return number(tag); }) {
  for (const tagged::Rule& rule : table_.rules) addUses(rule);
  for (const std::vector<tagged::Sign>* signs : {&table_.any, &table_.all, &table_.skip}) addSigns(*signs);
}

void TreeMapper::addUses(const tagged::Rule& rule) {
  for (const std::string& tag : rule.tags) {
    const std::string path = tag.substr(0, tag.find('\n'));
    Use use{paths_.addSelector(path), number(tag), rule.isComposed() ? &rule : nullptr, {}};
    for (const std::string& part : rule.parts) {
      const bool isAttribute = style_ == Style::Xml && part.front() == '@';
      use.parts.push_back(
          part == "."
              ? use.selector
              : paths_.addSelector(path + (isAttribute ? "" : std::string(1, static_cast<char>(style_))) + part));
    }
    addUse(std::move(use));
  }
}

void TreeMapper::addSigns(const std::vector<tagged::Sign>& signs) {
  for (const tagged::Sign& sign : signs)
    for (const std::string& path : sign.tags) addUse({paths_.addSelector(path), number(path), nullptr, {}});
}

/// Several rules of one path share a value.
void TreeMapper::addUse(Use use) {
  if (uses_.size() <= use.selector) uses_.resize(use.selector + 1);
  std::vector<Use>& uses = uses_[use.selector];
  if (std::none_of(uses.begin(), uses.end(), [&](const Use& other) { return other.tag == use.tag; }))
    uses.push_back(std::move(use));
}

/// The values of a record in the order of the document. Without a writer nothing is put together.
void TreeMapper::collect(const Nodes& nodes, RecordWriter* writer) {
  values_.clear();
  persons_.clear();
  for (std::uint32_t i = 1; i < nodes.all().size(); ++i) {
    const Node& node = nodes.all()[i];
    if (node.isText) continue;
    for (const std::uint32_t selector : paths_.selectorsAt(node.path)) {
      if (selector >= uses_.size() || uses_[selector].empty() || !nodes.holds(i, selector)) continue;
      for (const Use& use : uses_[selector]) {
        if (use.rule == nullptr)
          values_.push_back({use.tag, formats::trim(nodes.textOf(i)), nodes.rawOf(i)});
        else if (writer != nullptr)
          compose(use, nodes, i, *writer);
      }
    }
  }
}

/// The text of the first node below (or the node itself) that a selector fits.
std::string TreeMapper::textBelow(const Nodes& nodes, std::uint32_t node, std::uint32_t selector) const {
  for (std::uint32_t i = node; i < nodes.all()[node].end; ++i) {
    if (!isMeant(nodes, i, selector)) continue;
    if (std::string text = formats::collapsed(nodes.textOf(i)); !text.empty()) return text;
  }
  return {};
}

/// The texts of all nodes below that a selector fits, each once.
void TreeMapper::allBelow(const Nodes& nodes, std::uint32_t node, std::uint32_t selector,
                          std::vector<std::string>& texts) const {
  for (std::uint32_t i = node; i < nodes.all()[node].end; ++i) {
    if (!isMeant(nodes, i, selector)) continue;
    std::string text = formats::collapsed(nodes.textOf(i));
    if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
  }
}

bool TreeMapper::isMeant(const Nodes& nodes, std::uint32_t node, std::uint32_t selector) const {
  if (nodes.all()[node].isText) return false;
  const std::vector<std::uint32_t>& here = paths_.selectorsAt(nodes.all()[node].path);
  return std::find(here.begin(), here.end(), selector) != here.end() && nodes.holds(node, selector);
}

void TreeMapper::compose(const Use& use, const Nodes& nodes, std::uint32_t node, RecordWriter& writer) {
  if (use.rule->isPerson) {
    composePerson(use, nodes, node, writer);
    return;
  }
  if (const std::string text = joined(use, nodes, node); !text.empty())
    values_.push_back({use.tag, writer.keep(text), nodes.rawOf(node)});
}

/// The first of the rule's patterns of which every part says something.
std::string TreeMapper::joined(const Use& use, const Nodes& nodes, std::uint32_t node) const {
  std::size_t part = 0;
  for (const std::vector<tagged::Piece>& pattern : use.rule->join) {
    std::string text;
    bool isWhole = true;
    for (const tagged::Piece& piece : pattern) {
      if (!piece.isPath) {
        text += piece.text;
        continue;
      }
      const std::string value = textBelow(nodes, node, use.parts[part++]);
      isWhole = isWhole && !value.empty();
      text += value;
    }
    if (isWhole) return text;
  }
  return {};
}

bool TreeMapper::composePerson(const Use& use, const Nodes& nodes, std::uint32_t node, RecordWriter& writer) {
  tagged::Person person;
  const std::vector<std::string>& names = use.rule->partNames;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == "affiliation") {
      allBelow(nodes, node, use.parts[i], person.affiliations);
      continue;
    }
    std::string& part = names[i] == "family"   ? person.family
                        : names[i] == "given"  ? person.given
                        : names[i] == "suffix" ? person.suffix
                        : names[i] == "body"   ? person.literal
                        : names[i] == "name"   ? person.whole
                                               : person.orcid;
    if (part.empty()) part = textBelow(nodes, node, use.parts[i]);
  }
  person.orcid = formats::normaliseOrcid(person.orcid);
  if (!person.family.empty()) person.literal.clear();
  if (person.family.empty() && person.literal.empty() && person.whole.empty()) {
    if (person.given.empty()) return false;
    person.literal = std::exchange(person.given, {});
  }
  const std::string& shown = !person.family.empty()    ? person.family
                             : !person.literal.empty() ? person.literal
                                                       : person.whole;
  const std::string_view text = writer.keep(shown);
  persons_.push_back(std::move(person));
  values_.push_back({use.tag, text, nodes.rawOf(node), static_cast<std::uint32_t>(persons_.size())});
  return true;
}

std::uint32_t TreeMapper::confidence(const Nodes& nodes, std::string_view before) {
  collect(nodes, nullptr);
  const std::vector<std::string_view> lines{before};
  return detection_.confidence({values_, lines});
}

bool TreeMapper::isPassedOver(const Nodes& nodes) {
  if (table_.skip.empty()) return false;
  collect(nodes, nullptr);
  const std::vector<std::string_view> none;
  return passing_.confidence({values_, none}) != 0;
}

const tagged::Value* TreeMapper::map(const Nodes& nodes, RecordWriter& writer) {
  collect(nodes, &writer);
  return mapper_.map(values_, writer, persons_);
}

}  // namespace winnow::tree
