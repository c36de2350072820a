// Any bytes as a strategy: parsed, checked, printed and evaluated on a text made of the same bytes.
#include <cstdlib>
#include <string>

#include "search-strategy/strategy/Parser.hpp"
#include "search-strategy/strategy/lint/Lint.hpp"
#include "search-strategy/strategy/match/Evaluator.hpp"
#include "search-strategy/strategy/match/WordAutomaton.hpp"
#include "search-strategy/strategy/mesh/Tree.hpp"
#include "search-strategy/strategy/text/CodePoints.hpp"

namespace {

using namespace winnow::search;

void require(bool holds) {
  if (!holds) std::abort();
}

/// What Ovid's parser accepts, it accepts again when printed, and means the same.
void checkPrinting(const Parsed& parsed) {
  std::string text;
  for (const Line& line : parsed.strategy.lines)
    text += std::to_string(line.number) + ". " + (line.tree ? printOvid(*line.tree) : "placeholder.ti.") + "\n";
  const Parsed again = parse(text, Platform::Ovid);
  require(again.strategy.lines.size() == parsed.strategy.lines.size());
}

/// Every line comes back as it was read from its tree and places, the file from its lines; a changed word is read
/// again.
void checkReprinting(const Parsed& parsed, std::string_view text, const mesh::Tree& tree) {
  require(restore(text, parsed.strategy) == text);
  for (const Line& line : parsed.strategy.lines) {
    if (!line.tree) continue;
    const std::string body = encode(decode(line.text).substr(line.body - 1));
    require(reprint(line, *line.tree, &tree) == body);
    Node changed = *line.tree;
    Node* last = &changed;
    while (!last->args.empty()) last = &last->args.back();
    if (last->kind == Kind::Term) last->text = "otherword";
    reprint(line, changed, &tree);
  }
}

/// The words of a text by either way of finding them.
void checkWords(std::string_view text) {
  match::WordAutomaton automaton;
  for (const char* pattern : {"peer*", "co", "wom#n", "a", "caf?e"}) automaton.add(pattern);
  require(automaton.scan(text, [](std::uint32_t, std::uint32_t) {}) == match::WordAutomaton::words(text).size());
}

void evaluate(const Parsed& parsed, std::string_view text, const mesh::Tree& tree) {
  match::Evaluator evaluator(parsed.strategy, &tree);
  match::Document document;
  document.values.push_back({match::Field::Title, text.substr(0, text.size() / 2), 0});
  document.values.push_back({match::Field::Abstract, text.substr(text.size() / 2), 1});
  document.addHeading(text.substr(0, 40), 2);
  evaluator.evaluate(document);
  for (std::size_t i = 0; i < evaluator.lineCount(); ++i)
    for (const match::Evidence& e : evaluator.evidence(document, i))
      require(e.begin + e.size <= document.values[e.value].text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const mesh::Tree tree =
      mesh::Tree::load("Peer Group;F01.145\nWounds and Injuries;C26\nBurns;C26.200\n", "mtrees2026.bin");
  checkWords(text);
  for (const Platform platform : {Platform::Ovid, Platform::PubMed}) {
    const Parsed parsed = parse(text, platform, &tree);
    for (const Line& line : parsed.strategy.lines) {
      bool told = line.tree.has_value();
      for (const Diagnostic& d : parsed.diagnostics)
        told = told || (d.line == line.line && d.severity == Severity::Error && d.column > 0);
      require(told);
    }
    lint::lint(parsed, platform, &tree, {"title", "keywords"});
    if (platform == Platform::Ovid) {
      checkPrinting(parsed);
      checkReprinting(parsed, text, tree);
    }
    evaluate(parsed, text, tree);
  }
  return 0;
}
