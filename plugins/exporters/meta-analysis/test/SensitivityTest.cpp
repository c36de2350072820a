#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "Analysis.hpp"
#include "Published.hpp"
#include "Report.hpp"
#include "Words.hpp"

using namespace winnow::meta;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

Effect effect(const char* study, double y, double v) {
  Effect e;
  e.study = study;
  e.y = y;
  e.v = v;
  return e;
}

}  // namespace

// Least squares by hand: y/se = 2 + 3/se exactly but for one residual pattern.
TEST(SmallStudies, EggerIsARegression) {
  std::vector<Effect> effects;
  const double noise[] = {0.1, -0.1, -0.1, 0.1};
  for (int i = 0; i < 4; ++i) {
    const double se = 1.0 / (i + 1);  // 1/se = 1, 2, 3, 4
    effects.push_back(effect("s", se * (2 + 3 * (i + 1) + noise[i]), se * se));
  }
  const Egger egger = eggerTest(effects);
  EXPECT_NEAR(*egger.intercept, 2, 1e-12);
  // residual variance 0.04 / 2; the intercept's factor 1/4 + 2.5^2 / 5
  EXPECT_NEAR(*egger.se, std::sqrt(0.02 * (0.25 + 6.25 / 5)), 1e-12);
  EXPECT_EQ(egger.df, 2);
}

// The BCG trials: regression test t -1.4013 with 11 degrees of freedom, p 0.189; trim and fill adds one study on the
// right (Viechtbauer 2010 and the package's manual).
TEST(SmallStudies, BcgAsPublished) {
  const std::vector<Effect> effects = bcg().effects();
  const Egger egger = eggerTest(effects);
  EXPECT_NEAR(*egger.t, -1.4013, 5e-5);
  EXPECT_NEAR(*egger.p, 0.1887, 5e-5);
  EXPECT_NEAR(*beggTau(effects), 0.0256, 5e-5);
  const TrimFill fill = trimAndFill(effects, Method::REML, Inference::Normal);
  EXPECT_EQ(fill.k0, 1u);
  EXPECT_EQ(fill.side, TrimFill::Side::Right);
  EXPECT_NEAR(fill.fit.pooled().estimate, -0.6571, 5e-5);
  EXPECT_NEAR(*fill.fit.tau2, 0.3313, 5e-5);
}

TEST(SmallStudies, TrimAndFillIsAMirror) {
  const std::vector<Effect> effects = bcg().effects();
  std::vector<Effect> mirrored = effects;
  for (Effect& e : mirrored) e.y = -e.y;
  const TrimFill here = trimAndFill(effects, Method::DL, Inference::Normal),
                 there = trimAndFill(mirrored, Method::DL, Inference::Normal);
  EXPECT_EQ(here.k0, there.k0);
  EXPECT_NE(here.side, there.side);
  EXPECT_NEAR(here.fit.pooled().estimate, -there.fit.pooled().estimate, 1e-12);
}

TEST(SmallStudies, EqualVariancesHaveNoSlope) {
  const std::vector<Effect> effects{effect("a", 0.1, 0.2), effect("b", 0.4, 0.2), effect("c", 0.2, 0.2)};
  EXPECT_FALSE(eggerTest(effects).intercept.has_value());
  EXPECT_FALSE(beggTau(effects).has_value());
  EXPECT_NO_THROW(trimAndFill(effects, Method::REML, Inference::Normal));
}

TEST(Sensitivity, LeavingOneOutIsFittingTheOthers) {
  const std::vector<Effect> effects = bcg().effects();
  const std::vector<Fit> without = leaveOneOut(effects, Method::REML, Inference::Normal);
  ASSERT_EQ(without.size(), 13u);
  EXPECT_NEAR(without[3].pooled().estimate, -0.6284, 5e-5);
  EXPECT_NEAR(without[7].pooled().estimate, -0.7948, 5e-5);
  const Fit whole = fit(modelOf(effects), Method::REML, Inference::Normal);
  const std::vector<Influence> influence = baujat(effects, whole, without);
  EXPECT_NEAR(influence[3].contribution, 1.58605, 5e-6);
  EXPECT_NEAR(influence[3].influence, 0.237774, 5e-7);
}

TEST(Sensitivity, SubgroupsOfTheBcgTrials) {
  const EffectTable table = bcg();
  const Subgroups groups = subgroupsOf(table.effects(), table.texts("allocation"), Method::DL, Inference::Normal);
  ASSERT_EQ(groups.groups.size(), 3u);
  EXPECT_EQ(groups.groups[0].name, "alternate");
  EXPECT_EQ(groups.groups[1].fit.k, 7u);
  EXPECT_NEAR(*groups.qBetween, 1.53677, 5e-6);
  EXPECT_NEAR(*groups.p, 0.46376, 5e-6);
}

TEST(Sensitivity, AGroupOfOneStudyIsKeptAndNotCompared) {
  const std::vector<Effect> effects{effect("a", 0.1, 0.1), effect("b", 0.4, 0.1), effect("c", 0.2, 0.1)};
  const Subgroups groups = subgroupsOf(effects, {"x", "x", "y"}, Method::REML, Inference::KnappHartung);
  EXPECT_EQ(groups.groups.size(), 2u);
  EXPECT_FALSE(groups.qBetween.has_value());
  EXPECT_TRUE(subgroupsOf(effects, {"x", "x", "y"}, Method::REML, Inference::Normal).qBetween.has_value());
}

// M. Borenstein and others, Introduction to Meta-Analysis (2009), chapter 24: the mean of two outcomes has the variance
// (v1 + v2 + 2 r sqrt(v1 v2)) / 4; their example: 0.30 and 0.10 with variance 0.05 each and r 0.5 give 0.20 and 0.0375.
TEST(Sensitivity, SeveralEffectsOfOneStudyBecomeOne) {
  const std::vector<Effect> combined =
      combinedByStudy({effect("1", 0.30, 0.05), effect("2", 0.7, 0.02), effect("1", 0.10, 0.05)}, 0.5);
  ASSERT_EQ(combined.size(), 2u);
  EXPECT_EQ(combined[0].study, "1");
  EXPECT_NEAR(combined[0].y, 0.20, 1e-15);
  EXPECT_NEAR(combined[0].v, 0.0375, 1e-15);
  EXPECT_DOUBLE_EQ(combined[1].v, 0.02);
  EXPECT_NEAR(combinedByStudy({effect("1", 0.3, 0.05), effect("1", 0.1, 0.05)}, 1)[0].v, 0.05, 1e-15);
  EXPECT_NEAR(combinedByStudy({effect("1", 0.3, 0.05), effect("1", 0.1, 0.05)}, 0)[0].v, 0.025, 1e-15);
}

TEST(Sensitivity, WithoutHighRisk) {
  const std::vector<Effect> effects{effect("a", 0.1, 0.1), effect("b", 0.4, 0.1), effect("c", 2, 0.1)};
  const Request request{Measure::GEN, Method::EE, Inference::Normal, false};
  const WithoutHighRisk out = withoutHighRisk(effects, {"low", "some concerns", "High"}, request);
  EXPECT_THAT(out.left, ElementsAre("c"));
  EXPECT_NEAR(out.fit->pooled().estimate, 0.25, 1e-15);
  EXPECT_FALSE(withoutHighRisk(effects, {"high", "high", "high"}, request).fit.has_value());
}

TEST(Remarks, SayWhatAStatisticianWould) {
  const auto remarks = [](std::vector<Effect> effects, Measure measure, Method method, Inference test) {
    std::string all;
    for (const std::string& one : remarksOn(analyse(std::move(effects), {measure, method, test, true})))
      all += one + "\n";
    return all;
  };
  const std::vector<Effect> three{effect("a", 0.1, 0.1), effect("b", 0.5, 0.1), effect("c", 2, 0.1)};
  EXPECT_THAT(remarks(three, Measure::GEN, Method::REML, Inference::Normal), HasSubstr("use the Knapp-Hartung test"));
  EXPECT_THAT(remarks({three[0]}, Measure::GEN, Method::REML, Inference::Normal),
              HasSubstr("one study: nothing is pooled"));
  EXPECT_THAT(remarks({three[0], three[1]}, Measure::GEN, Method::REML, Inference::Normal),
              HasSubstr("it needs three studies"));
  EXPECT_THAT(remarks(three, Measure::GEN, Method::EE, Inference::Normal), HasSubstr("prefer a random-effects model"));
  EXPECT_THAT(remarks({three[0], three[0], three[1]}, Measure::GEN, Method::DL, Inference::Normal),
              HasSubstr("several effects of 'a'"));
  EXPECT_THAT(remarks({effect("a", .1, .1), effect("b", .11, .1), effect("c", .1, .1)}, Measure::GEN, Method::REML,
                      Inference::KnappHartung),
              HasSubstr("narrower than the normal one"));
  EXPECT_THAT(remarks({effect("a", .4, .01), effect("b", .4, .01), effect("c", -.6, .01)}, Measure::GEN, Method::EE,
                      Inference::Normal),
              HasSubstr("without c the interval"));
  const auto zero =
      EffectTable("study,ai,n1i,ci,n2i\nx,0,20,4,20\ny,0,9,0,9\nz,2,20,4,20\n", Measure::OR, {}, "").effects();
  EXPECT_THAT(remarks(zero, Measure::OR, Method::REML, Inference::Normal),
              HasSubstr("one half was added to every cell of x, y"));
  EXPECT_THAT(remarks(zero, Measure::OR, Method::REML, Inference::Normal), HasSubstr("both groups of y"));
  const auto sizes = EffectTable("xi,ni\n3,10\n300,1000\n40,100\n", Measure::PFT, {}, "").effects();
  EXPECT_THAT(remarks(sizes, Measure::PFT, Method::REML, Inference::Normal), HasSubstr("compare with PLO"));
}

TEST(Report, AllFormsOfAllDegenerateSetsAreWritten) {
  for (const Method method : {Method::EE, Method::REML})
    for (const Inference test : {Inference::Normal, Inference::KnappHartung})
      for (std::size_t k = 1; k < 5; ++k) {
        const Analysis analysis = analyse(std::vector<Effect>(k, effect("a \"quoted\" | study", 0.3, 0.04)),
                                          {Measure::GEN, method, test, true});
        const std::string json = toJson(analysis);
        EXPECT_EQ(json.find("nan"), std::string::npos);
        EXPECT_EQ(json.find(":inf"), std::string::npos);
        EXPECT_EQ(toMarkdown(analysis).find("nan"), std::string::npos);
        EXPECT_THAT(toRScript(analysis), HasSubstr("\"a \\\"quoted\\\" | study\""));
      }
}

TEST(Words, AreRoundedWithoutMinusZero) {
  EXPECT_EQ(fixed(-0.001, 2), "0.00");
  EXPECT_EQ(fixed(2.345678, 3), "2.346");
  EXPECT_EQ(pText(0.0004), "< 0.001");
  EXPECT_EQ(pText(std::nullopt), "not defined");
}
