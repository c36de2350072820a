#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "Classifiers.hpp"
#include "LabelledRecords.hpp"
#include "Ranker.hpp"
#include "Simulation.hpp"
#include "Words.hpp"
#include "sample/HashOrder.hpp"

using namespace winnow::ranker;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

/// Invented records: the relevant ones speak of another thing, mostly.
struct Invented {
  std::vector<std::string> ids, texts;
  std::vector<bool> labels;
};
Invented invented(std::uint32_t seed, std::size_t count, std::size_t relevant) {
  static const char* const kOurs[] = {"peer", "support", "recovery", "coproduction", "ward"};
  static const char* const kOthers[] = {"glacier", "sediment", "algae", "turbine", "enzyme", "lattice"};
  static const char* const kAny[] = {"study", "method", "results", "sample", "analysis", "effect"};
  std::mt19937 random(seed);
  Invented out;
  for (std::size_t i = 0; i < count; ++i) {
    const bool isRelevant = i % (count / relevant) == 0;
    std::string text;
    for (int w = 0; w < 14; ++w) {
      const bool isOurs = random() % 10 < (isRelevant ? 4u : 1u);
      text += std::string(w % 2 == 0 ? kAny[random() % 6] : isOurs ? kOurs[random() % 5] : kOthers[random() % 6]) + " ";
    }
    out.ids.push_back("r" + std::to_string(i));
    out.texts.push_back(text);
    out.labels.push_back(isRelevant);
  }
  return out;
}

std::string csvOf(const Invented& set) {
  std::string csv = "record_id,title,label\n";
  for (std::size_t i = 0; i < set.ids.size(); ++i)
    csv += set.ids[i] + "," + set.texts[i] + "," + (set.labels[i] ? "1" : "0") + "\n";
  return csv;
}

std::string refusal(std::string_view csv) {
  try {
    LabelledRecords records(csv);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST(Words, AreFoldedAndLongEnough) {
  EXPECT_THAT(wordsOf("Café-based CARE, a 5 x 10 trial"), ElementsAre("cafe", "based", "care", "10", "trial"));
  EXPECT_THAT(wordsOf(""), ElementsAre());
  EXPECT_THAT(wordsOf("я и мы"), ElementsAre("мы"));
}

TEST(Words, ScriptsWithoutBlanksAreCutIntoPairs) {
  EXPECT_THAT(wordsOf("同伴支持 PSW服务"), ElementsAre("同伴", "伴支", "支持", "psw", "服务"));
}

TEST(Words, GrammarSaysNothing) {
  for (const char* word : {"about", "the", "with", "yourselves", "an"}) EXPECT_TRUE(isStopWord(word)) << word;
  for (const char* word : {"peer", "health", "aboutness", ""}) EXPECT_FALSE(isStopWord(word)) << word;
}

// Three texts by hand: "aa bb" / "aa aa cc" / "bb".
TEST(Features, AreWeightedAndOfLengthOne) {
  const Features features({"aa bb", "aa aa cc", "bb"}, {false, false, true, 1.0});
  const double aa = std::log(4 / 3.) + 1, cc = std::log(4 / 2.) + 1, twice = (1 + std::log(2)) * aa;
  ASSERT_EQ(features.terms(), 3u);
  ASSERT_EQ(features.row(1).size(), 2u);
  EXPECT_NEAR(features.row(1)[0].weight, twice / std::hypot(twice, cc), 1e-6);
  EXPECT_NEAR(features.row(1)[1].weight, cc / std::hypot(twice, cc), 1e-6);
  EXPECT_NEAR(features.row(2)[0].weight, 1, 1e-6);
}

TEST(Features, PairsAreTermsAndCommonTermsAreLeftOut) {
  EXPECT_EQ(Features({"aa bb aa bb", "bb aa"}, {true, false, true, 1.0}).terms(), 4u);  // aa, bb, "aa bb", "bb aa"
  const Features features({"aa bb", "aa cc", "aa dd"}, {false, false, true, 0.95});
  for (std::size_t r = 0; r < 3; ++r) EXPECT_EQ(features.row(r)[0].weight, 0);
  EXPECT_TRUE(Features({}, {}).terms() == 0);
}

TEST(Classifiers, BalanceKeepsTheMean) {
  std::vector<Example> examples{{0, true, 1}, {1, false, 1}, {2, false, 1}, {3, false, 1}};
  balance(examples, 9.8);
  EXPECT_NEAR(examples[0].weight / (3 * examples[1].weight), 9.8, 1e-12);
  EXPECT_NEAR(examples[0].weight + 3 * examples[1].weight, 4, 1e-12);
}

// Two examples without a common term: by symmetry the bias is 0 and w = 2 C / (1 + 2 C).
TEST(Classifiers, SupportVectorMachineByHand) {
  const Features features({"aa", "bb", "aa bb"}, {false, false, true, 1.0});
  const std::vector<double> scores = scoresOfSvm(features, {{0, true, 1}, {1, false, 1}}, 0.11);
  EXPECT_NEAR(scores[0], 0.22 / 1.22, 1e-4);
  EXPECT_NEAR(scores[1], -0.22 / 1.22, 1e-4);
  EXPECT_NEAR(scores[2], 0, 1e-4);
}

TEST(Classifiers, NaiveBayesByHand) {
  const Features features({"aa", "bb", "cc"}, {false, false, false, 1.0});
  const std::vector<double> scores = scoresOfBayes(features, {{0, true, 2}, {1, false, 1}}, 0.5);
  // counts: aa 2 | 0, bb 0 | 1; three terms, so the sums are 2 + 1.5 and 1 + 1.5
  const double prior = std::log(2), totals = std::log(3.5) - std::log(2.5);
  EXPECT_NEAR(scores[0], std::log(2.5) - std::log(0.5) - totals + prior, 1e-6);
  EXPECT_NEAR(scores[1], std::log(0.5) - std::log(1.5) - totals + prior, 1e-6);
  EXPECT_NEAR(scores[2], -totals + prior, 1e-6);
}

TEST(Ranker, LearnsWhatIsRelevant) {
  const Invented set = invented(1, 300, 30);
  for (const Model model : {Model::U4, Model::U3}) {
    const Ranker ranker(set.ids, set.texts, model, "0");
    std::vector<Reading> read;
    for (std::size_t i = 0; i < 100; ++i) read.push_back({i, set.labels[i]});
    const std::vector<std::size_t> order = ranker.order(read);
    ASSERT_EQ(order.size(), 200u);
    std::size_t early = 0;
    for (std::size_t i = 0; i < 40; ++i) early += set.labels[order[i]];
    EXPECT_GE(early, 10u) << nameOf(model);  // of 20; by chance 4
  }
}

TEST(Ranker, HangsOnTheSetOfReadingsAlone) {
  const Invented set = invented(2, 120, 12);
  const Ranker ranker(set.ids, set.texts, Model::U4, "0");
  std::vector<Reading> read;
  for (std::size_t i = 0; i < 40; ++i) read.push_back({i, set.labels[i]});
  const auto first = ranker.order(read);
  std::reverse(read.begin(), read.end());
  ranker.order({{3, true}, {4, false}});
  EXPECT_EQ(ranker.order(read), first);
  EXPECT_EQ(Ranker(set.ids, set.texts, Model::U4, "0").order(read), first);
}

TEST(Ranker, WithoutLabelsTheOrderIsThatOfHashes) {
  const Invented set = invented(3, 50, 5);
  for (const Model model : {Model::U4, Model::Random}) {
    const std::vector<std::size_t> order = Ranker(set.ids, set.texts, model, "seed").order({});
    ASSERT_EQ(order.size(), 50u);
    for (std::size_t i = 1; i < order.size(); ++i)
      EXPECT_LT(winnow::sample::orderKey("seed", set.ids[order[i - 1]]),
                winnow::sample::orderKey("seed", set.ids[order[i]]));
  }
}

TEST(Ranker, RelevantOnesAloneAttractWhatIsLikeThem) {
  const Ranker ranker({"a", "b", "c"}, {"peer support", "glacier melt", "support of peers by a peer"}, Model::U4, "0");
  EXPECT_THAT(ranker.order({{0, true}}), ElementsAre(2, 1));
}

TEST(Ranker, RefusesAnIdThatStandsTwice) {
  EXPECT_THROW(Ranker({"a", "a"}, {"", ""}, Model::U4, "0"), std::invalid_argument);
}

TEST(Schedule, EachDecisionThenEveryFifth) {
  Schedule schedule;
  std::vector<std::size_t> due;
  for (std::size_t read = 146; read < 166; ++read)
    if (schedule.isDue(read)) due.push_back(read);
  EXPECT_THAT(due, ElementsAre(146, 147, 148, 149, 154, 159, 164));
}

// Labels that were not read yet cannot change what is read.
TEST(Simulation, LooksAtNoLabelBeforeItsRecord) {
  for (std::uint32_t seed = 0; seed < 6; ++seed) {
    const Invented set = invented(seed, 90, 9);
    const Ranker ranker(set.ids, set.texts, seed % 2 == 0 ? Model::U4 : Model::U3, "0");
    const std::vector<std::size_t> order = simulate(ranker, set.labels, {0, 1}).order;
    EXPECT_EQ(std::set<std::size_t>(order.begin(), order.end()).size(), 88u);
    const std::size_t half = 8;
    std::vector<bool> changed = set.labels;
    for (std::size_t i = half; i < order.size(); ++i) changed[order[i]] = !changed[order[i]];
    const std::vector<std::size_t> other = simulate(ranker, changed, {0, 1}).order;
    EXPECT_TRUE(std::equal(order.begin(), order.begin() + half, other.begin()));
    std::vector<Reading> read{{0, set.labels[0]}, {1, set.labels[1]}};
    for (std::size_t i = 0; i < 12; ++i) {
      EXPECT_EQ(ranker.order(read).front(), order[i]);
      read.push_back({order[i], set.labels[order[i]]});
    }
  }
}

TEST(Simulation, PriorsThatAreAllThereIs) {
  const Invented set = invented(1, 20, 1);
  const Ranker ranker(set.ids, set.texts, Model::U4, "0");
  EXPECT_EQ(simulate(ranker, set.labels, {0, 1}).order.size(), 18u);
}

TEST(Measures, ByDefinition) {
  std::vector<bool> labels(100);
  std::fill(labels.begin(), labels.begin() + 10, true);
  std::vector<std::size_t> best(100), worst;
  for (std::size_t i = 0; i < 100; ++i) best[i] = i;
  worst.assign(best.rbegin(), best.rend());
  EXPECT_NEAR(measuresOf(best, labels).wss95, 0.85, 1e-12);
  EXPECT_NEAR(measuresOf(best, labels).recall10, 1, 1e-12);
  EXPECT_NEAR(measuresOf(best, labels).delay, 0.055, 1e-12);
  EXPECT_NEAR(measuresOf(worst, labels).wss95, -0.05, 1e-12);
  EXPECT_NEAR(measuresOf(worst, labels).recall20, 0, 1e-12);
}

TEST(LabelledRecords, AreReadWithTheirLabels) {
  const Invented set = invented(4, 30, 3);
  const LabelledRecords records(csvOf(set));
  EXPECT_EQ(records.ids(), set.ids);
  EXPECT_EQ(records.labels("label"), set.labels);
  const auto readings = records.readings("record_id,label\nr3,1\nr5,0\n");
  ASSERT_EQ(readings.size(), 2u);
  EXPECT_EQ(readings[0].record, 3u);
  EXPECT_TRUE(readings[0].isRelevant);
  const auto decisions = records.readings("record,reviewer,decision\nr3,A,maybe\nr4,A,exclude\nr6,A,\n");
  ASSERT_EQ(decisions.size(), 2u);
  EXPECT_TRUE(decisions[0].isRelevant);
  EXPECT_FALSE(decisions[1].isRelevant);
  EXPECT_EQ(LabelledRecords("record.key,abstract\na,\nb,text\n").withoutText(), 1u);
}

TEST(LabelledRecords, RefuseWithTheirPlace) {
  EXPECT_THAT(refusal(""), HasSubstr("the table is empty"));
  EXPECT_THAT(refusal("id,title\n1,a\n"), HasSubstr("there is no column 'record_id'"));
  EXPECT_THAT(refusal("record_id,year\n1,2000\n"), HasSubstr("there is no column 'title'"));
  EXPECT_THAT(refusal("record_id,title\n1,a\n2,b\n1,c\n"), HasSubstr("row 4, column 1: the record '1' stands twice"));
  EXPECT_THAT(refusal("record_id,title\n,a\n"), HasSubstr("the record has no id"));
  const LabelledRecords records("record_id,title,label\na,x,1\nb,y,yes\n");
  EXPECT_THROW(records.labels("label"), std::invalid_argument);
  EXPECT_THROW(records.labels("decision"), std::invalid_argument);
  EXPECT_THROW(records.readings("record_id,label\nzz,1\n"), std::invalid_argument);
  EXPECT_THROW(records.readings("record,decision\na,perhaps\n"), std::invalid_argument);
}
