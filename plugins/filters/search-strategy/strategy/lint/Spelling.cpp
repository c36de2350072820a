// British or American spelling alone.
#include <algorithm>
#include <iterator>
#include <set>

#include "../text/CodePoints.hpp"
#include "Rules.hpp"

namespace winnow::search::lint {

namespace {

struct Spelling {
  std::string_view one, other;  ///< beginnings of words
  bool isInside = false;        ///< also behind a prefix: "multicentre"
};

// Pairs of spellings that both occur in titles and abstracts; British first.
constexpr Spelling kPairs[] = {{"organis", "organiz"},
                               {"behaviour", "behavior", true},
                               {"colour", "color"},
                               {"centre", "center", true},
                               {"paediatr", "pediatr"},
                               {"haemo", "hemo"},
                               {"tumour", "tumor", true},
                               {"oedema", "edema", true},
                               {"anaemi", "anemi"},
                               {"counsell", "counsel"},
                               {"programme", "program"},
                               {"labour", "labor"},
                               {"ageing", "aging"},
                               {"randomis", "randomiz"},
                               {"leukaemi", "leukemi"},
                               {"oesophag", "esophag"},
                               {"gynaecolog", "gynecolog"},
                               {"orthopaed", "orthoped"},
                               {"anaesthe", "anesthe"},
                               {"diarrhoea", "diarrhea"},
                               {"hospitalis", "hospitaliz"},
                               {"immunis", "immuniz"},
                               {"stigmatis", "stigmatiz"},
                               {"utilis", "utiliz"},
                               {"characteris", "characteriz"},
                               {"ischaemi", "ischemi"}};

/// Words that only begin like one of a pair.
constexpr std::string_view kOthers[] = {"laborator", "colorect", "colorado"};

struct Place {
  const Line* line;
  const Node* node;
  std::string word;
};

std::string replaced(const std::string& word, std::size_t at, const Spelling& pair) {
  return word.substr(0, at) + std::string(pair.other) + word.substr(at + pair.one.size());
}

bool isOther(const std::string& word) {
  return std::any_of(std::begin(kOthers), std::end(kOthers),
                     [&](std::string_view other) { return word.compare(0, other.size(), other) == 0; });
}

}  // namespace

void checkSpelling(const Scene& scene) {
  std::vector<Place> places;
  for (const Line& line : scene.strategy.lines)
    if (line.tree)
      walk(*line.tree, [&](const Node& node) {
        if (node.kind != Kind::Term && node.kind != Kind::Phrase) return;
        for (const std::string& word : wordsOf(node.text)) places.push_back({&line, &node, word});
      });
  std::set<std::string> told;
  for (const Place& place : places)
    for (const Spelling& pair : kPairs)
      for (const Spelling& way : {pair, Spelling{pair.other, pair.one, pair.isInside}}) {
        const std::string word = lower(place.word);
        const std::size_t at = word.find(way.one);
        // "counsel" lies in "counsell", "program" in "programme": a piece of the other spelling is no spelling.
        if (at == std::string::npos || (at > 0 && !pair.isInside) || isOther(word) ||
            word.find(way.other) != std::string::npos || way.other.find(way.one) != std::string::npos)
          continue;
        const std::string wanted = replaced(word, at, way);
        bool covered = !told.insert(word).second;
        for (const Place& other : places) {
          const std::string text = lower(other.word);
          covered = covered || text == wanted || covers(text, wanted) ||
                    text.find(std::string(way.other)) != std::string::npos;
        }
        if (!covered)
          scene.warn("W30", *place.line, wordSpan(*place.line, *place.node, place.word),
                     "one spelling only: '" + wanted + "' is written elsewhere and found by no line");
      }
}

}  // namespace winnow::search::lint
