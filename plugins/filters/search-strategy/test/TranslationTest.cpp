// The law of translation: what is called exact finds the same, what is called superset finds all of it; and the tables'
// reader refuses what it has to.
#include <gtest/gtest.h>

#include <random>

#include "TargetReader.hpp"
#include "search-strategy/strategy/Parser.hpp"
#include "search-strategy/strategy/translate/DialectReader.hpp"
#include "search-strategy/strategy/translate/Translator.hpp"

namespace winnow::search {
namespace {

using test::Paper;
using test::Spans;
using test::Tokens;

// ---- Ovid's meaning, slowly
// ------------------------------------------------------------------------------------------

bool ovidWord(const std::string& pattern, const std::string& token, std::size_t p = 0, std::size_t t = 0) {
  if (p == pattern.size()) return t == token.size();
  const char c = pattern[p];
  if (c == '$' || c == '*') {
    const std::size_t most = p + 1 < pattern.size() ? static_cast<std::size_t>(pattern[p + 1] - '0') : token.size();
    return token.size() - t <= most;
  }
  if (c == '?')
    return ovidWord(pattern, token, p + 1, t) || (t < token.size() && ovidWord(pattern, token, p + 1, t + 1));
  return t < token.size() && (c == '#' || c == token[t]) && ovidWord(pattern, token, p + 1, t + 1);
}

Spans joined(const Spans& left, const Spans& right, std::uint32_t n) {
  Spans spans;
  for (const auto& a : left)
    for (const auto& b : right) {
      const int after = b.first - a.second - 1, before = a.first - b.second - 1, most = static_cast<int>(n) - 1;
      if (n == 0 ? after == 0 : (after >= 0 && after <= most) || (before >= 0 && before <= most))
        spans.insert({std::min(a.first, b.first), std::max(a.second, b.second)});
    }
  return spans;
}

Spans ovidSpans(const Node& node, const Tokens& text) {
  Spans spans;
  if (node.kind == Kind::Or) {
    for (const Node& arg : node.args) spans.merge(ovidSpans(arg, text));
    return spans;
  }
  if (node.kind == Kind::Adj) {
    spans = ovidSpans(node.args[0], text);
    for (std::size_t i = 1; i < node.args.size(); ++i) spans = joined(spans, ovidSpans(node.args[i], text), node.n);
    return spans;
  }
  Tokens words;
  for (std::size_t i = 0; i < node.text.size();) {
    const std::size_t end = std::min(node.text.find(' ', i), node.text.size());
    words.push_back(node.text.substr(i, end - i));
    i = end + 1;
  }
  for (std::size_t b = 0; b + words.size() <= text.size(); ++b) {
    bool all = true;
    for (std::size_t i = 0; i < words.size() && all; ++i) all = ovidWord(words[i], text[b + i]);
    if (all) spans.insert({static_cast<int>(b), static_cast<int>(b + words.size()) - 1});
  }
  return spans;
}

bool ovidFinds(const Node& node, const Paper& paper, const std::vector<std::string>& fields) {
  if (node.kind == Kind::Field) return ovidFinds(node.args[0], paper, node.fields);
  if (node.kind == Kind::And)
    return std::all_of(node.args.begin(), node.args.end(), [&](const Node& n) { return ovidFinds(n, paper, fields); });
  if (node.kind == Kind::Not) return ovidFinds(node.args[0], paper, fields) && !ovidFinds(node.args[1], paper, fields);
  const bool mixed =
      node.kind == Kind::Or && std::any_of(node.args.begin(), node.args.end(), [](const Node& n) {
        return n.kind != Kind::Term && n.kind != Kind::Phrase && n.kind != Kind::Adj && n.kind != Kind::Or;
      });
  if (mixed)
    return std::any_of(node.args.begin(), node.args.end(), [&](const Node& n) { return ovidFinds(n, paper, fields); });
  return std::any_of(fields.begin(), fields.end(), [&](const std::string& f) {
    if (f == "tw") return ovidFinds(node, paper, {"ti", "ab"});
    return !ovidSpans(node, paper.fields.at(f)).empty();
  });
}

// ---- random strategies and papers
// ------------------------------------------------------------------------------------

class Draw {
 public:
  explicit Draw(std::uint32_t seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return random_() % n; }

  std::string word() {
    static const char* const kWords[] = {"peer",   "care",  "colour", "color",  "nodes", "node",   "worker",
                                         "health", "peer*", "colo?r", "node$1", "work$", "h#alth", "caregiv*2"};
    return kWords[below(std::size(kWords))];
  }
  std::string text(int depth) {
    switch (depth == 0 ? 0 : below(5)) {
      case 1:
        return "(" + text(depth - 1) + " or " + text(depth - 1) + ")";
      case 2:
        return "(" + text(depth - 1) + " adj " + text(depth - 1) + ")";
      case 3:
        return "(" + text(depth - 1) + " adj" + std::to_string(1 + below(4)) + " " + text(depth - 1) + ")";
      case 4:
        return "(" + word() + " adj" + std::to_string(1 + below(3)) + " " + word() + " adj" +
               std::to_string(1 + below(3)) + " " + word() + ")";
      default:
        return below(4) == 0 ? "\"" + word() + " " + word() + "\"" : word();
    }
  }
  std::string line() {
    static const char* const kFields[] = {".ti.", ".ab.", ".ti,ab.", ".tw."};
    std::string line = "(" + text(2) + ")" + kFields[below(4)];
    static const char* const kOperators[] = {" and ", " or ", " not "};
    if (below(3) == 0) line += kOperators[below(3)] + ("(" + text(1) + ")") + kFields[below(4)];
    return line;
  }
  Tokens tokens(std::size_t most) {
    static const char* const kTokens[] = {"peer",    "peers",     "care",       "cares",  "colour", "color",
                                          "colouur", "node",      "nodes",      "nodess", "work",   "worker",
                                          "health",  "caregiver", "caregivers", "of"};
    Tokens all(1 + below(most));
    for (std::string& token : all) token = kTokens[below(std::size(kTokens))];
    return all;
  }
  Paper paper() { return {{{"ti", tokens(5)}, {"ab", tokens(9)}, {"kw", tokens(2)}}}; }

 private:
  std::mt19937 random_;
};

class TranslationLaw : public testing::TestWithParam<const char*> {};

TEST_P(TranslationLaw, exactFindsTheSameAndSupersetAllOfIt) {
  const std::string platform = GetParam();
  const Dialect dialect = readDialect(builtInTable(platform), platform);
  const test::Rules rules = test::rulesOf(platform);
  Draw draw(7);
  std::map<std::string, int> seen;
  for (int i = 0; i < 1500; ++i) {
    const std::string source = draw.line();
    const Parsed parsed = parse(source, Platform::Ovid);
    ASSERT_TRUE(parsed.strategy.lines[0].tree) << source;
    const Translation translation = translate(parsed.strategy, dialect, nullptr);
    const std::string exactness(translation.lines[0].exactness());
    ++seen[exactness];
    ASSERT_NE(exactness, "none") << source;
    ASSERT_EQ(translation.lines[0].text, translation.single.text);
    test::Query query;
    ASSERT_NO_THROW(query = test::Reader(translation.lines[0].text).read())
        << source << " => " << translation.lines[0].text;
    for (int k = 0; k < 25 && exactness != "unknown"; ++k) {
      const Paper paper = draw.paper();
      const bool before = ovidFinds(*parsed.strategy.lines[0].tree, paper, {}),
                 after = test::finds(rules, query, paper);
      const bool lost = before && !after, more = after && !before;
      ASSERT_FALSE(lost && exactness != "subset")
          << platform << " " << exactness << " loses: " << source << " => " << translation.lines[0].text;
      ASSERT_FALSE(more && exactness != "superset")
          << platform << " " << exactness << " finds more: " << source << " => " << translation.lines[0].text;
    }
  }
  EXPECT_GT(seen["exact"] + seen["superset"], 300) << "too few lines say anything";
}

INSTANTIATE_TEST_SUITE_P(Platforms, TranslationLaw,
                         testing::Values("pubmed", "scopus", "ebsco", "embase", "wos", "cochrane"));

// ---- lines
// -----------------------------------------------------------------------------------------------------------

LineTranslation last(const std::string& strategy, const std::string& platform) {
  static Parsed parsed;
  parsed = parse(strategy, Platform::Ovid);
  return translate(parsed.strategy, readDialect(builtInTable(platform), platform), nullptr).lines.back();
}

TEST(Translation, aReferenceToALineWithoutTextMeansWhatThatRestricts) {
  const LineTranslation line = last("1. peer.ti.\n2. limit 1 to ed=20000101-20100101\n3. care.ti. and 2\n", "embase");
  EXPECT_EQ(line.text, "care:ti AND #1");
  EXPECT_EQ(line.exactness(), "superset");
}

TEST(Translation, underNotASupersetLosesRecords) {
  EXPECT_EQ(last("care.ti. not peer$2.ti.\n", "pubmed").exactness(), "subset");
}

TEST(Translation, anErrorLineWeakensWhatRefersToIt) {
  const LineTranslation line = last("1. peer.ti.\n2. ((\n3. 1 or 2\n", "pubmed");
  EXPECT_EQ(line.text, "#1");
  EXPECT_EQ(line.exactness(), "unknown");
}

TEST(Translation, aWordThatIsAnOperatorThereIsQuoted) {
  EXPECT_EQ(last("(n3 or \"near\").ti.\n", "ebsco").text, "TI (\"n3\" OR near)");
  EXPECT_EQ(last("\"near\".ti.\n", "embase").text, "'near':ti");
}

TEST(Translation, manyReferencesDoNotGrowWithoutEnd) {
  std::string strategy = "1. peer.ti.\n";
  for (int i = 2; i < 60; ++i)
    strategy += std::to_string(i) + ". " + std::to_string(i - 1) + " or (" + std::to_string(i - 1) + " and care.ti.)\n";
  const Parsed parsed = parse(strategy, Platform::Ovid);
  const Translation translation = translate(parsed.strategy, readDialect(builtInTable("pubmed"), "pubmed"), nullptr);
  EXPECT_LT(translation.single.text.size(), 1u << 20);
  EXPECT_EQ(translation.single.loss.warnings.empty(), false);
}

/// Brackets close outside of double-quoted text, and quotes come in pairs.
bool isBalanced(const std::string& text) {
  int round = 0, square = 0;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    round += c == '(' ? 1 : c == ')' ? -1 : 0;
    square += c == '[' ? 1 : c == ']' ? -1 : 0;
    if (round < 0 || square < 0) return false;
  }
  return round == 0 && square == 0 && !quoted;
}

TEST(Translation, anyLineGivesBalancedTextAndEveryLossItsWarning) {
  static const char* const kParts[] = {"peer",
                                       " ",
                                       " or ",
                                       " and ",
                                       " not ",
                                       " adj3 ",
                                       " adj ",
                                       "(",
                                       ")",
                                       ".ti,ab.",
                                       ".mp.",
                                       ".fs.",
                                       ".pt.",
                                       ".zz.",
                                       "/",
                                       "exp ",
                                       "*",
                                       "$2",
                                       "?",
                                       "#",
                                       "\"",
                                       "'",
                                       "1",
                                       "or/1-2",
                                       "limit 1 to english",
                                       "Psoriasis/dt",
                                       "[",
                                       "]",
                                       "co-",
                                       "alzheimer's",
                                       "&",
                                       "\xC3\xA9",
                                       "/freq=3",
                                       "remove duplicates from 1",
                                       "{x}",
                                       "1 use medall",
                                       "\xFF"};
  std::vector<Dialect> dialects;
  for (const BuiltInTable& table : builtInTables()) dialects.push_back(readDialect(table.yaml, table.platform));
  Draw draw(11);
  int read = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string text = "peer.ti.\n(care or nurs*).ti,ab.\n";
    for (std::size_t k = 1 + draw.below(8); k > 0; --k) text += kParts[draw.below(std::size(kParts))];
    const Parsed parsed = parse(text, Platform::Ovid);
    for (const Dialect& dialect : dialects) {
      const Translation translation = translate(parsed.strategy, dialect, nullptr);
      for (const LineTranslation& line : translation.lines) {
        ASSERT_TRUE(isBalanced(line.text)) << text << " => " << line.text;
        ASSERT_TRUE(line.exactness() == "exact" || !line.loss.warnings.empty()) << text << " => " << line.text;
      }
      ASSERT_TRUE(isBalanced(translation.single.text)) << text << " => " << translation.single.text;
      read += parsed.strategy.lines.back().tree.has_value() ? 1 : 0;
    }
  }
  EXPECT_GT(read, 500);
}

// ---- tables
// ----------------------------------------------------------------------------------------------------------

std::string refusal(const std::string& from, const std::string& to) {
  std::string table(builtInTable("scopus"));
  const std::size_t at = table.find(from);
  if (at == std::string::npos) return "the table has no " + from;
  table.replace(at, from.size(), to);
  try {
    readDialect(table, "mine.yaml");
  } catch (const TableError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(DialectReader, refusesWithThePlace) {
  EXPECT_NE(refusal("operators: {", "operatars: {").find("mine.yaml:10: the table has no key 'operatars'"),
            std::string::npos)
      << refusal("operators: {", "operatars: {");
  EXPECT_NE(
      refusal("\"TITLE({x})\", exact: exact", "\"TITLE()\", exact: exact").find("the pattern 'TITLE()' has no {x}"),
      std::string::npos);
  EXPECT_NE(
      refusal("\"TITLE({x})\", exact: exact", "\"TITLE({x})\", exact: superset").find("is superset but has no 'warn'"),
      std::string::npos);
  EXPECT_NE(refusal("\"TITLE({x})\", exact: exact", "\"TITLE({x})\", exact: quite")
                .find("exact is exact, superset, subset or unknown"),
            std::string::npos);
  EXPECT_NE(refusal("warn: T08}", "warn: T99}").find("there is no warning 'T99'"), std::string::npos);
  EXPECT_NE(refusal("version: 1", "version: 2").find("reads version 1"), std::string::npos);
  EXPECT_NE(refusal("words: {", "words: [").find("mine.yaml:"), std::string::npos);
}

TEST(DialectReader, readsEveryBuiltInTable) {
  EXPECT_EQ(builtInTables().size(), 6u);
  for (const BuiltInTable& table : builtInTables())
    EXPECT_EQ(readDialect(table.yaml, table.platform).platform, table.platform);
}

}  // namespace
}  // namespace winnow::search
