#include <gtest/gtest.h>

#include <set>

#include "Bench.hpp"

namespace winnow::duplicates::test {
namespace {

TEST(Options, strictNeedsIdentifiersOrThePlace) {
  const SettingList strict = {{"profile", "strict"}};
  EXPECT_EQ(answer(article(), article({{"issue", ""}}), strict), "merge duplicates.title-and-place");
  EXPECT_NE(answer(article(), article({{"page", ""}}), strict).substr(0, 5), "merge");
  EXPECT_EQ(answer(article(), article({{"page", ""}})), "merge duplicates.title-and-journal");
}

TEST(Options, broadTakesSimilarTitles) {
  const FieldList likeOne = {
      {"title", "Sleep quality and memory consolidation in shift workers"}, {"page", ""}, {"issue", ""}};
  EXPECT_EQ(answer(article(), article(likeOne), {{"profile", "broad"}}), "merge duplicates.similar");
  EXPECT_NE(answer(article(), article(likeOne)).substr(0, 5), "merge");
  FieldList twoOfThree = likeOne;
  for (const char* author : {"Hollis, Mara J", "Brandt, Tobias", "Fern, Ada"})
    twoOfThree.push_back({"author.literal", author});
  EXPECT_NE(answer(article(), article(twoOfThree), {{"profile", "broad"}}).substr(0, 5), "merge")
      << "three quarters of the authors at least";
}

TEST(Options, versionsMayBeMerged) {
  const FieldList preprint = {
      {"container.title", "medRxiv"}, {"volume", ""}, {"issue", ""}, {"page", ""}, {"issued.year", "2012"}};
  EXPECT_EQ(answer(article(), article(preprint)).substr(0, 5), "maybe");
  EXPECT_EQ(answer(article(), article(preprint), {{"versions", "merge"}}), "merge duplicates.versions");
  const FieldList two = {{"id.doi", "10.1002/14651858.CD1.pub2"}}, three = {{"id.doi", "10.1002/14651858.CD1.pub3"}};
  EXPECT_EQ(answer(article(two), article(three), {{"versions", "merge"}}), "merge duplicates.versions");
}

TEST(Options, yearGapIsRespected) {
  const FieldList later = {{"issued.year", "2016"}, {"issue", ""}, {"page", ""}};
  EXPECT_NE(answer(article(), article(later)).substr(0, 5), "merge");
  EXPECT_EQ(answer(article(), article(later), {{"year_gap", "2"}}), "merge duplicates.title-and-journal");
}

TEST(Options, rulesCanBeSwitchedOff) {
  EXPECT_EQ(answer(article(), article({{"issue", ""}}), {{"off", "duplicates.title-and-place"}}),
            "merge duplicates.title-and-journal");
  const FieldList erratum = {{"title", "Erratum: Sleep quality and memory consolidation in retired shift workers"}};
  EXPECT_EQ(answer(article(), article(erratum), {{"off", "duplicates.other-notice"}}),
            "merge duplicates.title-and-place");
}

TEST(Options, anUnknownRuleIsAnError) {
  testing::MockHost host;
  try {
    host.match(stage(), {}, {{"off", "duplicates.title-and-palce"}});
    FAIL() << "no error";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "'off' names \"duplicates.title-and-palce\", which is no rule of filters.duplicates");
  }
}

TEST(Options, reasonsAreNamedOnce) {
  std::set<std::string> codes;
  for (std::size_t i = 0; i < stage()->reason_count; ++i) {
    EXPECT_TRUE(codes.insert(std::string(view(stage()->reasons[i].code))).second);
    EXPECT_FALSE(view(stage()->reasons[i].label).empty());
  }
  EXPECT_EQ(codes.size(), std::size_t{kRuleCount});
}

}  // namespace
}  // namespace winnow::duplicates::test
