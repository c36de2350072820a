#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "Analysis.hpp"
#include "Published.hpp"

using namespace winnow::meta;

namespace {

const Method kAll[] = {Method::EE, Method::DL, Method::HE, Method::HS,  Method::SJ,
                       Method::PM, Method::EB, Method::ML, Method::REML};

std::vector<Effect> invented(std::mt19937& random, int k) {
  std::normal_distribution<> normal(0, 1);
  std::uniform_real_distribution<> variance(0.01, 0.5);
  std::vector<Effect> effects;
  for (int i = 0; i < k; ++i) {
    Effect e;
    e.study = "s" + std::to_string(i);
    e.v = variance(random);
    e.y = 0.3 + normal(random) * std::sqrt(e.v + 0.2);
    effects.push_back(e);
  }
  return effects;
}

}  // namespace

// W. Viechtbauer, Conducting meta-analyses in R with the metafor package, Journal of Statistical Software 36(3), 2010,
// section 3.2: the random-effects model of the BCG trials and the intervals of its heterogeneity.
TEST(Fit, BcgByRestrictedMaximumLikelihood) {
  const Model model = modelOf(bcg().effects());
  const Fit reml = fit(model, Method::REML, Inference::Normal);
  EXPECT_NEAR(reml.pooled().estimate, -0.7145, 5e-5);
  EXPECT_NEAR(*reml.pooled().se, 0.1798, 5e-5);
  EXPECT_NEAR(*reml.pooled().statistic, -3.9744, 5e-5);
  EXPECT_NEAR(reml.pooled().interval->first, -1.0669, 5e-5);
  EXPECT_NEAR(reml.pooled().interval->second, -0.3622, 5e-5);
  EXPECT_NEAR(*reml.tau2, 0.3132, 5e-5);
  EXPECT_NEAR(*reml.i2, 92.22, 5e-3);
  EXPECT_NEAR(*reml.h2, 12.86, 5e-3);
  EXPECT_NEAR(reml.q, 152.2330, 5e-5);
  EXPECT_EQ(reml.qDegrees, 12);
  EXPECT_LT(*reml.qP, 1e-25);
  const auto interval = tau2Interval(model, 0.95);
  EXPECT_NEAR(interval->first, 0.1197, 5e-5);
  EXPECT_NEAR(interval->second, 1.1115, 5e-5);
  const Analysis analysis = analyse(bcg().effects(), {Measure::RR, Method::REML, Inference::Normal, true});
  EXPECT_NEAR(analysis.extras->i2->first, 81.92, 5e-3);
  EXPECT_NEAR(analysis.extras->i2->second, 97.68, 5e-3);
}

// The same paper, section 3.3: mixed-effects model with absolute latitude and year of publication.
TEST(Fit, BcgByLatitudeAndYear) {
  const EffectTable table = bcg();
  Model model = modelOf(table.effects());
  model.x = table.design({"latitude", "year"}).x;
  const Fit mixed = fit(model, Method::REML, Inference::Normal);
  EXPECT_NEAR(mixed.coefficients[0].estimate, -3.5455, 1e-3);  // the paper's tau2 is converged to 1e-5 only
  EXPECT_NEAR(*mixed.coefficients[0].se, 29.0959, 2e-3);
  EXPECT_NEAR(mixed.coefficients[1].estimate, -0.0280, 5e-5);
  EXPECT_NEAR(*mixed.coefficients[1].se, 0.0102, 5e-5);
  EXPECT_NEAR(mixed.coefficients[2].estimate, 0.0019, 5e-5);
  EXPECT_NEAR(*mixed.coefficients[2].se, 0.0147, 5e-5);
  EXPECT_NEAR(*mixed.tau2, 0.1108, 5e-5);
  EXPECT_NEAR(*mixed.qModerators, 12.2043, 2e-3);
  EXPECT_NEAR(*mixed.pModerators, 0.0022, 5e-5);
  EXPECT_NEAR(mixed.q, 28.3251, 5e-5);
}

// Equal effects and DerSimonian-Laird of the same trials: Colditz 1994 and Berkey 1995 report a risk ratio of 0.49
// [0.34, 0.70] by DerSimonian and Laird.
TEST(Fit, BcgByDerSimonianAndLaird) {
  const Fit dl = fit(modelOf(bcg().effects()), Method::DL, Inference::Normal);
  EXPECT_NEAR(std::exp(dl.pooled().estimate), 0.49, 5e-3);
  EXPECT_NEAR(std::exp(dl.pooled().interval->first), 0.34, 5e-3);
  EXPECT_NEAR(std::exp(dl.pooled().interval->second), 0.70, 5e-3);
}

TEST(Fit, TwoStudiesByHand) {
  Effect a, b;
  a.y = 0;
  a.v = 1;
  b.y = 3;
  b.v = 2;
  const Model model = modelOf({a, b});
  const Fit equal = fit(model, Method::EE, Inference::Normal), dl = fit(model, Method::DL, Inference::Normal);
  EXPECT_DOUBLE_EQ(equal.pooled().estimate, 1);
  EXPECT_DOUBLE_EQ(*equal.pooled().se, std::sqrt(2 / 3.));
  EXPECT_DOUBLE_EQ(equal.q, 3);
  EXPECT_NEAR(*equal.i2, 100 * 2 / 3., 1e-12);
  // tau2 = (Q - 1) / (1.5 - 1.25 / 1.5) = 3; weights 1/4 and 1/5
  EXPECT_NEAR(*dl.tau2, 3, 1e-12);
  EXPECT_NEAR(dl.pooled().estimate, 3 * (1 / 5.) / (1 / 4. + 1 / 5.), 1e-12);
  EXPECT_FALSE(dl.predictionT.has_value());
  // Two studies: every unweighted and likelihood estimator of y = 0, 3 gives (9/2 - 1.5) = 3.
  for (const Method method : {Method::HE, Method::PM, Method::REML})
    EXPECT_NEAR(*fit(model, method, Inference::Normal).tau2, 3, 1e-9);
}

TEST(Fit, KnappAndHartung) {
  const Fit fitted = fit(modelOf(bcg().effects()), Method::REML, Inference::KnappHartung);
  EXPECT_NEAR(fitted.pooled().interval->first, -1.10844, 5e-6);
  EXPECT_NEAR(fitted.pooled().interval->second, -0.32062, 5e-6);
  EXPECT_FALSE(fitted.isNarrowed);
}

// Effects that vary a little less than chance shrink the standard error, but t of two degrees of freedom is wider.
TEST(Fit, NarrowIsTheIntervalNotTheError) {
  const auto effects = [](double apart) {
    return EffectTable("yi,vi\n0,1\n" + std::to_string(apart) + ",1\n" + std::to_string(-apart) + ",1\n", Measure::GEN,
                       {}, "")
        .effects();
  };
  EXPECT_FALSE(fit(modelOf(effects(0.9)), Method::REML, Inference::KnappHartung).isNarrowed);
  EXPECT_TRUE(fit(modelOf(effects(0.1)), Method::REML, Inference::KnappHartung).isNarrowed);
}

TEST(Fit, DegenerateSetsAreAnsweredWithNothingInvented) {
  Effect e;
  e.y = 0.3;
  e.v = 0.04;
  const Fit alone = fit(modelOf({e}), Method::REML, Inference::Normal);
  EXPECT_DOUBLE_EQ(alone.pooled().estimate, 0.3);
  EXPECT_DOUBLE_EQ(*alone.pooled().se, 0.2);
  for (const Figure& undefined : {alone.tau2, alone.i2, alone.h2, alone.qP}) EXPECT_FALSE(undefined.has_value());
  const Fit equal = fit(modelOf({e, e, e}), Method::REML, Inference::KnappHartung);
  EXPECT_DOUBLE_EQ(equal.pooled().estimate, 0.3);
  EXPECT_DOUBLE_EQ(*equal.tau2, 0);
  EXPECT_FALSE(equal.pooled().interval.has_value());
  for (const Method method : kAll) EXPECT_NEAR(*fit(modelOf({e, e, e}), method, Inference::Normal).tau2, 0, 1e-15);
}

TEST(Fit, RefusesWhatCannotBeDetermined) {
  Model model = modelOf(bcg().effects());
  model.x = Eigen::MatrixXd::Ones(13, 3);
  EXPECT_THROW(fit(model, Method::REML, Inference::Normal), std::invalid_argument);
  model.x = Eigen::MatrixXd::Random(13, 13);
  EXPECT_THROW(fit(model, Method::REML, Inference::Normal), std::invalid_argument);
}

// Another unit, another zero, another order: the same result.
TEST(Fit, DoesNotHangOnUnitOriginOrOrder) {
  std::mt19937 random(3);
  for (int i = 0; i < 40; ++i) {
    const std::vector<Effect> effects = invented(random, 3 + i % 9);
    std::vector<Effect> changed(effects.rbegin(), effects.rend());
    for (Effect& e : changed) {
      e.y = 10 * e.y + 7;
      e.v *= 100;
    }
    for (const Method method : kAll)
      for (const Inference test : {Inference::Normal, Inference::KnappHartung}) {
        const Fit here = fit(modelOf(effects), method, test), there = fit(modelOf(changed), method, test);
        EXPECT_NEAR(there.pooled().estimate, 10 * here.pooled().estimate + 7, 1e-7);
        EXPECT_NEAR(*there.pooled().se, 10 * *here.pooled().se, 1e-7);
        EXPECT_NEAR(*there.tau2, 100 * *here.tau2, 1e-6);
        EXPECT_NEAR(*there.i2, *here.i2, 1e-6);
      }
  }
}

TEST(Fit, EstimatorsSolveTheirEquations) {
  std::mt19937 random(8);
  for (int i = 0; i < 60; ++i) {
    const Model model = modelOf(invented(random, 4 + i % 10));
    const double pm = estimateTau2(model, Method::PM).value;
    if (pm > 0) {
      EXPECT_NEAR(Weighting(model, pm).residualSum(), model.degrees(), 1e-9);
    }
    EXPECT_DOUBLE_EQ(pm, estimateTau2(model, Method::EB).value);
    for (const Method method : {Method::ML, Method::REML}) {
      const bool isRestricted = method == Method::REML;
      const double best = estimateTau2(model, method).value, top = Weighting(model, best).logLikelihood(isRestricted);
      for (double other = 0; other < 3; other += 0.01)
        ASSERT_LE(Weighting(model, other).logLikelihood(isRestricted), top + 1e-10) << other;
    }
  }
}

// A likelihood with two maxima (found among invented tables): the higher one counts, the other is named.
TEST(Fit, OfTwoMaximaTheHigher) {
  const std::vector<Effect> effects =
      EffectTable("ai,n1i,ci,n2i\n37,154,79,262\n135,158,99,114\n0,176,0,32\n13,31,39,136\n", Measure::RR, {}, "")
          .effects();
  const Tau2 tau2 = estimateTau2(modelOf(effects), Method::REML);
  EXPECT_NEAR(tau2.value, 0.005455246, 1e-8);
  EXPECT_THAT(tau2.otherMaxima, ::testing::ElementsAre(0.0));
}

TEST(TwoByTwo, UgdpAsPublished) {
  const auto rr = mantelHaenszel(ugdp(Measure::RR), Measure::RR), odds = mantelHaenszel(ugdp(Measure::OR), Measure::OR),
             rd = mantelHaenszel(ugdp(Measure::RD), Measure::RD);
  EXPECT_NEAR(std::exp(rr->estimate), 1.33, 5e-3);
  EXPECT_NEAR(std::exp(rr->interval.first), 0.80, 5e-3);
  EXPECT_NEAR(std::exp(rr->interval.second), 2.20, 5e-3);
  EXPECT_NEAR(std::exp(odds->estimate), 1.40, 5e-3);
  EXPECT_NEAR(std::exp(odds->interval.first), 0.76, 5e-3);
  EXPECT_NEAR(std::exp(odds->interval.second), 2.58, 5e-3);
  EXPECT_NEAR(rd->estimate, 0.035, 5e-4);
  EXPECT_NEAR(rd->interval.first, -0.028, 5e-4);
  EXPECT_NEAR(rd->interval.second, 0.097, 5e-4);
}

// Peto's method on the same tables, by hand: O - E = 8 - 106*13/226 + 22 - 98*38/183.
TEST(TwoByTwo, PetoByHand) {
  const double excess = 8 - 106 * 13 / 226. + 22 - 98 * 38 / 183.;
  const double variance = 13. * 213 * 106 * 120 / (226. * 226 * 225) + 38. * 145 * 98 * 85 / (183. * 183 * 182);
  const auto pool = peto(ugdp(Measure::OR), Measure::OR);
  EXPECT_NEAR(pool->estimate, excess / variance, 1e-12);
  EXPECT_NEAR(pool->se, 1 / std::sqrt(variance), 1e-12);
  EXPECT_FALSE(peto(ugdp(Measure::RR), Measure::RR).has_value());
}

TEST(TwoByTwo, OneSidedTablesSayNothing) {
  const std::string table = "ai,n1i,ci,n2i\n3,20,6,20\n5,30,4,30\n";
  const auto plain = EffectTable(table, Measure::OR, {}, "").effects(),
             more = EffectTable(table + "0,15,0,17\n9,9,8,8\n", Measure::OR, {}, "").effects();
  EXPECT_DOUBLE_EQ(mantelHaenszel(plain, Measure::OR)->estimate, mantelHaenszel(more, Measure::OR)->estimate);
  EXPECT_DOUBLE_EQ(peto(plain, Measure::OR)->estimate, peto(more, Measure::OR)->estimate);
  EXPECT_EQ(mantelHaenszel(more, Measure::OR)->k, 2u);
  EXPECT_FALSE(mantelHaenszel(EffectTable("ai,n1i,ci,n2i\n0,15,0,17\n", Measure::OR, {}, "").effects(), Measure::OR));
}

// No event in two groups of 40 is a difference of zero with weight 20, and halves one of 0.1 with weight 20.
TEST(TwoByTwo, OneSidedTablesArePartOfARiskDifference) {
  const std::string table = "ai,n1i,ci,n2i\n6,40,2,40\n";
  const auto one = EffectTable(table, Measure::RD, {}, "").effects(),
             two = EffectTable(table + "0,40,0,40\n", Measure::RD, {}, "").effects(),
             three = EffectTable(table + "40,40,40,40\n", Measure::RD, {}, "").effects();
  EXPECT_NEAR(mantelHaenszel(one, Measure::RD)->estimate, 0.1, 1e-12);
  EXPECT_NEAR(mantelHaenszel(two, Measure::RD)->estimate, 0.05, 1e-12);
  EXPECT_NEAR(mantelHaenszel(three, Measure::RD)->estimate, 0.05, 1e-12);
  EXPECT_EQ(mantelHaenszel(two, Measure::RD)->k, 2u);
}

// Where everybody had the event, the risk ratio is one; where nobody had it, there is none.
TEST(TwoByTwo, OnlyEventsArePartOfARiskRatio) {
  const std::string table = "ai,n1i,ci,n2i\n6,40,2,40\n";
  const auto all = EffectTable(table + "40,40,40,40\n", Measure::RR, {}, "").effects(),
             none = EffectTable(table + "0,40,0,40\n", Measure::RR, {}, "").effects();
  EXPECT_NEAR(mantelHaenszel(all, Measure::RR)->estimate, std::log((6 + 40) / (2. + 40)), 1e-12);
  EXPECT_NEAR(mantelHaenszel(none, Measure::RR)->estimate, std::log(3.), 1e-12);
  EXPECT_EQ(mantelHaenszel(none, Measure::RR)->k, 1u);
}
