// Which lines the others use, and what a line that breaks off may have meant.
#include <algorithm>
#include <set>

#include "../ovid/Vocabulary.hpp"
#include "../text/CodePoints.hpp"
#include "Rules.hpp"

namespace winnow::search::lint {

namespace {

/// Indexes of the lines that any line refers to; lines that cannot be read count with the numbers they hold.
std::set<const Line*> used(const Strategy& strategy) {
  std::set<const Line*> all;
  for (std::size_t i = 0; i < strategy.lines.size(); ++i) {
    const Line& line = strategy.lines[i];
    const auto add = [&](std::uint32_t n) {
      if (const Line* target = strategy.find(n, i)) all.insert(target);
    };
    if (line.tree) {
      walk(*line.tree, [&](const Node& node) {
        if (node.kind == Kind::Ref) add(node.n);
      });
      continue;
    }
    const std::string body =
        encode(decode(line.text).substr(std::min<std::size_t>(line.body - 1, decode(line.text).size())));
    for (const std::string& word : wordsOf(body)) {
      const std::string digits = word[0] == '#' ? word.substr(1) : word;
      if (!digits.empty() && digits.size() < 8 && digits.find_first_not_of("0123456789") == std::string::npos)
        add(static_cast<std::uint32_t>(std::stoul(digits)));
    }
  }
  return all;
}

/// The query of a line.
std::string bodyOf(const Line& line) {
  const std::u32string points = decode(line.text);
  return std::string(trimmed(encode(points.substr(std::min<std::size_t>(line.body - 1, points.size())))));
}

}  // namespace

/// A set of which a member has an error finds less than it says.
void checkMembers(const Scene& scene) {
  for (std::size_t i = 0; i < scene.strategy.lines.size(); ++i) {
    const Line& line = scene.strategy.lines[i];
    if (!line.tree) continue;
    std::set<std::uint32_t> broken;
    walk(*line.tree, [&](const Node& node) {
      const Line* member = node.kind == Kind::Ref ? scene.strategy.find(node.n, i) : nullptr;
      if (member != nullptr && !member->tree) broken.insert(node.n);
    });
    if (broken.empty()) continue;
    std::string numbers;
    for (const std::uint32_t number : broken) numbers += (numbers.empty() ? "" : ", ") + std::to_string(number);
    scene.found.push_back({Severity::Info,
                           scene.prefix + "-I03",
                           line.line,
                           line.number,
                           line.tree->span.column,
                           line.tree->span.length,
                           "this set is incomplete: its " + std::string(broken.size() == 1 ? "line " : "lines ") +
                               numbers + " cannot be read",
                           {}});
  }
}

void checkUse(const Scene& scene) {
  const auto& lines = scene.strategy.lines;
  const std::set<const Line*> all = used(scene.strategy);
  if (all.empty()) return;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (all.count(&lines[i]) != 0 || (lines[i].tree && lines[i].tree->kind == Kind::Comment)) continue;
    const std::uint32_t length = static_cast<std::uint32_t>(decode(lines[i].text).size());
    scene.warn("W22", lines[i], {lines[i].body, length >= lines[i].body ? length - lines[i].body + 1 : 1},
               "no later line uses this set");
  }
}

/// "14 and 25 and" -> the highest set before it that no line uses yet.
void offerOperands(const Scene& scene) {
  const auto& lines = scene.strategy.lines;
  for (Diagnostic& d : scene.found) {
    if (d.code.compare(d.code.size() - 3, 3, "E04") != 0 || d.fix) continue;
    const auto at = std::find_if(lines.begin(), lines.end(), [&](const Line& l) { return l.line == d.line; });
    if (at == lines.end()) continue;
    const std::string body = bodyOf(*at);
    const std::vector<std::string> words = wordsOf(body);
    const bool dangling = words.size() > 1 && ovid::operatorNamed(words.back()) &&
                          d.column > std::max<std::uint32_t>(1, at->body) &&
                          std::all_of(words.begin(), words.end() - 1, [](const std::string& w) {
                            return ovid::operatorNamed(w) || w.find_first_not_of("#0123456789") == std::string::npos;
                          });
    if (!dangling) continue;
    const std::set<const Line*> all = used(scene.strategy);
    for (auto before = at; before != lines.begin();)
      if (--before; all.count(&*before) == 0) {
        d.fix = body + " " + std::to_string(before->number);
        break;
      }
  }
}

}  // namespace winnow::search::lint
