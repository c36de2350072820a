#include "Parser.hpp"

#include <algorithm>

#include "Fault.hpp"
#include "ovid/LineReader.hpp"
#include "ovid/OvidParser.hpp"
#include "pubmed/PubMedParser.hpp"
#include "text/CodePoints.hpp"

namespace winnow::search {

namespace {

void add(std::vector<Diagnostic>& diagnostics, const Line& line, const Fault& fault, const std::string& prefix) {
  diagnostics.push_back({Severity::Error, prefix + fault.code.substr(fault.code.find('-')), line.line, line.number,
                         fault.column, fault.length, fault.message, fault.fix});
}

/// The first reference that leads nowhere, as a fault.
std::optional<Fault> badReference(const Node& node, const Strategy& strategy, std::size_t index) {
  if (node.kind == Kind::Ref && strategy.find(node.n, index) == nullptr) {
    const std::string number = std::to_string(node.n);
    const bool later = strategy.find(node.n, strategy.lines.size()) != nullptr;
    if (node.n == strategy.lines[index].number)
      return Fault{"OVID-E10", node.span.column, node.span.length, "the line refers to itself"};
    if (later)
      return Fault{"OVID-E10", node.span.column, node.span.length,
                   "line " + number + " comes later; a set can only use earlier ones"};
    return Fault{"OVID-E11", node.span.column, node.span.length, "no line has the number " + number};
  }
  for (const Node& arg : node.args)
    if (auto fault = badReference(arg, strategy, index)) return fault;
  return std::nullopt;
}

void checkReferences(Strategy& strategy, std::vector<Diagnostic>& diagnostics, const std::string& prefix) {
  for (std::size_t i = 0; i < strategy.lines.size(); ++i) {
    Line& line = strategy.lines[i];
    if (!line.tree) continue;
    auto fault = badReference(*line.tree, strategy, i);
    if (!fault) continue;
    // In a combine line the whole list is wrong: the place is where it begins.
    if (line.tree->combined && fault->code == "OVID-E10") fault->column = line.tree->span.column;
    add(diagnostics, line, *fault, prefix);
    line.tree.reset();
  }
}

/// PubMed's lines are one query where a line goes on with an operator or inside a bracket.
void joinContinued(std::vector<Line>& lines) {
  const auto open = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '(') > std::count(text.begin(), text.end(), ')');
  };
  const auto goesOn = [](const Line& line) {
    const std::string text = lower(trimmed(line.text)) + " ";
    for (const char* word : {"and", "or", "not"})
      if (const std::size_t size = std::string(word).size();
          text.compare(0, size, word) == 0 && std::string(" \t(\"").find(text[size]) != std::string::npos)
        return true;
    return false;
  };
  const auto join = [](Line& first, const Line& next) {
    first.text += " " + std::string(trimmed(next.text));
    first.size = next.begin + next.size - first.begin;
  };
  std::vector<Line> joined;
  for (Line& line : lines) {
    if (!joined.empty() && (goesOn(line) || open(joined.back().text)))
      join(joined.back(), line);
    else
      joined.push_back(std::move(line));
  }
  lines = std::move(joined);
}

}  // namespace

std::optional<Platform> platformNamed(std::string_view name) {
  if (name == "ovid") return Platform::Ovid;
  if (name == "pubmed") return Platform::PubMed;
  return std::nullopt;
}

Parsed parse(std::string_view text, Platform platform, const mesh::Tree* tree) {
  Parsed parsed;
  parsed.strategy.lines = ovid::readLines(text, parsed.diagnostics);
  if (platform == Platform::PubMed) joinContinued(parsed.strategy.lines);
  const std::string prefix = platform == Platform::Ovid ? "OVID" : "PUBMED";
  for (Line& line : parsed.strategy.lines) {
    std::vector<Diagnostic> warnings;
    try {
      line.tree = platform == Platform::Ovid ? ovid::OvidParser(line, tree, warnings).read()
                                             : pubmed::PubMedParser(line, warnings).read();
    } catch (const Fault& fault) {
      add(parsed.diagnostics, line, fault, prefix);
      // What was warned of on the way is not certain any more.
      warnings.clear();
    }
    parsed.diagnostics.insert(parsed.diagnostics.end(), warnings.begin(), warnings.end());
  }
  checkReferences(parsed.strategy, parsed.diagnostics, prefix);
  if (parsed.strategy.lines.empty())
    parsed.diagnostics.push_back({Severity::Error, prefix + "-E00", 1, 1, 1, 1, "the strategy has no line", {}});
  std::stable_sort(parsed.diagnostics.begin(), parsed.diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  });
  return parsed;
}

}  // namespace winnow::search
