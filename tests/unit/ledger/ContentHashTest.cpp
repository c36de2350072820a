#include <gtest/gtest.h>

#include "ledger/Ledger.hpp"

namespace winnow::ledger {

TEST(ContentHash, IsOfWhatIsSaidHoweverTheFileWasSaved) {
  const std::string text = "TI  - Sm\xC3\xA5 skritt\nAU  - \xC3\x85s, Ida";
  EXPECT_EQ(contentHash(text), contentHash("TI  - Sm\xE5 skritt\nAU  - \xC5s, Ida"));
  EXPECT_EQ(contentHash(text), contentHash("\r\nTI  - Sm\xC3\xA5 skritt\r\nAU  - \xC3\x85s, Ida\r\n\r\n"));
  EXPECT_NE(contentHash(text), contentHash("TI  - Sma skritt\nAU  - As, Ida"));
}

}  // namespace winnow::ledger
