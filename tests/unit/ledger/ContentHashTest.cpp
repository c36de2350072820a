#include <gtest/gtest.h>

#include "ledger/Ledger.hpp"

namespace winnow::ledger {

TEST(ContentHash, IsOfWhatIsSaidHoweverTheFileWasSaved) {
  const std::string text = "TI  - Sm\xC3\xA5 skritt\nAU  - \xC3\x85s, Ida";
  EXPECT_EQ(contentHash(text), contentHash("TI  - Sm\xE5 skritt\nAU  - \xC5s, Ida"));
  EXPECT_EQ(contentHash(text), contentHash("\r\nTI  - Sm\xC3\xA5 skritt\r\nAU  - \xC3\x85s, Ida\r\n\r\n"));
  EXPECT_EQ(contentHash("TI  - One\nAU  - Dahl"), contentHash("TI  - One\rAU  - Dahl"));
  EXPECT_NE(contentHash("TI  - One\rAU  - Dahl"), contentHash("TI  - One\rXU  - Dahl"));
  EXPECT_NE(contentHash(text), contentHash("TI  - Sma skritt\nAU  - As, Ida"));
}

TEST(Slug, IsLowerCaseLettersDigitsAndHyphens) {
  EXPECT_EQ(slug("Academic Search Elite"), "academic-search-elite");
  EXPECT_EQ(slug("AZaz09"), "azaz09");
  EXPECT_EQ(slug("  (Oria) / "), "oria");
  EXPECT_EQ(slug("\xC3\x85se"), "\xC3\x85se");
  EXPECT_EQ(slug("--"), "source");
}

}  // namespace winnow::ledger
