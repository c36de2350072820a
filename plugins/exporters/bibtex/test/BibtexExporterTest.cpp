#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "BibtexText.hpp"
#include "winnow/testing.hpp"

namespace {

using winnow::exporters::texText;
using winnow::testing::MockHost;
using winnow::testing::TestRecord;

std::string written(MockHost& host, const std::vector<TestRecord>& records) {
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), records);
  EXPECT_EQ(status, WINNOW_OK);
  return text;
}

TEST(BibtexExporter, WritesAnArticle) {
  MockHost host;
  EXPECT_EQ(written(host, {{{"type", "article-journal"},
                            {"title", "Shade & heat"},
                            {"author.family", "van der Berg"},
                            {"author.given", "Anna"},
                            {"author.literal", "Parks and Trees"},
                            {"issued.year", "2019"},
                            {"issued.month", "3"},
                            {"container.title", "Journal of Shade"},
                            {"page", "943-947"},
                            {"id.doi", "10.5555/x_1"},
                            {"language", "nb"}}}),
            "@article{van2019shade,\n  author = {van der Berg, Anna and {Parks and Trees}},\n  title = {Shade \\& "
            "heat},\n  journal = {Journal of Shade},\n  year = {2019},\n  month = mar,\n"
            "  pages = {943--947},\n  doi = {10.5555/x_1},\n  language = {Norwegian Bokmål}\n}\n");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(BibtexExporter, KeysAreOfTheirOwn) {
  MockHost host;
  const TestRecord one{{"type", "book"}, {"id.local", "berg"}},
      odd{{"type", "book"}, {"id.local", "a b,c"}, {"title", "Trees"}};
  const std::string text = written(host, {one, one, odd});
  EXPECT_NE(text.find("@book{berg"), std::string::npos);
  EXPECT_NE(text.find("@book{berg-2"), std::string::npos);
  EXPECT_NE(text.find("@book{anonymoustrees"), std::string::npos);
}

TEST(BibtexExporter, BracesBalanceWhateverTheValuesHold) {
  EXPECT_EQ(texText("{a} 5% $x_1^2 ~ <b>"),
            "\\{a\\} 5\\% \\$x\\_1\\textasciicircum{}2 \\textasciitilde{} \\textless{}b\\textgreater{}");
  EXPECT_EQ(texText("a} {{"), "a\\rbrace{} \\lbrace{}\\lbrace{}");
  EXPECT_EQ(texText("a -- b '' \"c\""), "a -{}- b '{}' {\"}c{\"}");
}

TEST(BibtexExporter, WhatIsLostIsTold) {
  MockHost host;
  written(host, {{{"type", "book"},
                  {"author.family", "Berg"},
                  {"author.orcid", "0000-0002-1825-0097"},
                  {"url", "http://a.example"},
                  {"url", "http://b.example"}}});
  ASSERT_EQ(host.diagnostics.size(), 2u);
  EXPECT_EQ(host.diagnostics[0].message, "tag \"author.orcid\" of 1 record has no place in BibTeX");
  EXPECT_EQ(host.diagnostics[1].message, "tag \"url\" of 1 record has no place in BibTeX");
}

}  // namespace
