#include "page/Page.hpp"

#include <gtest/gtest.h>

namespace {

using namespace winnow::page;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Page, ThePolicyAllowsWhatThePageCarriesAndNothingElse) {
  const std::string text = html({"T", "", "let a;", "", ""});
  // printf '\nlet a;' | openssl sha256 -binary | base64
  EXPECT_TRUE(has(text, "script-src 'sha256-hceeRDdVsfCEdiP6+1IB/tHb8VWtpLHbypEUnffMoiU='")) << text;
  EXPECT_TRUE(has(text, "default-src 'none'"));
  EXPECT_FALSE(has(text, "unsafe"));
  EXPECT_FALSE(has(html({"T", "", "", "", ""}), "script"));
}

TEST(Page, DataCannotEndItsElement) {
  const std::string text = html({"</title><script>", "", "x", R"({"a":"</script><!--"})", ""});
  EXPECT_TRUE(has(text, R"({"a":"\u003c/script>\u003c!--"})"));
  EXPECT_TRUE(has(text, "<title>&lt;/title&gt;&lt;script&gt;</title>"));
}

TEST(Page, TheSameContentIsTheSameBytes) {
  EXPECT_EQ(html({"T", "a", "b", "{}", "d"}), html({"T", "a", "b", "{}", "d"}));
}

}  // namespace
