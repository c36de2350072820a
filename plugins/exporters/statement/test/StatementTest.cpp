#include <gtest/gtest.h>

#include "facts/test/SmallReview.hpp"

namespace {

using winnow::testing::MockHost;

std::string write(const winnow::testing::SettingList& settings) {
  MockHost host;
  winnow::facts::test::provide(host);
  return host.write(winnow_plugin_v1.stage(0), {}, settings).second;
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Statement, MethodsHaveTheirHeadings) {
  const std::string text = write({});
  for (const char* heading : {"# Methods", "# Search {#methods-search}", "# Selection", "# Agreement", "# Charting",
                              "# Appraisal and synthesis"})
    EXPECT_TRUE(has(text, heading)) << heading;
}

TEST(Statement, OnePartAloneHasNone) {
  EXPECT_TRUE(has(write({{"about", "search"}}), "# Methods\n\nWe searched 2 databases"));
  EXPECT_TRUE(has(write({{"about", "agreement"}}), "Cohen’s kappa"));
  EXPECT_TRUE(has(write({{"about", "automation"}}),
                  "# Automation\n\n# Automation statement {#automation}\n\nWe used Winnow 9"));
}

TEST(Statement, FilesForWordAndBrowsers) {
  EXPECT_EQ(write({{"format", "docx"}}).substr(0, 2), "PK");
  EXPECT_TRUE(has(write({{"format", "html"}, {"about", "charting"}}), "<mark class=\"open\">how the form was piloted"));
}

TEST(Statement, WithoutDocumentsNothingIsWritten) {
  MockHost host;
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), {}).first, WINNOW_FAILED);
  EXPECT_EQ(host.diagnostics.at(0).code, "statement.document");
}

}  // namespace
