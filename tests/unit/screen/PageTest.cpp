#include "screen/Page.hpp"

#include <gtest/gtest.h>

namespace winnow::screen {
namespace {

TEST(Page, ItsPolicyNamesWhatStandsInItAndNothingElse) {
  // echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
  const std::string page =
      "<style>p{}</style><script type=\"application/json\" id=\"pack\">{}</script><script "
      "type=\"module\">alert(1)</script>";
  const std::string policy = policyOf(page, "'self'");
  EXPECT_NE(policy.find("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='; style-src 'sha256-"),
            std::string::npos)
      << policy;
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_NE(policyOf("<p>", "'none'").find("script-src 'none'; style-src 'none'; connect-src 'none'"),
            std::string::npos);
}

TEST(Page, IsOneFileThatAsksNobodyElse) {
  const std::string_view page = builtPage();
  EXPECT_EQ(page.substr(0, 2), "<!");
  for (const char* outside : {"<link rel=\"stylesheet", "<img src=\"http", "src=\"http", "@import", "url(http"})
    EXPECT_EQ(page.find(outside), std::string_view::npos) << outside;
}

}  // namespace
}  // namespace winnow::screen
