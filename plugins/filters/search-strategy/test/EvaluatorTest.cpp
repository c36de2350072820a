#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <set>

#include "search-strategy/strategy/Parser.hpp"
#include "search-strategy/strategy/match/Evaluator.hpp"
#include "search-strategy/strategy/match/WordAutomaton.hpp"
#include "search-strategy/strategy/mesh/Tree.hpp"

namespace winnow::search::match {
namespace {

Document full() {
  Document d;
  d.values = {{Field::Title, "Peer support workers and co-production", 0},
              {Field::Abstract, "The provider's h\xC3\xB4pital; diseases of the heart. Women, colour, color.", 1},
              {Field::Keyword, "lived experience", 2},
              {Field::Keyword, "recovery", 3},
              {Field::Year, "2019", 4}};
  for (const std::string_view name : languageNames("en")) d.values.push_back({Field::Language, name, 5});
  d.addHeading("Burns/*ethics", 6);
  return d;
}

Document bare() {
  Document d;
  d.values = {{Field::Title, "Peer support", 0}};
  return d;
}

char value(const std::string& query, const Document& document, const mesh::Tree* tree = nullptr) {
  const Parsed parsed = parse(query + "\n", Platform::Ovid, tree);
  Evaluator evaluator(parsed.strategy, tree);
  return "fut"[static_cast<int>(evaluator.evaluate(document).back())];
}

TEST(Evaluator, wordsAndPlaces) {
  const std::pair<const char*, char> cases[] = {{"peer.ti.", 't'},
                                                {"peers.ti.", 'f'},
                                                {"(support adj peer).ti.", 'f'},
                                                {"(support adj1 peer).ti.", 't'},
                                                {"(workers adj2 peer).ti.", 't'},
                                                {"(peer adj2 production).ti.", 'f'},
                                                {"provid$1.ab.", 'f'},
                                                {"provid$2.ab.", 't'},
                                                {"wom#n.ab.", 't'},
                                                {"colo?r.ab.", 't'},
                                                {"heart#.ab.", 'f'},
                                                {"hopital.ab.", 't'},
                                                {"coproduction.ti.", 'f'},
                                                {"co-production.ti.", 't'},
                                                {"\"diseases of the heart\".ab.", 't'},
                                                {"(diseases adj3 heart).ab.", 't'},
                                                {"(experience adj recovery).kf.", 'f'},
                                                {"lived experience.kw.", 't'},
                                                {"experience.kw.", 'f'},
                                                {"experience.kf.", 't'},
                                                {"(production adj99 women).ti,ab.", 'f'},
                                                {"color.ab. /freq=1", 't'},
                                                {"color.ab. /freq=2", 'f'},
                                                {"2019.yr.", 't'},
                                                {"english.la.", 't'},
                                                {"german.la.", 'f'}};
  for (const auto& [query, wanted] : cases) EXPECT_EQ(value(query, full()), wanted) << query;
}

/// Ovid: ADJn finds the words in any order with at most n - 1 words between them, ADJ next to each other and in order.
TEST(Evaluator, adjacencyCountsTheWordsBetween) {
  for (std::size_t between = 0; between <= 8; ++between) {
    std::string text = "first";
    for (std::size_t i = 0; i < between; ++i) text += " other";
    text += " last";
    Document document;
    document.values = {{Field::Title, text, 0}};
    EXPECT_EQ(value("(first adj last).ti.", document), between == 0 ? 't' : 'f') << between;
    EXPECT_EQ(value("(last adj first).ti.", document), 'f') << between;
    for (std::size_t n = 1; n <= 9; ++n) {
      const std::string adj = " adj" + std::to_string(n) + " ";
      EXPECT_EQ(value("(first" + adj + "last).ti.", document), between < n ? 't' : 'f') << between << adj;
      EXPECT_EQ(value("(last" + adj + "first).ti.", document), between < n ? 't' : 'f') << between << adj;
    }
  }
}

/// A record that says only its year or month is within a limit of days if a day of that time can be.
TEST(Evaluator, limitsOfDatesAreAsFineAsTheRecord) {
  const auto within = [](std::string_view date) {
    Document document;
    document.values = {{Field::Title, "Peer support", 0}};
    document.dates = {{"ed", std::string(date)}};
    return value("peer.ti.\nlimit 1 to ed=20200615-20210310", document);
  };
  for (const char* date : {"2020", "2021", "202006", "202103", "202012", "20200615", "20210310", "20201231"})
    EXPECT_EQ(within(date), 't') << date;
  for (const char* date : {"2019", "2022", "202005", "202104", "20200614", "20210311"})
    EXPECT_EQ(within(date), 'f') << date;
}

TEST(Evaluator, missingFieldsAreUnknown) {
  EXPECT_EQ(value("peer.ab.", bare()), 'u');
  EXPECT_EQ(value("peer.ti,ab.", bare()), 't');
  EXPECT_EQ(value("zebra.ti,ab.", bare()), 'u');
  EXPECT_EQ(value("zebra.ti.", bare()), 'f');
  EXPECT_EQ(value("zebra.ti. and peer.ab.", bare()), 'f');
  EXPECT_EQ(value("peer.ti. not peer.ab.", bare()), 'u');
  EXPECT_EQ(value("Burns/", bare()), 'u');
  EXPECT_EQ(value("peer.ti.\nlimit 1 to ed=20000101-20200101", full()), 'u');
  EXPECT_EQ(value("peer.ti.\nlimit 1 to yr=\"2000 -Current\"", full()), 't');
}

/// Every operator over every two values, as Kleene's logic has it.
TEST(Evaluator, operatorsAreThreeValued) {
  const std::pair<char, const char*> operands[] = {{'t', "peer.ti."}, {'f', "zebra.ti."}, {'u', "peer.ab."}};
  const auto rank = [](char truth) { return truth == 'f' ? 0 : truth == 'u' ? 1 : 2; };
  const auto opposite = [](char truth) { return truth == 't' ? 'f' : truth == 'f' ? 't' : 'u'; };
  const auto least = [&](char a, char b) { return rank(a) < rank(b) ? a : b; };
  const auto greatest = [&](char a, char b) { return rank(a) < rank(b) ? b : a; };
  for (const auto& [a, left] : operands)
    for (const auto& [b, right] : operands) {
      const auto both = [&left = left, &right = right](const std::string& with) { return left + with + right; };
      EXPECT_EQ(value(both(" and "), bare()), least(a, b)) << both(" and ");
      EXPECT_EQ(value(both(" or "), bare()), greatest(a, b)) << both(" or ");
      EXPECT_EQ(value(both(" not "), bare()), least(a, opposite(b))) << both(" not ");
    }
}

TEST(Evaluator, headings) {
  const mesh::Tree tree = mesh::Tree::load("Wounds and Injuries;C26\nBurns;C26.200\n", "");
  EXPECT_EQ(value("exp Wounds and Injuries/", full(), &tree), 't');
  EXPECT_EQ(value("Wounds and Injuries/", full(), &tree), 'f');
  EXPECT_EQ(value("exp \"Wounds and Injuries\"/", full()), 'u');
  EXPECT_EQ(value("*Burns/es", full(), &tree), 't');
  EXPECT_EQ(value("Burns/dt", full(), &tree), 'f');
  EXPECT_EQ(value("Byrns/", full(), &tree), 'u');
}

TEST(Evaluator, evidenceIsTheBytesThatHit) {
  const Parsed parsed = parse("1. (peer adj support).ti.\n2. hopital.ab.\n3. 1 and 2\n", Platform::Ovid);
  Evaluator evaluator(parsed.strategy, nullptr);
  const Document document = full();
  evaluator.evaluate(document);
  const auto evidence = evaluator.evidence(document, 2);
  ASSERT_EQ(evidence.size(), 2u);
  EXPECT_EQ(document.values[evidence[0].value].text.substr(evidence[0].begin, evidence[0].size), "Peer support");
  EXPECT_EQ(document.values[evidence[1].value].text.substr(evidence[1].begin, evidence[1].size), "h\xC3\xB4pital");
}

/// The automaton says what a plain reading of each pattern says.
bool plain(const std::string& p, std::size_t i, const std::string& w, std::size_t k) {
  if (i == p.size()) return k == w.size();
  if (p[i] == '*') return plain(p, i + 1, w, k) || (k < w.size() && plain(p, i, w, k + 1));
  if (p[i] == '?') return plain(p, i + 1, w, k) || (k < w.size() && plain(p, i + 1, w, k + 1));
  return k < w.size() && (p[i] == '#' || p[i] == w[k]) && plain(p, i + 1, w, k + 1);
}

TEST(WordAutomaton, agreesWithAPlainReading) {
  std::uint32_t state = 7;
  const auto draw = [&](std::uint32_t below) { return (state = state * 1664525u + 1013904223u) / 65536u % below; };
  const auto word = [&](const char* letters, std::uint32_t kinds) {
    std::string made = "a";
    for (std::uint32_t i = 0, n = draw(5); i < n; ++i) made += letters[draw(kinds)];
    return made;
  };
  for (int round = 0; round < 300; ++round) {
    WordAutomaton automaton;
    std::vector<std::string> patterns;
    for (int i = 0; i < 6; ++i) {
      patterns.push_back(word("ab*?#", 5));
      automaton.add(patterns.back());
    }
    for (int i = 0; i < 20; ++i) {
      const std::string text = word("abc", 3);
      std::set<std::string> got, wanted;
      automaton.scan(text, [&](std::uint32_t pattern, std::uint32_t) {
        for (const std::string& p : patterns)
          if (automaton.add(p) == pattern) got.insert(p);
      });
      for (const std::string& p : patterns)
        if (plain(p, 0, text, 0)) wanted.insert(p);
      EXPECT_EQ(got, wanted) << text;
    }
  }
}

/// Words at every place of a block of 64 bytes, with and without ASCII alone: as one word after the other says.
TEST(WordAutomaton, aTextIsTheRowOfItsWords) {
  match::WordAutomaton automaton;
  for (const char* pattern : {"peer*", "co", "produc*", "cafe", "colo?r", "wom#n", "a"}) automaton.add(pattern);
  static constexpr const char* kPieces[] = {
      "peer",         "Peers",    "co-production", "caf\xC3\xA9", "colour", "woman", "a",  " ",  "  ",      ", ",
      "\xE2\x80\x93", "\xC2\xA0", "e\xCC\x81",     "\xFF",        "\xE2",   "zebra", "12", "\n", "\xCE\xB1"};
  std::mt19937 random(11);
  using Hits = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  for (int i = 0; i < 4000; ++i) {
    std::string text;
    for (std::size_t n = random() % 40; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    Hits whole, byWord;
    const std::uint32_t count =
        automaton.scan(text, [&](std::uint32_t pattern, std::uint32_t word) { whole.emplace_back(word, pattern); });
    const auto words = match::WordAutomaton::words(text);
    ASSERT_EQ(count, words.size()) << text;
    for (std::uint32_t w = 0; w < words.size(); ++w)
      automaton.scan(std::string_view(text).substr(words[w].first, words[w].second - words[w].first),
                     [&](std::uint32_t pattern, std::uint32_t) { byWord.emplace_back(w, pattern); });
    ASSERT_EQ(whole, byWord) << text;
  }
}

}  // namespace
}  // namespace winnow::search::match
