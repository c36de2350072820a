// What is printed from a tree says what was read; printed with its places it is what was read, byte for byte.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>

#include <nlohmann/json.hpp>

#include "search-strategy/strategy/Parser.hpp"
#include "search-strategy/strategy/text/CodePoints.hpp"

namespace winnow::search {
namespace {

const std::string kOwn =
    "\xEF\xBB\xBF"
    "1. (Home  ADJ3 help).TI.\r\n"
    "2. ((a1 or  b1) or c1).tw\r\n"
    "\r\n"
    "3. x1.ab. or y1.ti. [mp=title, abstract]\n"
    "  4.  exp *Schizophrenia/dt, th [Drug Therapy]   \n"
    "5. \xE2\x80\x9CPeer group\xE2\x80\x9D.ti,ab. (14989)\n"
    "6. OR/1-3,5\r"
    "7. 1-3/or\n"
    "8. limit 6 to (english  language and yr=\"2000 -Current\")\n"
    "9. broken and\n"
    "10. (caf\xC3\xA9 adj2 (bar or pub)).ti. AND NOT zebra.ab.\n"
    "11. bad \xFF\xFE bytes.ti.\n"
    "12. blood.ab. /freq=5\n"
    "13. remove duplicates from 8";

/// The text of every strategy that WINNOW_STRATEGIES names: a folder of JSON files with "cases".
std::vector<std::string> strategies() {
  std::vector<std::string> all{kOwn};
  const char* folder = std::getenv("WINNOW_STRATEGIES");
  if (folder == nullptr) return all;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".json") continue;
    std::ifstream in(file.path());
    const nlohmann::json document = nlohmann::json::parse(in, nullptr, false);
    if (!document.is_object() || !document.contains("cases")) continue;
    for (const auto& one : document["cases"])
      if (one.value("platform", "") == "ovid" && one.contains("input") && one["input"].is_string())
        all.push_back(one["input"].get<std::string>());
  }
  return all;
}

void forNodes(Node& node, const std::function<void(Node&)>& each) {
  each(node);
  for (Node& arg : node.args) forNodes(arg, each);
}

std::string bodyOf(const Line& line) { return encode(decode(line.text).substr(line.body - 1)); }

TEST(RoundTrip, printedTextSaysTheSame) {
  for (const std::string& text : strategies()) {
    const Parsed parsed = parse(text, Platform::Ovid);
    std::string printed;
    // The number of a line alone would be a word.
    const bool numbered = parsed.strategy.lines.size() > 1;
    for (const Line& line : parsed.strategy.lines)
      printed += (numbered ? std::to_string(line.number) + ". " : "") +
                 (line.tree ? printOvid(*line.tree) : "lost and") + "\n";
    const Parsed again = parse(printed, Platform::Ovid);
    ASSERT_EQ(parsed.strategy.lines.size(), again.strategy.lines.size());
    for (std::size_t i = 0; i < parsed.strategy.lines.size(); ++i) {
      const Line &one = parsed.strategy.lines[i], &other = again.strategy.lines[i];
      if (!one.tree) continue;
      EXPECT_TRUE(other.tree && *one.tree == *other.tree) << one.text << "\n" << other.text;
    }
  }
}

TEST(RoundTrip, whatWasNotChangedIsPrintedAsItWasRead) {
  for (const std::string& text : strategies()) {
    const Parsed parsed = parse(text, Platform::Ovid);
    EXPECT_EQ(restore(text, parsed.strategy), text);
    std::map<std::size_t, std::string> queries;
    for (std::size_t i = 0; i < parsed.strategy.lines.size(); ++i) {
      const Line& line = parsed.strategy.lines[i];
      if (!line.tree) continue;
      EXPECT_EQ(reprint(line, *line.tree), bodyOf(line)) << line.text;
      if (isUtf8(text.substr(line.begin, line.size))) queries[i] = reprint(line, *line.tree);
    }
    EXPECT_EQ(restore(text, parsed.strategy, queries), text);
  }
}

TEST(RoundTrip, everyNodeHasAPlaceWithinTheOneAbove) {
  for (const std::string& text : strategies()) {
    Parsed parsed = parse(text, Platform::Ovid);
    for (Line& line : parsed.strategy.lines) {
      if (!line.tree) continue;
      forNodes(*line.tree, [&](Node& node) {
        EXPECT_GE(node.span.column, line.body) << line.text;
        EXPECT_GT(node.span.length, 0u) << line.text;
        for (const Node& arg : node.args) {
          EXPECT_GE(arg.span.column, node.span.column) << line.text;
          EXPECT_LE(arg.span.column + arg.span.length, node.span.column + node.span.length) << line.text;
        }
      });
    }
  }
}

/// One word changed: the tree that is read again is the changed one, and what stands before and behind is untouched.
TEST(RoundTrip, aChangeStaysWhereItIs) {
  std::size_t changes = 0, local = 0;
  for (const std::string& text : strategies()) {
    const Parsed parsed = parse(text, Platform::Ovid);
    for (std::size_t i = 0; i < parsed.strategy.lines.size(); ++i) {
      const Line& line = parsed.strategy.lines[i];
      if (!line.tree) continue;
      Node changed = *line.tree;
      std::vector<Node*> terms;
      forNodes(changed, [&](Node& node) {
        if (node.kind == Kind::Term && !node.quoted) terms.push_back(&node);
      });
      if (terms.empty()) continue;
      Node& term = *terms[terms.size() / 2];
      term.text = "otherword";
      const std::string query = reprint(line, changed);
      const Parsed again = parse(restore(text, parsed.strategy, {{i, query}}), Platform::Ovid);
      ASSERT_EQ(again.strategy.lines.size(), parsed.strategy.lines.size());
      ASSERT_TRUE(again.strategy.lines[i].tree) << query;
      EXPECT_TRUE(*again.strategy.lines[i].tree == changed) << query;
      ++changes;
      const std::u32string body = decode(bodyOf(line));
      const std::size_t at = term.span.column - line.body;
      const std::string before = encode(body.substr(0, at)), behind = encode(body.substr(at + term.span.length));
      if (query == before + "otherword" + behind) ++local;
    }
  }
  ASSERT_GE(changes, 5u);
  EXPECT_GE(local * 100, changes * 98) << local << " of " << changes;
}

TEST(RoundTrip, anyBytesComeBack) {
  std::mt19937 random(7);
  const std::string alphabet =
      "ab1 .,()/*\"\r\n\t-#\xC3\xA9\xFF\xEF\xBB\xBF"
      "adjornot";
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (std::size_t n = random() % 60; n > 0; --n) text += alphabet[random() % alphabet.size()];
    const Parsed parsed = parse(text, Platform::Ovid);
    ASSERT_EQ(restore(text, parsed.strategy), text);
    for (const Line& line : parsed.strategy.lines) {
      if (!line.tree) continue;
      ASSERT_EQ(reprint(line, *line.tree), bodyOf(line)) << line.text;
    }
  }
}

TEST(RoundTrip, publishedStrategies) {
  if (std::getenv("WINNOW_STRATEGIES") == nullptr)
    GTEST_SKIP() << "own fixtures alone were looked at: WINNOW_STRATEGIES names no folder of strategies";
  EXPECT_GT(strategies().size(), 1u) << "the folder holds no Ovid strategy";
}

}  // namespace
}  // namespace winnow::search
