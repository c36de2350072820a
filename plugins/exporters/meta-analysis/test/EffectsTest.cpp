#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "Published.hpp"

using namespace winnow::meta;
using ::testing::HasSubstr;

namespace {

Effect one(Measure measure, const std::string& heading, const std::string& row) {
  return EffectTable(heading + "\n" + row + "\n", measure, {}, "").effects().front();
}
std::string refusal(Measure measure, const std::string& csv, const ColumnNames& names = {}, const char* study = "") {
  try {
    EffectTable(csv, measure, names, study);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

const char* const kMeans = "m1i,sd1i,n1i,m2i,sd2i,n2i";

}  // namespace

TEST(Effects, RatiosAndDifferenceOfAFourfoldTable) {
  const Effect rr = one(Measure::RR, "ai,bi,ci,di", "10,40,20,30"),
               odds = one(Measure::OR, "ai,n1i,ci,n2i", "10,50,20,50"),
               rd = one(Measure::RD, "ai,bi,ci,n2i", "10,40,20,50");
  EXPECT_DOUBLE_EQ(rr.y, std::log(0.2 / 0.4));
  EXPECT_DOUBLE_EQ(rr.v, 1 / 10. - 1 / 50. + 1 / 20. - 1 / 50.);
  EXPECT_DOUBLE_EQ(odds.y, std::log(10. * 30 / (40 * 20)));
  EXPECT_DOUBLE_EQ(odds.v, 1 / 10. + 1 / 40. + 1 / 20. + 1 / 30.);
  EXPECT_NEAR(rd.y, -0.2, 1e-15);
  EXPECT_NEAR(rd.v, 0.2 * 0.8 / 50 + 0.4 * 0.6 / 50, 1e-15);
}

TEST(Effects, OnlyAStudyWithAZeroCellIsCorrected) {
  const std::vector<Effect> effects =
      EffectTable("ai,n1i,ci,n2i\n0,20,4,20\n2,20,4,20\n", Measure::OR, {}, "").effects();
  EXPECT_TRUE(effects[0].isCorrected);
  EXPECT_FALSE(effects[1].isCorrected);
  EXPECT_DOUBLE_EQ(effects[0].y, std::log(0.5 * 16.5 / (20.5 * 4.5)));
  EXPECT_DOUBLE_EQ(effects[1].y, std::log(2. * 16 / (18 * 4)));
}

TEST(Effects, ExchangingTheGroupsTurnsTheSign) {
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    const auto cell = [&] { return std::to_string(random() % 30 + (i % 3 == 0 ? 0 : 1)); };
    const std::string a = cell(), b = std::to_string(random() % 30 + 1), c = cell(),
                      d = std::to_string(random() % 30 + 1);
    for (const Measure measure : {Measure::RR, Measure::OR, Measure::RD}) {
      const Effect here = one(measure, "ai,bi,ci,di", a + "," + b + "," + c + "," + d),
                   there = one(measure, "ai,bi,ci,di", c + "," + d + "," + a + "," + b);
      EXPECT_NEAR(here.y, -there.y, 1e-14);
      EXPECT_NEAR(here.v, there.v, 1e-14);
    }
  }
}

TEST(Effects, MeansOfTwoGroups) {
  const Effect md = one(Measure::MD, kMeans, "12,3,30,10,4,40"), rom = one(Measure::ROM, kMeans, "12,3,30,10,4,40");
  EXPECT_DOUBLE_EQ(md.y, 2);
  EXPECT_DOUBLE_EQ(md.v, 9 / 30. + 16 / 40.);
  EXPECT_DOUBLE_EQ(rom.y, std::log(1.2));
  EXPECT_DOUBLE_EQ(rom.v, 9 / (30. * 144) + 16 / (40. * 100));
}

// The exact correction; with ten degrees of freedom it is 0.9227 (L. V. Hedges, Journal of Educational Statistics 6,
// 1981, whose approximation 1 - 3 / (4 f - 1) gives 0.9231).
TEST(Effects, StandardisedMeanDifferenceIsCorrectedExactly) {
  const Effect smd = one(Measure::SMD, kMeans, "11,2,6,9,2,6");
  EXPECT_NEAR(smd.y, 0.92275, 5e-6);
  EXPECT_DOUBLE_EQ(smd.v, 1 / 6. + 1 / 6. + smd.y * smd.y / 24);
  EXPECT_NEAR(one(Measure::SMD, kMeans, "11,2,60000,9,2,60000").y, 1, 1e-5);  // no overflow of the gamma function
}

TEST(Effects, ProportionsAndCorrelations) {
  const Effect logit = one(Measure::PLO, "xi,ni", "8,40"), none = one(Measure::PLO, "xi,ni", "0,40"),
               tukey = one(Measure::PFT, "xi,ni", "8,40"), z = one(Measure::ZCOR, "ri,ni", "0.5,28");
  EXPECT_DOUBLE_EQ(logit.y, std::log(8 / 32.));
  EXPECT_DOUBLE_EQ(logit.v, 1 / 8. + 1 / 32.);
  EXPECT_TRUE(none.isCorrected);
  EXPECT_DOUBLE_EQ(none.y, std::log(0.5 / 40.5));
  EXPECT_DOUBLE_EQ(tukey.y, (std::asin(std::sqrt(8 / 41.)) + std::asin(std::sqrt(9 / 41.))) / 2);
  EXPECT_DOUBLE_EQ(tukey.v, 1 / 162.);
  EXPECT_NEAR(z.y, 0.549306, 1e-6);  // Fisher's table: r 0.50 is z 0.5493
  EXPECT_DOUBLE_EQ(z.v, 1 / 25.);
}

TEST(Effects, AGeneralEffectHasAVarianceOrAStandardError) {
  EXPECT_DOUBLE_EQ(one(Measure::GEN, "yi,vi", "0.2,0.09").v, 0.09);
  EXPECT_DOUBLE_EQ(one(Measure::GEN, "yi,sei", "0.2,0.3").v, 0.09);
}

TEST(Effects, AreShownOnTheScaleThatWasMeasured) {
  EXPECT_DOUBLE_EQ(shown(Scale::Ratio, std::log(0.5), 0), 0.5);
  EXPECT_DOUBLE_EQ(shown(Scale::Proportion, std::log(0.25), 0), 0.2);
  EXPECT_DOUBLE_EQ(shown(Scale::Correlation, std::atanh(0.5), 0), 0.5);
  for (const double n : {1.0, 7.0, 40.0, 1000.0})
    for (double x = 0; x <= n; x += std::max(1.0, n / 10)) {
      const double y = (std::asin(std::sqrt(x / (n + 1))) + std::asin(std::sqrt((x + 1) / (n + 1)))) / 2;
      EXPECT_NEAR(shown(Scale::FreemanTukey, y, n), x / n, 1e-7) << x << " of " << n;
    }
}

TEST(Effects, WhatIsImpossibleIsRefusedWithItsPlace) {
  EXPECT_THAT(refusal(Measure::GEN, "yi,vi\n0.1,0.2\n0.3,-1\n"), HasSubstr("row 3"));
  EXPECT_THAT(refusal(Measure::GEN, "yi,vi\n0.1,0.2\n0.3,-1\n"), HasSubstr("vi must be greater than 0"));
  EXPECT_THAT(refusal(Measure::GEN, "yi,vi\n0.1,x\n"), HasSubstr("row 2, column 2: 'x' is no number (vi)"));
  EXPECT_THAT(refusal(Measure::GEN, "yi;vi\n0,1;0,2\n"), HasSubstr("write decimals with a point"));
  EXPECT_THAT(refusal(Measure::GEN, "yi,vi\n0.1,\n"), HasSubstr("a number is missing"));
  EXPECT_THAT(refusal(Measure::GEN, "a,b\n1,2\n"), HasSubstr("no column 'yi'; the columns are: a, b"));
  EXPECT_THAT(refusal(Measure::GEN, "yi,vi\n"), HasSubstr("the table holds no study"));
  EXPECT_THAT(refusal(Measure::GEN, ""), HasSubstr("the table is empty"));
  EXPECT_THAT(refusal(Measure::RR, "ai,n1i,ci,n2i\n9,8,1,2\n"), HasSubstr("ai is larger than n1i"));
  EXPECT_THAT(refusal(Measure::RR, "ai,n1i,ci,n2i\n1.5,8,1,2\n"), HasSubstr("ai is no whole number"));
  EXPECT_THAT(refusal(Measure::RR, "ai,n1i,ci,n2i\n0,0,1,2\n"), HasSubstr("a group is empty"));
  EXPECT_THAT(refusal(Measure::MD, std::string(kMeans) + "\n1,0,5,1,1,5\n"), HasSubstr("sd1i must be greater than 0"));
  EXPECT_THAT(refusal(Measure::SMD, std::string(kMeans) + "\n1,1,1,1,1,2\n"), HasSubstr("four participants"));
  EXPECT_THAT(refusal(Measure::ROM, std::string(kMeans) + "\n-1,1,5,1,1,5\n"), HasSubstr("two means greater than 0"));
  EXPECT_THAT(refusal(Measure::PLO, "xi,ni\n3,2\n"), HasSubstr("xi is larger than ni"));
  EXPECT_THAT(refusal(Measure::ZCOR, "ri,ni\n1,20\n"), HasSubstr("between -1 and 1"));
  EXPECT_THAT(refusal(Measure::ZCOR, "ri,ni\n0.1,3\n"), HasSubstr("ni must be 4 or more"));
  EXPECT_THAT(refusal(Measure::GEN, "yi,vi\n1,1\n", {}, "trial"), HasSubstr("no column 'trial'"));
}

TEST(Effects, ColumnsMayHaveOtherNames) {
  const ColumnNames names = columnNames({"ai=dead", "n1i=all"}, Measure::RR);
  EXPECT_DOUBLE_EQ(EffectTable("dead,all,ci,n2i\n1,10,2,10\n", Measure::RR, names, "").effects()[0].y, std::log(0.5));
  EXPECT_THROW(columnNames({"dead"}, Measure::RR), std::invalid_argument);
  EXPECT_THROW(columnNames({"yi=dead"}, Measure::RR), std::invalid_argument);
}

TEST(EffectTable, ModeratorsBecomeColumns) {
  const EffectTable::Design design = bcg().design({"latitude", "allocation"});
  EXPECT_EQ(design.names,
            (std::vector<std::string>{"intercept", "latitude", "allocation=random", "allocation=systematic"}));
  EXPECT_DOUBLE_EQ(design.x(4, 1), 13);
  EXPECT_DOUBLE_EQ(design.x(4, 2), 0);
  EXPECT_DOUBLE_EQ(design.x(9, 3), 1);
}
