#include "OwnRules.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <stdexcept>

namespace winnow::duplicates {

namespace {

using Kind = Demand::Kind;

struct Word {
  std::string_view text;
  Kind kind;
  bool hasNumber;
  double least, most;  ///< of the number
};
constexpr Word kWords[] = {{"title", Kind::Title, true, 0.5, 1},
                           {"authors", Kind::Authors, true, 0, 1},
                           {"first author", Kind::FirstAuthor, false, 0, 0},
                           {"journal", Kind::Journal, false, 0, 0},
                           {"volume", Kind::Volume, false, 0, 0},
                           {"issue", Kind::Issue, false, 0, 0},
                           {"first page", Kind::FirstPage, false, 0, 0},
                           {"pages", Kind::Pages, false, 0, 0},
                           {"year", Kind::Year, true, 0, 10},
                           {"doi", Kind::Doi, false, 0, 0},
                           {"abstract", Kind::Abstract, true, 0, 1},
                           {"words", Kind::Words, true, 1, 50},
                           {"nothing contradicts", Kind::NothingContradicts, false, 0, 0}};

[[noreturn]] void refuse(std::string_view rule, std::string_view word, const std::string& what) {
  throw std::invalid_argument("rule '" + std::string(rule) + "': '" + std::string(word) + "' " + what);
}

/// "0.95", ".95", "1".
std::optional<double> numberOf(std::string_view text) {
  double value = 0;
  const std::string padded = text.substr(0, 1) == "." ? "0" + std::string(text) : std::string(text);
  const auto [end, error] =
      std::from_chars(padded.data(), padded.data() + padded.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != padded.data() + padded.size()) return std::nullopt;
  return value;
}

std::string allWords() {
  std::string list = "ask";
  for (const Word& word : kWords) list += ", " + std::string(word.text) + (word.hasNumber ? " NUMBER" : "");
  return list;
}

Demand demandOf(std::string_view rule, std::string_view text) {
  const auto word = std::find_if(std::begin(kWords), std::end(kWords), [&](const Word& w) {
    return w.hasNumber ? text.substr(0, w.text.size() + 1) == std::string(w.text) + " " : text == w.text;
  });
  if (word == std::end(kWords)) refuse(rule, text, "is no demand; known: " + allWords());
  if (!word->hasNumber) return {word->kind, 0};
  const std::optional<double> number = numberOf(text.substr(word->text.size() + 1));
  if (!number || *number < word->least || *number > word->most)
    refuse(rule, text,
           "needs a number from " + std::to_string(word->least).substr(0, 3) + " to " +
               std::to_string(static_cast<int>(word->most)));
  return {word->kind, *number};
}

bool meets(const Demand& demand, const Comparison& c) {
  switch (demand.kind) {
    case Kind::Title:
      return !c.title.isMissing && c.title.similarity >= demand.most;
    case Kind::Authors:
      return !c.authors.isMissing && c.authors.share >= demand.most;
    case Kind::FirstAuthor:
      return c.authors.sameFirst;
    case Kind::Journal:
      return agrees(c.journal);
    case Kind::Volume:
      return c.volume == Agreement::equal;
    case Kind::Issue:
      return c.issue == Agreement::equal;
    case Kind::FirstPage:
      return c.pages == Agreement::equal;
    case Kind::Pages:
      return c.isSameRange;
    case Kind::Year:
      return c.yearGap != Comparison::kNoYear && c.yearGap <= demand.most;
    case Kind::Doi:
      return c.doi == Agreement::equal;
    case Kind::Abstract:
      return c.abstract >= 0 && c.abstract >= demand.most;
    case Kind::Words:
      return c.contentWords >= demand.most;
    case Kind::NothingContradicts:
      return c.contradictions() == 0 && !contradicts(c.doi) && !contradicts(c.pmid);
  }
  return false;
}

}  // namespace

OwnRule readRule(std::string_view name, const std::vector<std::string_view>& words) {
  OwnRule rule{"rule." + std::string(name), {}, {}, false};
  for (const std::string_view word : words) {
    if (word == "ask")
      rule.asks = true;
    else
      rule.demands.push_back(demandOf(name, word));
    rule.label += (rule.label.empty() ? "Own rule: " : ", ") + std::string(word);
  }
  if (rule.demands.empty())
    throw std::invalid_argument("rule '" + std::string(name) + "' demands nothing, so it would join everything");
  return rule;
}

bool holds(const OwnRule& rule, const Comparison& comparison) {
  return std::all_of(rule.demands.begin(), rule.demands.end(),
                     [&](const Demand& demand) { return meets(demand, comparison); });
}

}  // namespace winnow::duplicates
