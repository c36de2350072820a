#include "config/parts/Values.hpp"

#include <gtest/gtest.h>

namespace winnow::config {

TEST(IsoDate, KnowsTheCalendar) {
  for (const char* date : {"2020", "2020-12", "2020-02-29", "2000-02-29", "2020-12-31"})
    EXPECT_TRUE(isIsoDate(date)) << date;
  for (const char* date : {"", "20", "2020-13", "2020-00", "2021-02-29", "1900-02-29", "2020-1-1", "2020-04-31",
                           "2020/04/30", "20-12-2020", "2020-12-15T00:00", "open"})
    EXPECT_FALSE(isIsoDate(date)) << date;
}

TEST(IsoDate, ComparesWhatBothState) {
  EXPECT_TRUE(isBefore("2020-08-31", "2020-12"));
  EXPECT_FALSE(isBefore("2020-12", "2020-12-15"));
  EXPECT_FALSE(isBefore("2020-12-15", "2020-12"));
  EXPECT_FALSE(isBefore("2021", "2020-12-31"));
}

TEST(ShareText, IsExactDecimalText) {
  EXPECT_EQ(shareText("all"), "all");
  EXPECT_EQ(shareText("100%"), "all");
  EXPECT_EQ(shareText("20%"), "0.2");
  EXPECT_EQ(shareText("12.5%"), "0.125");
  EXPECT_EQ(shareText("5%"), "0.05");
  EXPECT_EQ(shareText("0.5%"), "0.005");
  EXPECT_EQ(shareText("99.9%"), "0.999");
  EXPECT_EQ(shareText("0.20"), "0.2");
  EXPECT_EQ(shareText("33.333333333333333333%"), "0.33333333333333333333");
}

TEST(ShareText, RefusesWhatIsNoShare) {
  for (const char* text :
       {"", "%", "0%", "0", "0.0", "1", "1.0", "101%", "100.5%", "20", "-5%", "twenty", "20 %", ".5", "5.%", "1000%"})
    EXPECT_EQ(shareText(text), std::nullopt) << text;
}

TEST(Kebab, IsMadeOfALabel) {
  EXPECT_EQ(kebab("Title and abstract"), "title-and-abstract");
  EXPECT_EQ(kebab("  PSW: paid/unpaid (all)  "), "psw-paid-unpaid-all");
  EXPECT_EQ(kebab("språk"), "språk");
  EXPECT_EQ(kebab("!?"), "");
  EXPECT_TRUE(isKebab("not-public"));
  for (const char* text : {"", "Not", "a b", "-a", "a-", "a--b", "a_b"}) EXPECT_FALSE(isKebab(text)) << text;
}

TEST(SplitBars, CutsChoices) {
  EXPECT_EQ(splitBars("a|b c|d"), (std::vector<std::string>{"a", "b c", "d"}));
  EXPECT_TRUE(splitBars("").empty());
}

}  // namespace winnow::config
