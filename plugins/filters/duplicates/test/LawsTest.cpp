// What must hold for any records: symmetry, order, idempotence, missing data, odd input.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "Bench.hpp"
#include "rules/Decision.hpp"

namespace winnow::duplicates::test {
namespace {

/// Records that differ from each other in all the ways the rules look at.
std::vector<TestRecord> zoo() {
  const FieldList changes[] = {
      {},
      {{"page", ""}},
      {{"page", "e1804"}},
      {{"volume", ""}, {"issue", ""}},
      {{"issued.year", "2013"}},
      {{"issued.year", ""}},
      {{"author.literal", ""}},
      {{"author.literal", "Hollis M"}, {"author.literal", "Brandt T"}},
      {{"author.literal", "Brandt T"}, {"author.literal", "Okoro C"}, {"author.literal", "Hollis M"}},
      {{"title", "[Schlaf und Erinnerung im Ruhestand]"}},
      {{"title", "Erratum: Sleep quality and memory consolidation in retired shift workers"}},
      {{"title", "Sleep quality and memory consolidation in retired shift workers: a pilot"}},
      {{"title", "Sleep quality and memory consolidation in retired women"}},
      {{"title", "Editorial"}, {"author.literal", "Hollis M"}},
      {{"title", ""}},
      {{"container.title", "J Appl Sleep Sci"}, {"id.doi", "10.1234/a"}},
      {{"container.title", "Archives of Rest"}, {"id.doi", "10.1234/b"}},
      {{"container.title", "medRxiv"}, {"volume", ""}, {"page", ""}},
      {{"id.pmid", "111"}, {"database", "MEDLINE"}, {"id.accession", "111"}},
      {{"id.pmid", "222"}, {"database", "MEDLINE"}, {"id.accession", "222"}},
      {{"volume", "3"}, {"issue", "21"}},
      {{"title", "Gr?ppe und Schlaf"},
       {"title.translated", "Sleep quality and memory consolidation in retired shift workers"}},
  };
  std::vector<TestRecord> records;
  for (const FieldList& change : changes) records.push_back(article(change));
  return records;
}

bool isSame(const Comparison& a, const Comparison& b) {
  return describe(a) == describe(b) && a.title.harmless() == b.title.harmless() &&
         a.authors.matched == b.authors.matched && a.isVersionPair == b.isVersionPair &&
         a.isSameExtent == b.isSameExtent;
}

/// Of an entry that says title and author alone, any word may be misspelled: three of the longest words still meet.
TEST(Laws, aMisspelledWordLeavesAKey) {
  const std::vector<std::string> words = {"Sleep", "quality", "memory", "consolidation", "retired", "shift", "workers"};
  const auto entry = [&](std::set<std::size_t> misspelled) {
    std::string title;
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string word = words[i];
      if (misspelled.contains(i)) word[1] = 'x';
      title += (i == 0 ? "" : " ") + word;
    }
    return article(
        {{"title", title}, {"issued.year", ""}, {"container.title", ""}, {"volume", ""}, {"issue", ""}, {"page", ""}});
  };
  for (std::size_t i = 0; i < words.size(); ++i) EXPECT_TRUE(meet(entry({}), entry({i}))) << words[i];
  EXPECT_TRUE(meet(entry({}), entry({0, 6})));
  EXPECT_FALSE(meet(entry({}), entry({0, 1, 2, 3, 4, 5, 6})));
}

TEST(Laws, comparisonIsSymmetric) {
  std::vector<Features> features;
  for (const TestRecord& record : zoo()) features.push_back(featuresFor(record));
  Policy policy;
  policy.off.resize(kRuleCount);
  for (const Features& a : features)
    for (const Features& b : features) {
      EXPECT_TRUE(isSame(compare(a, b), compare(b, a))) << describe(compare(a, b)) << " / " << describe(compare(b, a));
      EXPECT_EQ(worthComparing(a, b), worthComparing(b, a));
      EXPECT_EQ(decide(compare(a, b), policy).rule, decide(compare(b, a), policy).rule);
    }
}

using Named = std::map<std::pair<std::size_t, std::size_t>, std::string>;

/// Pairs of a block by the numbers that the records had in `order`.
Named pairsIn(const std::vector<TestRecord>& records, const std::vector<std::size_t>& order) {
  std::vector<TestRecord> shuffled;
  for (const std::size_t i : order) shuffled.push_back(records[i]);
  testing::MockHost host;
  Named named;
  for (const TestPair& p : host.match(stage(), shuffled)) {
    const std::size_t a = order[p.left - 1], b = order[p.right - 1];
    named[{std::min(a, b), std::max(a, b)}] = p.rule + (p.maybe ? "?" : "") + std::to_string(p.score);
  }
  return named;
}

TEST(Laws, orderWithinABlockIsNothing) {
  const std::vector<TestRecord> records = zoo();
  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const Named expected = pairsIn(records, order);
  EXPECT_FALSE(expected.empty());
  std::reverse(order.begin(), order.end());
  EXPECT_EQ(pairsIn(records, order), expected);
  std::rotate(order.begin(), order.begin() + 7, order.end());
  EXPECT_EQ(pairsIn(records, order), expected);
}

TEST(Laws, theRestOfABlockIsNothing) {
  const std::vector<TestRecord> records = zoo();
  std::vector<std::size_t> all(records.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (const auto& [pair, rule] : pairsIn(records, all)) {
    const Named alone = pairsIn(records, {pair.first, pair.second});
    ASSERT_EQ(alone.size(), 1u);
    EXPECT_EQ(alone.begin()->second, rule);
  }
}

TEST(Laws, aCopyJoinsItsOriginal) {
  for (const TestRecord& record : zoo()) {
    if (record.first("title").empty()) continue;
    EXPECT_EQ(answer(record, record), "merge duplicates.identical") << record.first("title");
    EXPECT_TRUE(meet(record, record));
  }
}

TEST(Laws, missingFieldsNeverSeparate) {
  for (const char* tag : {"author.literal", "issued.year", "container.title", "volume", "issue", "page"})
    EXPECT_EQ(answer(article(), article({{tag, ""}})).substr(0, 5), "merge") << tag;
}

TEST(Laws, missingFieldsNeverLiftAVeto) {
  const FieldList erratum = {{"title", "Erratum: Sleep quality and memory consolidation in retired shift workers"}};
  for (const char* tag : {"author.literal", "issued.year", "container.title", "volume", "issue", "page"}) {
    FieldList changed = erratum;
    changed.emplace_back(tag, "");
    EXPECT_EQ(answer(article(), article(changed)), "distinct") << tag;
  }
}

TEST(Laws, whatTheFieldsAreCalledIsAllThatCounts) {
  TestRecord reversed = article();
  std::vector<testing::TestField> authors, rest;
  for (const testing::TestField& f : reversed.fields) (f.tag == "author.literal" ? authors : rest).push_back(f);
  std::reverse(rest.begin(), rest.end());
  reversed.fields = rest;
  reversed.fields.insert(reversed.fields.end(), authors.begin(), authors.end());
  reversed.fields.push_back({"note", "whatever", 0, 0, {}, {}});
  EXPECT_EQ(answer(article(), reversed), "merge duplicates.identical");
}

TEST(Laws, aBadBridgeJoinsNoTwoGroups) {
  // 1 says little; 2 and 3 contradict each other.
  const std::vector<TestRecord> records = {article({{"volume", ""}, {"issue", ""}, {"page", ""}}), article(),
                                           article({{"volume", "40"}, {"issue", "1"}, {"page", "811-820"}})};
  EXPECT_EQ(answer(records[0], records[1]).substr(0, 5), "merge");
  EXPECT_EQ(answer(records[0], records[2]).substr(0, 5), "merge");
  EXPECT_EQ(answer(records[1], records[2]), "distinct");

  testing::MockHost host;
  const winnow_stage* matcher = stage();
  const winnow_setting settings[] = {
      {str("profile"), str("default")}, {str("versions"), str("keep")}, {str("year_gap"), str("1")}};
  void* self = matcher->create(host.raw(), settings, 3);
  ASSERT_NE(self, nullptr);
  std::vector<std::vector<winnow_field>> fields(3);
  std::vector<winnow_record> rows;
  for (std::size_t i = 0; i < 3; ++i) {
    for (const testing::TestField& f : records[i].fields)
      fields[i].push_back({host.tagNumber(f.tag), WINNOW_NONE, f.group, WINNOW_FIELD_DERIVED, 0, str(f.value), 0, 0});
    rows.push_back({i + 1, fields[i].data(), fields[i].size(), {}});
  }
  const winnow_batch batch{sizeof batch, 0, rows.data(), rows.size()};
  const winnow_pair pairs[] = {{1, 2, kTitleAndJournal, 0, 0.9, {}}, {1, 3, kTitleAndJournal, 0, 0.9, {}}};
  std::size_t standing = 0;
  const winnow_out out{
      sizeof(winnow_out),
      0,
      &standing,
      nullptr,
      nullptr,
      [](const winnow_out* o, const winnow_pair*, std::size_t count) { *static_cast<std::size_t*>(o->impl) += count; },
      nullptr,
      nullptr};
  const auto* methods = static_cast<const winnow_matcher*>(matcher->methods);
  EXPECT_EQ(methods->settle(self, &batch, pairs, 2, &out), WINNOW_OK);
  EXPECT_EQ(standing, 1u);
  matcher->destroy(self);
}

TEST(Laws, oddInputIsSurvived) {
  const std::string huge(1 << 20, 'x');
  const std::vector<TestRecord> odd = {TestRecord{},
                                       article({{"title", huge}}),
                                       article({{"title", std::string("a\0b\xFF\xC3", 5)}}),
                                       article({{"author.literal", std::string(5000, ',')}}),
                                       article({{"page", "99999999999999999999-1"}, {"volume", std::string(100, '9')}}),
                                       article({{"issued.year", "MMXIV"}, {"id.doi", "10."}, {"id.pmid", "PMID"}}),
                                       article({{"container.title", "((((["}, {"id.issn", "1234-567"}})};
  testing::MockHost host;
  EXPECT_NO_THROW(host.match(stage(), odd));
  EXPECT_NO_THROW(host.keys(stage(), odd));
  EXPECT_TRUE(host.match(stage(), {}).empty());
  EXPECT_TRUE(host.diagnostics.empty());
}

}  // namespace
}  // namespace winnow::duplicates::test
