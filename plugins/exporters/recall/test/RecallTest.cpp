#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "Claim.hpp"
#include "HypergeometricRule.hpp"
#include "RecallText.hpp"
#include "Safe.hpp"

using namespace winnow::recall;
using ::testing::HasSubstr;

namespace {

double choose(unsigned n, unsigned k) {
  double product = 1;
  for (unsigned i = 1; i <= k; ++i) product = product * (n - k + i) / i;
  return k > n ? 0 : product;
}

/// Every 0/1 list as labels.
std::vector<bool> bitsOf(unsigned value, unsigned size) {
  std::vector<bool> bits;
  for (unsigned i = 0; i < size; ++i) bits.push_back((value >> i & 1) != 0);
  return bits;
}

/// The rule as the paper states it: the smallest probability over every tail.
double ruleByDefinition(const std::vector<bool>& labels, unsigned total, double target) {
  const auto found = static_cast<double>(std::count(labels.begin(), labels.end(), true));
  double smallest = 1;
  for (unsigned tail = 1; tail <= labels.size(); ++tail) {
    const auto inTail = static_cast<double>(std::count(labels.end() - tail, labels.end(), true));
    const auto k = static_cast<unsigned>(std::floor(found / target + 1 - (found - inTail)));
    const auto population = static_cast<unsigned>(total - (labels.size() - tail));
    double p = 0;
    for (unsigned x = 0; x <= inTail && k <= population; ++x)
      p += choose(k, x) * choose(population - k, tail - x) / choose(population, tail);
    smallest = std::min(smallest, p);
  }
  return smallest;
}

std::vector<Label> labelled(const std::string& word) {
  std::vector<Label> labels;
  for (const char c : word)
    labels.push_back({c == '1' || c == 'R', c == 'R' || c == 'r' ? Choice::Random : Choice::Ranked, Phase::None});
  return labels;
}

/// The probability that the bound is ever false, if `relevant` of the set are relevant and an opponent who knows the
/// bound and every label chooses, before each record, the worst of: a random draw, a relevant one, an irrelevant one.
double worstFalse(const RecallMeter& meter, std::uint64_t relevant) {
  if (meter.upperTotal() < relevant) return 1;
  const std::uint64_t left = relevant - meter.found(), unread = meter.unread();
  if (unread == 0) return 0;
  const auto after = [&](bool isRelevant, Choice choice) {
    RecallMeter next = meter;
    next.read(isRelevant, choice);
    return worstFalse(next, relevant);
  };
  const double p = static_cast<double>(left) / static_cast<double>(unread);
  double worst =
      (left > 0 ? p * after(true, Choice::Random) : 0) + (left < unread ? (1 - p) * after(false, Choice::Random) : 0);
  if (left > 0) worst = std::max(worst, after(true, Choice::Ranked));
  if (left < unread) worst = std::max(worst, after(false, Choice::Ranked));
  return worst;
}

}  // namespace

TEST(Hypergeometric, IsTheSumOfItsTerms) {
  const Hypergeometric distribution(14);
  for (unsigned n = 1; n <= 14; ++n)
    for (unsigned k = 0; k <= n; ++k)
      for (unsigned draws = 0; draws <= n; ++draws) {
        double sum = 0;
        for (unsigned x = 0; x <= draws; ++x) {
          sum += choose(k, x) * choose(n - k, draws - x) / choose(n, draws);
          EXPECT_NEAR(distribution.atMost(x, n, k, draws), std::min(sum, 1.0), 1e-13) << n << " " << k << " " << draws;
        }
      }
}

TEST(Stopping, IsTheSmallestOverEveryTail) {
  for (unsigned size = 1; size <= 9; ++size)
    for (unsigned value = 0; value < 1u << size; ++value)
      for (const unsigned total : {size, size + 1, size + 7, 40u})
        for (const double target : {0.5, 0.8, 0.95, 1.0}) {
          const std::vector<bool> labels = bitsOf(value, size);
          ASSERT_NEAR(hypergeometricStop(labels, total, target), ruleByDefinition(labels, total, target), 1e-12)
              << size << " " << value << " " << total << " " << target;
        }
}

// With nothing found one relevant record is the hypothesis: it hides in the unread part with probability 1 -
// read/total.
TEST(Stopping, NothingFound) { EXPECT_NEAR(hypergeometricStop(std::vector<bool>(300), 1000, 0.95), 0.7, 1e-12); }

TEST(Stopping, RefusesWhatCannotBe) {
  EXPECT_THROW(hypergeometricStop(std::vector<bool>(11), 10, 0.95), std::invalid_argument);
  EXPECT_THROW(hypergeometricStop(std::vector<bool>(5), 10, 0), std::invalid_argument);
}

TEST(RecallMeter, HoldsItsPromiseAgainstAnyOpponent) {
  for (const double confidence : {0.6, 0.8, 0.95})
    for (std::uint64_t total = 1; total <= 7; ++total)
      for (std::uint64_t relevant = 0; relevant <= total; ++relevant)
        EXPECT_LE(worstFalse(RecallMeter(total, confidence), relevant), 1 - confidence + 1e-12)
            << confidence << " " << total << " " << relevant;
}

TEST(RecallMeter, CountingAloneIsAlwaysTrue) {
  RecallMeter meter(10, 0.95);
  EXPECT_EQ(meter.recall(), std::nullopt);
  meter.read(true, Choice::Ranked);
  EXPECT_DOUBLE_EQ(*meter.recall(), 1.0 / 10);
  for (int i = 0; i < 9; ++i) meter.read(false, Choice::Ranked);
  EXPECT_DOUBLE_EQ(*meter.recall(), 1);
  EXPECT_THROW(meter.read(false, Choice::Random), std::invalid_argument);
}

TEST(RecallMeter, TheClaimNeverFallsUnlessItIsContradicted) {
  std::mt19937_64 random(5);
  for (int review = 0; review < 300; ++review) {
    const std::uint64_t total = 1 + random() % 200, share = 1 + random() % 60;
    RecallMeter meter(total, 0.8);
    double last = 0;
    std::uint64_t upper = total;
    while (meter.unread() > 0) {
      meter.read(random() % 100 < share, random() % 3 == 0 ? Choice::Ranked : Choice::Random);
      if (meter.isContradicted()) break;
      EXPECT_GE(meter.recall().value_or(0), last);
      EXPECT_LE(meter.upperTotal(), upper);
      EXPECT_GE(meter.upperTotal(), meter.found());
      last = meter.recall().value_or(0);
      upper = meter.upperTotal();
    }
    if (!meter.isContradicted()) {
      EXPECT_EQ(meter.upperTotal(), meter.found());
    }
  }
}

TEST(RecallMeter, AContradictedBoundIsWithdrawn) {
  RecallMeter meter(1000, 0.95);
  meter.read(true, Choice::Ranked);
  for (int i = 0; i < 900; ++i) meter.read(false, Choice::Random);
  ASSERT_LT(meter.upperTotal(), 3u);
  for (int i = 0; i < 20; ++i) meter.read(true, Choice::Random);
  EXPECT_TRUE(meter.isContradicted());
  EXPECT_EQ(meter.upperTotal(), meter.found() + meter.unread());
}

// Products of twenty thousand probabilities: nothing may be refuted because it was rounded to nothing.
TEST(RecallMeter, LongReadingsKeepTheTruth) {
  std::mt19937_64 random(2);
  std::vector<bool> set(20000);
  std::fill(set.begin(), set.begin() + 7000, true);
  for (std::size_t i = set.size() - 1; i > 0; --i) {
    const std::size_t j = random() % (i + 1);
    const bool held = set[i];
    set[i] = set[j];
    set[j] = held;
  }
  RecallMeter meter(set.size(), 0.95);
  for (const bool isRelevant : set) {
    meter.read(isRelevant, Choice::Random);
    ASSERT_GE(meter.upperTotal(), 7000u);
  }
  EXPECT_EQ(meter.upperTotal(), 7000u);
}

// A random draw certifies; the same record taken by a ranking certifies nothing.
TEST(RecallMeter, OnlyRandomDrawsCertify) {
  RecallMeter ranked(1000, 0.95), drawn(1000, 0.95);
  for (int i = 0; i < 500; ++i) {
    ranked.read(i < 20, Choice::Ranked);
    drawn.read(i < 20, i < 100 ? Choice::Ranked : Choice::Random);
  }
  EXPECT_EQ(ranked.upperTotal(), 520u);
  EXPECT_LT(drawn.upperTotal(), 30u);
}

TEST(Claim, ReachingTheTargetTakesWhatTheNextStepSays) {
  std::vector<Label> labels = labelled(std::string(30, '1') + std::string(70, '0') + std::string(60, 'r'));
  const Question question{600, 0.95, 0.9, {}};
  const Claim claim = claimOf(labels, question);
  ASSERT_TRUE(claim.next.ifNoneRelevant.has_value());
  const std::uint64_t more = *claim.next.ifNoneRelevant;
  ASSERT_GT(more, 1u);
  labels.resize(labels.size() + more - 1, {false, Choice::Random, Phase::None});
  EXPECT_FALSE(claimOf(labels, question).reachesTarget());
  labels.push_back({false, Choice::Random, Phase::None});
  EXPECT_TRUE(claimOf(labels, question).reachesTarget());
}

TEST(Claim, ExpectsWhatTheDrawsSuggest) {
  const Claim claim =
      claimOf(labelled("1111100000rrrrRrrrrrrrRrrrrrrrrrRrrrrrrrrRrrrrrrrrRrrrrr"), {500, 0.95, 0.95, {}});
  ASSERT_TRUE(claim.expectedUnread.has_value());
  EXPECT_NEAR(*claim.expectedUnread, 444 * 5.0 / 46, 12);
  EXPECT_NE(*claim.next.expected, *claim.next.ifNoneRelevant);
}

// 100 drawn from 900, none relevant: the largest total with P(none) > 0.05 is 27 by the exact formula
// C(900 - K, 100) / C(900, 100).
TEST(Claim, OnePlannedLookIsTheExactBound) {
  unsigned k = 0;
  double none = 1;
  while (none * (900 - 100 - k) / (900 - k) > 0.05) none *= (900.0 - 100 - k) / (900 - k), ++k;
  const std::vector<Label> labels = labelled(std::string(20, '1') + std::string(80, '0') + std::string(130, 'r'));
  const Claim claim = claimOf(labels, {1000, 0.95, 0.95, {100}});
  EXPECT_EQ(claim.upperTotal, 20 + k);
  EXPECT_EQ(claim.looksPassed, 1u);
  EXPECT_GT(claimOf(labels, {1000, 0.95, 0.95, {100, 200}}).upperTotal, 20 + k);  // two looks share the 5 %
  EXPECT_EQ(claimOf(labels, {1000, 0.95, 0.95, {131}}).upperTotal, 20u + 770u);   // not yet looked
}

TEST(Claim, PlannedLooksNeedOneRandomTail) {
  EXPECT_THROW(claimOf(labelled("1r0r"), {10, 0.95, 0.95, {1}}), std::invalid_argument);
}

TEST(Claim, TheSentenceClaimsNoMoreThanTheBound) {
  const Claim claim = claimOf(labelled(std::string(57, '1') + std::string(200, 'r')), {400, 0.95, 0.95, {}});
  ASSERT_TRUE(claim.recall.has_value());
  EXPECT_THAT(sentenceOf(claim), HasSubstr("(57 of at most " + std::to_string(claim.upperTotal) + ")"));
  EXPECT_THAT(sentenceOf(claimOf(labelled("100"), {10, 0.95, 0.95, {}})), HasSubstr("Counting alone"));
  EXPECT_THAT(sentenceOf(claimOf(labelled("000"), {10, 0.95, 0.95, {}})), HasSubstr("nothing can be said"));
  EXPECT_THAT(sentenceOf(claimOf(labelled("01"), {2, 0.95, 0.95, {}})), HasSubstr("100 %"));
}

TEST(Labels, AreReadInBothForms) {
  const std::vector<Label> plain = readLabels("1\r\n0\n\n1", 2);
  ASSERT_EQ(plain.size(), 3u);
  EXPECT_EQ(plain[0].choice, Choice::Ranked);
  EXPECT_EQ(plain[1].choice, Choice::Random);
  EXPECT_TRUE(plain[2].isRelevant);
  const std::vector<Label> table =
      readLabels("record_id;label;phase\na;0;random start\nb;1;active learning\nc;1;quality check\n", 0);
  ASSERT_EQ(table.size(), 3u);
  EXPECT_EQ(table[0].choice, Choice::Random);
  EXPECT_EQ(table[1].choice, Choice::Ranked);
  EXPECT_EQ(firstReadings(table).size(), 2u);
  EXPECT_TRUE(readLabels("", 0).empty());
}

TEST(Labels, RefuseWhatIsNoLabel) {
  const auto refusal = [](std::string_view text, std::uint64_t from = 0) -> std::string {
    try {
      readLabels(text, from);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(refusal("1\n2\n"), HasSubstr("row 2, column 1: '2' is neither 0 nor 1"));
  EXPECT_THAT(refusal("label,chosen\n1,maybe\n"), HasSubstr("row 2, column 2: 'maybe' is neither ranked nor random"));
  EXPECT_THAT(refusal("label,phase\n1,late\n"), HasSubstr("is none of random start"));
  EXPECT_THAT(refusal("decision\n1\n"), HasSubstr("there is no column 'label'"));
  EXPECT_THAT(refusal("label,chosen\n1,ranked\n", 1), HasSubstr("leave --random-from out"));
}

TEST(Safe, EachPhaseHasItsConditions) {
  std::vector<Label> labels;
  const auto add = [&](Phase phase, unsigned relevant, unsigned irrelevant) {
    labels.insert(labels.end(), relevant, {true, Choice::Ranked, phase});
    labels.insert(labels.end(), irrelevant, {false, Choice::Ranked, phase});
  };
  add(Phase::RandomStart, 1, 9);  // 1 % of 1,000; 10 % relevant: 100 expected, so 200 must be read
  add(Phase::ActiveLearning, 40, 149);
  EXPECT_FALSE(safeReport(labels, 1000, true).phases[1].isDone());
  labels.push_back({false, Choice::Ranked, Phase::ActiveLearning});
  const SafeReport two = safeReport(labels, 1000, true);
  EXPECT_TRUE(two.phases[0].isDone());
  EXPECT_TRUE(two.phases[1].isDone());
  EXPECT_FALSE(safeReport(labels, 1000, false).phases[1].isDone());
  EXPECT_FALSE(two.isDone());
  add(Phase::OtherModel, 2, 50);
  add(Phase::QualityCheck, 0, 50);
  const SafeReport all = safeReport(labels, 1000, true);
  EXPECT_TRUE(all.isDone());
  ASSERT_EQ(all.events.size(), 4u);
  EXPECT_EQ(all.events[1], "record 11: active learning begins");
  labels.push_back({false, Choice::Ranked, Phase::ActiveLearning});
  EXPECT_THROW(safeReport(labels, 1000, true), std::invalid_argument);
  EXPECT_THROW(safeReport(labelled("01"), 10, true), std::invalid_argument);
}

TEST(RecallCurve, IsDrawnForAnyReading) {
  const Question question{50, 0.95, 0.95, {}};
  for (const std::string word : {"", "0", "1rrrr", "0r1R0"}) {
    const std::vector<Label> labels = labelled(word);
    const std::string svg = drawRecallCurve(labels, claimOf(labels, question), recallCurve(labels, question));
    EXPECT_THAT(svg, HasSubstr("</svg>"));
    EXPECT_EQ(svg.find("nan"), std::string::npos);
  }
}
