#include <gtest/gtest.h>

#include <stdexcept>

#include "Bench.hpp"
#include "rules/OwnRules.hpp"

namespace winnow::duplicates::test {
namespace {

/// Two records that no rule of ours joins: the journal and the place are missing, the year is three apart.
const FieldList kLate = {{"issued.year", "2017"}, {"container.title", ""}, {"volume", ""}, {"issue", ""}, {"page", ""}};

TEST(OwnRules, joinWhereEveryDemandIsMet) {
  EXPECT_NE(answer(article(), article(kLate)).substr(0, 5), "merge");
  EXPECT_EQ(answer(article(), article(kLate),
                   {{"rules.late", "title 0.95"}, {"rules.late", "first author"}, {"rules.late", "year 3"}}),
            "merge rule.late");
  EXPECT_NE(answer(article(), article(kLate), {{"rules.late", "title 0.95"}, {"rules.late", "year 2"}}).substr(0, 5),
            "merge");
}

TEST(OwnRules, aMissingFieldMeetsNoDemand) {
  EXPECT_NE(answer(article(), article(kLate), {{"rules.place", "title 0.95"}, {"rules.place", "volume"}}).substr(0, 5),
            "merge");
}

TEST(OwnRules, mayAskInsteadOfJoining) {
  EXPECT_EQ(answer(article(), article(kLate),
                   {{"rules.late", "title 0.95"}, {"rules.late", "year 3"}, {"rules.late", "ask"}}),
            "maybe rule.late");
}

TEST(OwnRules, neverOverrideAVeto) {
  const FieldList erratum = {{"title", "Erratum: Sleep quality and memory consolidation in retired shift workers"},
                             {"page", "301"}};
  EXPECT_NE(answer(article(), article(erratum), {{"rules.loose", "title 0.5"}}).substr(0, 5), "merge");
}

TEST(OwnRules, aWordThatIsNoDemandIsRefusedByName) {
  EXPECT_THROW(readRule("mine", {"titel 0.9"}), std::invalid_argument);
  EXPECT_THROW(readRule("mine", {"title 2"}), std::invalid_argument);
  EXPECT_THROW(readRule("mine", {"ask"}), std::invalid_argument);
  try {
    readRule("mine", {"year x"});
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "rule 'mine': 'year x' needs a number from 0.0 to 10");
  }
}

}  // namespace
}  // namespace winnow::duplicates::test
