#include <gtest/gtest.h>

#include "Appendix.hpp"

namespace winnow::appendix {
namespace {

Search example() {
  Search search;
  search.file = "strategy.ovid";
  search.text = "1. peer.ti.\n2. care.ti.\n3. 1 and \n4. ti,ab.\n";
  search.repairs = {{"3", "1 and 2"}, {"4", "open"}, {"9", "x.ti."}};
  search.sources = {
      {"database", "MEDLINE", "Ovid", "first", "2020-08-31", "", 10, std::nullopt, 9},
      {"database", "Scopus", "scopus", "first", "2020-08-31", "", 20, 5, 5},
      {"database", "Oria", "Oria", "first", "2020-08-31", "", std::nullopt, std::nullopt, 1},
      {"database", "CINAHL", "EBSCOhost", "first", "2020-08-31", "TI peer", std::nullopt, std::nullopt, 1}};
  return search;
}

TEST(SearchAppendix, repairsAreAppliedAndReported) {
  const Appendix appendix = appendixOf(example());
  ASSERT_EQ(appendix.strategy.size(), 4u);
  EXPECT_EQ(appendix.strategy[2].printed, "3. 1 and ");
  EXPECT_EQ(appendix.strategy[2].repaired, "1 and 2");
  EXPECT_EQ(appendix.strategy[2].problem, "");
  EXPECT_EQ(appendix.strategy[3].repaired, "open");
  EXPECT_NE(appendix.strategy[3].problem.find("OVID-E05"), std::string::npos);
  EXPECT_EQ(appendix.unknownRepairs, std::vector<std::string>{"9"});
}

TEST(SearchAppendix, everySourceSaysHowItWasSearched) {
  const Appendix appendix = appendixOf(example());
  ASSERT_EQ(appendix.how.size(), 4u);
  EXPECT_EQ(appendix.how[0], "as printed, with the repairs");
  EXPECT_EQ(appendix.how[1], "not stated; translated by Winnow: 3 superset, 1 none");
  EXPECT_EQ(appendix.how[2], "not stated; no table for this platform");
  EXPECT_EQ(appendix.how[3], "the query stated");
  ASSERT_EQ(appendix.platforms.size(), 1u);
  EXPECT_EQ(appendix.platforms[0].lines[2].text, "#1 AND #2");
}

TEST(SearchAppendix, aDamagedDocumentIsRefusedWithWhatIsWrong) {
  EXPECT_THROW(readSearch("{}"), std::runtime_error);
  EXPECT_THROW(readSearch("[1"), std::runtime_error);
  try {
    readSearch(R"({"format":"winnow-search/1","strategy":null,"repairs":[{"line":3}],"sources":[]})");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "document \"search\" is not as its format says: \"line\" is no text");
  }
}

}  // namespace
}  // namespace winnow::appendix
