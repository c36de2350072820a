// Every figure of `winnow agreement`, with its interval, against a published table or against its definition computed
// another way.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>

#include "Agreement.hpp"

using namespace winnow::agreement;

namespace {

Table tableWith(std::vector<std::vector<std::uint64_t>> counts) {
  Table t;
  for (std::size_t i = 0; i < counts.size(); ++i) t.categories.push_back("c" + std::to_string(i));
  t.counts = std::move(counts);
  return t;
}

/// J. L. Fleiss, Statistical Methods for Rates and Proportions, 2nd edition (1981), table 13.1: 100 patients, two
/// raters, psychosis, neurosis, organic.
Table fleiss() { return tableWith({{75, 1, 4}, {5, 4, 1}, {0, 0, 10}}); }
/// A. R. Feinstein and D. V. Cicchetti, Journal of Clinical Epidemiology 43 (1990), and T. Byrt and others, 46 (1993).
Table balanced() { return tableWith({{40, 9}, {6, 45}}); }
Table skewed() { return tableWith({{80, 10}, {5, 5}}); }
/// K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008): kappa and AC1 of a rare trait.
Table rare() { return tableWith({{118, 5}, {2, 0}}); }

std::vector<Table> all() {
  return {fleiss(),
          balanced(),
          skewed(),
          rare(),
          tableWith({{5, 1, 2}, {3, 4, 1}, {1, 1, 9}}),
          tableWith({{12, 3}, {9, 30}})};
}

using Shares = std::vector<std::vector<double>>;

Shares sharesOf(const Table& table) {
  Shares p;
  for (const auto& row : table.counts) {
    p.emplace_back();
    for (const std::uint64_t count : row)
      p.back().push_back(static_cast<double>(count) / static_cast<double>(table.total()));
  }
  return p;
}

double rowSum(const Shares& p, std::size_t i) { return std::accumulate(p[i].begin(), p[i].end(), 0.0); }
double columnSum(const Shares& p, std::size_t j) {
  double sum = 0;
  for (const auto& row : p) sum += row[j];
  return sum;
}

/// Weighted kappa from weights of disagreement: 1 - observed / expected (J. Cohen, Psychological Bulletin 70, 1968).
double kappaOf(const Shares& p, const std::function<double(std::size_t, std::size_t)>& disagreement) {
  double observed = 0, expected = 0;
  for (std::size_t i = 0; i < p.size(); ++i)
    for (std::size_t j = 0; j < p.size(); ++j) {
      observed += disagreement(i, j) * p[i][j];
      expected += disagreement(i, j) * rowSum(p, i) * columnSum(p, j);
    }
  return 1 - observed / expected;
}
double plainKappa(const Shares& p) {
  return kappaOf(p, [](std::size_t i, std::size_t j) { return i == j ? 0.0 : 1.0; });
}
double ac1Of(const Shares& p) {
  double po = 0, pe = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double mean = (rowSum(p, i) + columnSum(p, i)) / 2;
    po += p[i][i];
    pe += mean * (1 - mean) / (static_cast<double>(p.size()) - 1);
  }
  return (po - pe) / (1 - pe);
}

/// Standard error of a figure of multinomial shares by the delta method, its derivatives taken numerically.
double deltaError(const Shares& p, std::uint64_t n, const std::function<double(const Shares&)>& figure) {
  constexpr double kStep = 1e-6;
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < p.size(); ++i)
    for (std::size_t j = 0; j < p.size(); ++j) {
      Shares up = p, down = p;
      up[i][j] += kStep;
      down[i][j] -= kStep;
      // A share that grows takes from all others in proportion.
      for (Shares* s : {&up, &down}) {
        double sum = 0;
        for (const auto& row : *s) sum += std::accumulate(row.begin(), row.end(), 0.0);
        for (auto& row : *s)
          for (double& share : row) share /= sum;
      }
      const double slope = (figure(up) - figure(down)) / (2 * kStep);
      mean += p[i][j] * slope;
      squares += p[i][j] * slope * slope;
    }
  return std::sqrt((squares - mean * mean) / static_cast<double>(n));
}

/// `agreed` of `n` pairs agree.
Agreement agreeing(std::uint64_t agreed, std::uint64_t n) {
  return agreementOf(tableWith({{agreed, n - agreed}, {0, 0}}));
}

void expectInterval(const Interval& interval, double low, double high, double tolerance) {
  ASSERT_TRUE(interval.has_value());
  EXPECT_NEAR(interval->first, low, tolerance);
  EXPECT_NEAR(interval->second, high, tolerance);
}

}  // namespace

// R. G. Newcombe, Statistics in Medicine 17 (1998), table I: methods 3 (score) and 5 ("exact").
TEST(AgreementFigures, IntervalsOfTheShareAgreed) {
  expectInterval(agreeing(81, 263).wilson, 0.2553, 0.3662, 5e-5);
  expectInterval(agreeing(81, 263).clopperPearson, 0.2527, 0.3676, 5e-5);
  expectInterval(agreeing(15, 148).wilson, 0.0624, 0.1605, 5e-5);
  expectInterval(agreeing(15, 148).clopperPearson, 0.0578, 0.1617, 5e-5);
  expectInterval(agreeing(0, 20).wilson, 0, 0.1611, 5e-5);
  expectInterval(agreeing(0, 20).clopperPearson, 0, 0.1684, 5e-5);
  expectInterval(agreeing(1, 29).wilson, 0.0061, 0.1718, 5e-5);
  expectInterval(agreeing(1, 29).clopperPearson, 0.0009, 0.1776, 5e-5);
  EXPECT_DOUBLE_EQ(agreeing(20, 20).clopperPearson->second, 1);
}

// Fleiss 1981, section 13.1: kappa 0.68, its standard error 0.087, under no agreement 0.076, interval 0.51 to 0.85. The
// book goes on with figures rounded to two places (kappa is 0.676, its error 0.0877), hence one unit of the last place.
TEST(AgreementFigures, KappaWithBothErrorsAndItsInterval) {
  const Agreement a = agreementOf(fleiss());
  EXPECT_EQ(a.n, 100u);
  EXPECT_NEAR(*a.percentAgreement, 0.89, 1e-12);
  EXPECT_NEAR(*a.expected, 0.66, 1e-12);
  EXPECT_NEAR(*a.kappa, 0.68, 5e-3);
  EXPECT_NEAR(*a.kappaSe, 0.087, 1e-3);
  EXPECT_NEAR(*a.kappaSe0, 0.076, 1e-3);
  expectInterval(a.kappaWald, 0.51, 0.85, 1e-2);
}

TEST(AgreementFigures, ErrorsAreThoseOfTheDeltaMethod) {
  for (const Table& table : all()) {
    const Agreement a = agreementOf(table);
    const Shares p = sharesOf(table);
    EXPECT_NEAR(*a.kappa, plainKappa(p), 1e-12);
    EXPECT_NEAR(*a.kappaSe, deltaError(p, a.n, plainKappa), 1e-7);
    EXPECT_NEAR(*a.ac1, ac1Of(p), 1e-12);
    EXPECT_NEAR(*a.ac1Se, deltaError(p, a.n, ac1Of), 1e-7);
  }
}

TEST(AgreementFigures, TheIntervalOfKappaIsClipped) {
  const Agreement a = agreementOf(tableWith({{9, 1}, {0, 2}}));
  EXPECT_EQ(a.kappaWald->second, 1);
  EXPECT_NEAR(a.kappaWald->first, *a.kappa - 1.959963984540054 * *a.kappaSe, 1e-12);
}

// Cohen 1960: the greatest kappa that the margins allow.
TEST(AgreementFigures, GreatestKappa) {
  EXPECT_NEAR(*agreementOf(balanced()).kappaMax, (0.49 * 0 + 0.46 + 0.51 - 0.5008) / (1 - 0.5008), 1e-12);
  EXPECT_NEAR(*agreementOf(tableWith({{30, 0}, {0, 20}})).kappaMax, 1, 1e-12);
}

// Cohen 1968. Linear and quadratic weights are told apart by a table whose disagreements lie two categories apart.
TEST(AgreementFigures, WeightedKappas) {
  for (const Table& table : all()) {
    const auto distance = [](std::size_t i, std::size_t j) {
      return std::abs(static_cast<double>(i) - static_cast<double>(j));
    };
    const Agreement a = agreementOf(table);
    EXPECT_NEAR(*a.weightedLinear, kappaOf(sharesOf(table), distance), 1e-12);
    EXPECT_NEAR(*a.weightedQuadratic,
                kappaOf(sharesOf(table), [&](std::size_t i, std::size_t j) { return distance(i, j) * distance(i, j); }),
                1e-12);
  }
  const Agreement far = agreementOf(tableWith({{10, 0, 5}, {0, 10, 0}, {5, 0, 10}}));
  EXPECT_NEAR(*far.weightedLinear, 1 - 0.5 / 0.9375, 1e-12);  // distances: observed 10/40 x 2
  EXPECT_NEAR(*far.weightedQuadratic, 1 - 1.0 / 1.5, 1e-12);  // squares: observed 10/40 x 4
}

// Bennett, Alpert and Goldstein 1954.
TEST(AgreementFigures, BennettsS) {
  const Agreement a = agreementOf(fleiss());
  EXPECT_NEAR(*a.bennettS, (0.89 - 1 / 3.0) / (2 / 3.0), 1e-12);
  EXPECT_NEAR(*a.bennettSe, std::sqrt(0.89 * 0.11 / 100) / (2 / 3.0), 1e-12);
}

// K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections B and C: 0.095 and 0.692.
TEST(AgreementFigures, KrippendorffsAlpha) {
  const Agreement binary = agreementOf(tableWith({{5, 3}, {1, 1}}));
  EXPECT_NEAR(*binary.krippendorffAlpha, 0.095, 5e-4);
  //                                a  b  c  d  e   (Ben in rows, Gerry in columns)
  const Agreement nominal =
      agreementOf(tableWith({{1, 1, 0, 1, 0}, {0, 2, 0, 0, 0}, {0, 0, 3, 0, 0}, {0, 1, 0, 2, 0}, {0, 0, 0, 0, 1}}));
  EXPECT_NEAR(*nominal.krippendorffAlpha, 0.692, 5e-4);
}

// Scott 1955; alpha is pi with the correction for small samples, 1 - alpha = (1 - pi)(2n - 1)/2n.
TEST(AgreementFigures, ScottsPi) {
  for (const Table& table : all()) {
    const Agreement a = agreementOf(table);
    const double n = static_cast<double>(a.n);
    EXPECT_NEAR(1 - *a.krippendorffAlpha, (1 - *a.scottPi) * (2 * n - 1) / (2 * n), 1e-12);
  }
  // Both margins of `balanced` together: 95 of 200 and 105 of 200.
  const double pe = 0.475 * 0.475 + 0.525 * 0.525;
  EXPECT_NEAR(*agreementOf(balanced()).scottPi, (0.85 - pe) / (1 - pe), 1e-12);
}

TEST(AgreementFigures, Ac1WithItsInterval) {
  const Agreement a = agreementOf(rare());
  EXPECT_NEAR(*a.kappa, -0.0234, 5e-5);
  EXPECT_NEAR(*a.ac1, 0.9408, 5e-5);
  const double mean = (123 + 120) / 250.0;
  EXPECT_NEAR(*a.ac1Expected, 2 * mean * (1 - mean), 1e-12);
  const double t = 1.979280;  // Student's t, 0.975, 124 degrees of freedom
  expectInterval(a.ac1T, *a.ac1 - t * *a.ac1Se, *a.ac1 + t * *a.ac1Se, 1e-7);
  EXPECT_NEAR(*agreementOf(skewed()).ac1, 0.8080, 5e-5);
}

// Byrt and others 1993; D. V. Cicchetti and A. R. Feinstein 1990 for the positive and the negative agreement.
TEST(AgreementFigures, PrevalenceBiasAndBothAgreements) {
  const Agreement a = agreementOf(balanced()), b = agreementOf(skewed());
  EXPECT_TRUE(a.isTwoByTwo);
  EXPECT_NEAR(*a.kappa, 0.70, 5e-3);
  EXPECT_NEAR(*b.kappa, 0.32, 5e-3);
  EXPECT_NEAR(*a.pabak, 0.70, 1e-12);
  EXPECT_NEAR(*b.pabak, 0.70, 1e-12);
  EXPECT_NEAR(*a.prevalence, -0.05, 1e-12);
  EXPECT_NEAR(*b.prevalence, 0.75, 1e-12);
  EXPECT_NEAR(*a.bias, 0.03, 1e-12);
  EXPECT_NEAR(*b.bias, 0.05, 1e-12);
  EXPECT_NEAR(*a.positive, 0.84, 5e-3);
  EXPECT_NEAR(*a.negative, 0.86, 5e-3);
  EXPECT_NEAR(*b.positive, 0.91, 5e-3);
  EXPECT_NEAR(*b.negative, 0.40, 5e-3);
  EXPECT_FALSE(agreementOf(fleiss()).isTwoByTwo);
}

// A. Agresti, Categorical Data Analysis, table 10.1: approval of the prime minister, chi squared 17.36. The exact p of
// 3 against 10 is binom.test(3, 13) of R.
TEST(AgreementFigures, McNemar) {
  const Agreement a = agreementOf(tableWith({{794, 150}, {86, 570}}));
  EXPECT_NEAR(*a.mcnemar, 17.36, 5e-3);
  EXPECT_NEAR(*a.mcnemarExact, 3.71593613957e-05, 1e-15);
  EXPECT_NEAR(*agreementOf(tableWith({{20, 10}, {3, 20}})).mcnemarExact, 0.09228515625, 1e-12);
  const Agreement none = agreementOf(tableWith({{20, 0}, {0, 20}}));
  EXPECT_FALSE(none.mcnemar.has_value());
  EXPECT_EQ(none.mcnemarExact, 1);
}
