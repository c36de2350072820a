// Every two records that share a key are compared, wherever the keys were sorted and however records hang together.
#include "engine/steps/Duplicates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <winnow/plugin.hpp>

#include "plugins/Instance.hpp"
#include "plugins/Services.hpp"

namespace winnow {

namespace {

/// Keys are the words of a record; two records that share one are a pair.
class SharedWords : public Matcher {
 public:
  static constexpr std::string_view id = "filters.shared-words";
  static constexpr std::string_view version = "1.0.0";
  static constexpr std::string_view help = "Pairs records that share a word";
  static constexpr std::uint32_t flags = WINNOW_DETERMINISTIC;
  static constexpr winnow_reason reasons[] = {reason(WINNOW_DROP, "word", "They share a word")};

  SharedWords(Host host, const Settings&) : Matcher(host) {}

  void keys(Record record, Keys& keys) override {
    for (const std::string_view word : wordsOf(record)) keys.add(record.id(), 1, word);
  }
  void match(Batch block, Pairs& pairs) override {
    for (std::size_t i = 0; i < block.size(); ++i)
      for (std::size_t k = i + 1; k < block.size(); ++k) {
        const auto a = wordsOf(block[i]), b = wordsOf(block[k]);
        const auto shared =
            std::count_if(a.begin(), a.end(), [&](auto w) { return std::count(b.begin(), b.end(), w) != 0; });
        if (shared != 0) pairs.add(block[i].id(), block[k].id(), {0, false, static_cast<double>(shared), "a note"});
      }
  }

 private:
  static std::vector<std::string_view> wordsOf(Record record) {
    std::vector<std::string_view> words;
    for (const winnow_field& field : record) words.push_back(view(field.value));
    return words;
  }
};

}  // namespace

}  // namespace winnow

WINNOW_PLUGIN(winnow::PluginMetadata("test", "shared-words", "1.0.0", "Apache-2.0"), winnow::SharedWords)

namespace winnow::engine {

namespace {

using Words = std::vector<std::vector<std::string>>;

/// FewRecords numbered from 1; record n holds words[n - 1].
class FewRecords {
 public:
  explicit FewRecords(const Words& words) {
    for (const std::vector<std::string>& list : words) {
      fields_.emplace_back();
      for (const std::string& word : list)
        fields_.back().push_back({1, WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str(word), 0, 0});
    }
  }
  const winnow_batch& batch(const std::vector<RecordId>& ids) {
    records_.clear();
    for (const RecordId id : ids) records_.push_back({id, fields_[id - 1].data(), fields_[id - 1].size(), {}});
    batch_ = {sizeof batch_, 0, records_.data(), records_.size()};
    return batch_;
  }

 private:
  std::vector<std::vector<winnow_field>> fields_;
  std::vector<winnow_record> records_;
  winnow_batch batch_{};
};

using Pair = std::tuple<RecordId, RecordId, double>;

std::set<Pair> pairsOf(const Words& words, const std::vector<RecordId>& order, std::size_t memory) {
  plugins::TagTable tags;
  plugins::Services services(tags);
  plugins::Instance matcher(winnow_plugin_v1.stage(0), {}, services);
  FewRecords records(words);
  const MatchInput input{
      order, [](RecordId) { return std::size_t{0}; }, [](RecordId id) { return std::uint64_t{id} * 7919 % 104729; },
      [&](const std::vector<RecordId>& ids) -> const winnow_batch& { return records.batch(ids); }, memory};
  std::set<Pair> pairs;
  findPairs(
      matcher, input, [](const io::Diagnostic&) {}, {},
      [&](const ledger::PairRow& row) {
        const ledger::Pair& p = row.pair;
        EXPECT_TRUE(pairs.emplace(std::min(p.a, p.b), std::max(p.a, p.b), p.score).second) << "a pair came twice";
        EXPECT_EQ(row.note, "a note");
      });
  return pairs;
}

std::vector<RecordId> inOrder(std::size_t count) {
  std::vector<RecordId> order;
  for (RecordId id = 1; id <= count; ++id) order.push_back(id);
  return order;
}

}  // namespace

TEST(FindPairs, ComparesExactlyTheRecordsThatShareAKeyWhereverKeysAreSorted) {
  std::mt19937 random(11);
  for (int round = 0; round < 20; ++round) {
    Words words(60);
    for (std::vector<std::string>& list : words) {
      std::set<std::string> different;
      while (different.size() < 3) different.insert("w" + std::to_string(random() % 50));
      list.assign(different.begin(), different.end());
    }
    std::set<Pair> expected;
    for (RecordId a = 1; a <= words.size(); ++a)
      for (RecordId b = a + 1; b <= words.size(); ++b) {
        const auto& other = words[b - 1];
        const auto shared = std::count_if(words[a - 1].begin(), words[a - 1].end(), [&](const std::string& w) {
          return std::find(other.begin(), other.end(), w) != other.end();
        });
        if (shared != 0) expected.emplace(a, b, static_cast<double>(shared));
      }
    std::vector<RecordId> order = inOrder(words.size());
    for (const std::size_t most : {1u << 20, 0u, 100u, 2000u}) EXPECT_EQ(pairsOf(words, order, most), expected);
    std::shuffle(order.begin(), order.end(), random);
    EXPECT_EQ(pairsOf(words, order, 100), expected);
  }
}

TEST(FindPairs, AChainOfManyRecordsIsComparedWhole) {
  constexpr std::size_t kChain = 6000;  // more than are read at once
  Words words;
  std::set<Pair> expected;
  for (RecordId id = 1; id <= kChain; ++id) {
    words.push_back({"link" + std::to_string(id), "link" + std::to_string(id + 1)});
    if (id > 1) expected.emplace(id - 1, id, 1.0);
  }
  EXPECT_EQ(pairsOf(words, inOrder(kChain), 16000), expected);
}

}  // namespace winnow::engine
