// British or American spelling alone.
#include <set>

#include "../text/CodePoints.hpp"
#include "Rules.hpp"

namespace winnow::search::lint {

namespace {

struct Spelling {
  std::string_view one, other;  ///< pieces of words
};

// Pairs of spellings that both occur in titles and abstracts; British first.
constexpr Spelling kPairs[] = {
    {"organis", "organiz"}, {"behaviour", "behavior"}, {"colour", "color"}, {"centre", "center"}, {"paediatr", "pediatr"}, {"haemo", "hemo"}, {"tumour", "tumor"},
    {"oedema", "edema"}, {"anaemi", "anemi"}, {"counsell", "counsel"}, {"programme", "program"}, {"labour", "labor"}, {"ageing", "aging"}, {"randomis", "randomiz"},
    {"leukaemi", "leukemi"}, {"oesophag", "esophag"}, {"gynaecolog", "gynecolog"}, {"orthopaed", "orthoped"}, {"anaesthe", "anesthe"}, {"diarrhoea", "diarrhea"},
    {"hospitalis", "hospitaliz"}, {"immunis", "immuniz"}, {"stigmatis", "stigmatiz"}, {"utilis", "utiliz"}, {"characteris", "characteriz"}, {"ischaemi", "ischemi"}};

struct Place {
  const Line* line;
  const Node* node;
  std::string word;
};

std::string replaced(const std::string& word, std::size_t at, const Spelling& pair) {
  return word.substr(0, at) + std::string(pair.other) + word.substr(at + pair.one.size());
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
      for (const Spelling& way : {pair, Spelling{pair.other, pair.one}}) {
        const std::string word = lower(place.word);
        const std::size_t at = word.find(way.one);
        // "counsel" lies in "counsell", "program" in "programme": a piece of the other spelling is no spelling.
        if (at == std::string::npos || word.find(way.other) != std::string::npos || way.other.find(way.one) != std::string::npos) continue;
        const std::string wanted = replaced(word, at, way);
        bool covered = !told.insert(word).second;
        for (const Place& other : places) {
          const std::string text = lower(other.word);
          covered = covered || text == wanted || covers(text, wanted) || text.find(std::string(way.other)) != std::string::npos;
        }
        if (!covered) scene.warn("W30", *place.line, wordSpan(*place.line, *place.node, place.word), "one spelling only: '" + wanted + "' is written elsewhere and found by no line");
      }
}

}  // namespace winnow::search::lint
