// A tiny invented model: words used alike bring records together that share no word.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include <winnow/testing.hpp>

#include "WordVectors.hpp"

namespace {

using winnow::ranker::WordVectors;
using winnow::testing::MockHost;
using winnow::testing::TestRecord;
using winnow::testing::TestScore;

constexpr const char* kVectors =
    "6 2\npeer 1 0\nbuddy 0.9 0.1\nmentor 0.8 0.2\nbridge 0 1\nviaduct 0.1 0.9\nsteel 0.2 0.8\n";

TestRecord paper(const std::string& key, const std::string& title) { return {{"record.key", key}, {"title", title}}; }

std::vector<std::string> order(const std::vector<TestRecord>& records,
                               const std::vector<std::pair<std::uint64_t, bool>>& labels, const std::string& vectors) {
  MockHost host;
  std::vector<TestScore> scores = host.rank(winnow_plugin_v1.stage(0), records, labels, {{"vectors", vectors}});
  std::sort(scores.begin(), scores.end(), [](const TestScore& a, const TestScore& b) { return a.score > b.score; });
  std::vector<std::string> keys;
  for (const TestScore& score : scores) keys.push_back(records[score.record - 1].first("record.key"));
  return keys;
}

}  // namespace

TEST(EmbeddingRanker, FindsWhatIsMeantWhereNoWordIsShared) {
  const std::vector<TestRecord> records{paper("a", "viaduct"), paper("b", "buddy"), paper("c", "peer"),
                                        paper("d", "bridge")};
  EXPECT_EQ(order(records, {{3, true}, {4, false}}, kVectors), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(order(records, {{3, false}, {4, true}}, kVectors), (std::vector<std::string>{"a", "b"}));
}

TEST(EmbeddingRanker, TheOrderOfRecordsMeansNothing) {
  const std::vector<TestRecord> records{paper("a", "viaduct of steel"), paper("b", "buddy"), paper("c", "peer mentor"),
                                        paper("d", "bridge")};
  const std::vector<TestRecord> reversed(records.rbegin(), records.rend());
  EXPECT_EQ(order(records, {{3, true}, {4, false}}, kVectors), order(reversed, {{2, true}, {1, false}}, kVectors));
}

TEST(WordVectors, ReadsBothFormatsAndFoldsWords) {
  EXPECT_EQ(WordVectors(kVectors).size(), 6u);
  const WordVectors glove("Peer 1 2 3\npeer 4 5 6\nRéseau -1e-3 0 1\r\n");
  EXPECT_EQ(glove.size(), 2u);
  EXPECT_EQ(glove.dimensions(), 3u);
  EXPECT_FALSE(glove.meansOf({"reseau", "nothing"})[0].empty());
  EXPECT_TRUE(glove.meansOf({"reseau", "nothing"})[1].empty());
}

TEST(WordVectors, NamesTheRowThatDoesNotFit) {
  const auto why = [](const char* text) -> std::string {
    try {
      WordVectors{text};
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return {};
  };
  EXPECT_EQ(why("a 1 2\nb 1\n"), "row 2: 1 numbers, where the rows before have 2");
  EXPECT_EQ(why("a 1 x\n"), "row 1: 'x' is no number");
  EXPECT_EQ(why("a 1 nan\n"), "row 1: 'nan' is no number");
  EXPECT_EQ(why("a\n"), "row 1: 0 numbers, where the rows before have 0");
  EXPECT_EQ(why(""), "the file holds no word with numbers");
  EXPECT_EQ(why("3 2\n"), "the file holds no word with numbers");
}
