#include <gtest/gtest.h>

#include <winnow/formats/signs.hpp>

namespace winnow::formats {
namespace {

TEST(Signs, EveryFormatIsToldByItsLine) {
  const std::pair<const char*, Sign> lines[] = {{"TY  - JOUR", Sign::Ris},
                                                {"TY  -", Sign::Ris},
                                                {"TY - CHAP", Sign::Ris},
                                                {"ty  - jour", Sign::Ris},
                                                {"TY-JOUR", Sign::Ris},
                                                {"TY  \xE2\x80\x93 JOUR", Sign::Ris},
                                                {"\xEF\xBB\xBFTY  - JOUR", Sign::Ris},
                                                {"PMID- 12345", Sign::Medline},
                                                {"PMID - 12345", Sign::Medline},
                                                {"OWN - ERIC", Sign::Medline},
                                                {"%0 Journal Article", Sign::Refer},
                                                {"@article{berg2019,", Sign::Bibtex},
                                                {"@ARTICLE (x,", Sign::Bibtex},
                                                {"PT J", Sign::Wos},
                                                {"FN Clarivate Analytics Web of Science", Sign::Wos},
                                                {"RT Journal Article", Sign::RefWorks},
                                                {"<12. >", Sign::Ovid},
                                                {"VN  - Ovid Technologies", Sign::Ovid},
                                                {"<?xml version=\"1.0\"?>", Sign::Xml},
                                                {"<marc:record>", Sign::Xml},
                                                {"<PubmedArticle>", Sign::Xml},
                                                {"[", Sign::Json},
                                                {"[{\"id\": 1", Sign::Json},
                                                {"{ \"title\" : \"x\"", Sign::Json},
                                                {"Title,Authors,Year,DOI", Sign::Table},
                                                {"\"Authors\";\"Title\";\"Year\"", Sign::Table}};
  for (const auto& [line, sign] : lines) EXPECT_EQ(signOf(line), sign) << line;
}

TEST(Signs, TextIsNoSign) {
  for (const char* line : {"",
                           "  ",
                           "Typical peers, in wards",
                           "TY is a tag",
                           "PMID",
                           "OWN voices matter - a study",
                           "50 %0 of them",
                           "%0.5 of cases",
                           "mail@example.org{x",
                           "@ home",
                           "PT was given",
                           "FN of the staff",
                           "RT was given to all",
                           "<12 of them",
                           "<i>Peers</i> in wards",
                           "<p>text</p>",
                           "[1] Berg A.",
                           "{braces} in text",
                           "The title, the authors and the year",
                           "1.",
                           "Record #3 of 18",
                           "Link to the full text: http://x.example"})
    EXPECT_EQ(signOf(line), Sign::None) << line;
}

TEST(Signs, TheFirstSignOfAFileCounts) {
  EXPECT_EQ(firstSign("Title,Authors,Year\nx,\"text\n@book{evil,\nmore\",2019\n"), Sign::Table);
  EXPECT_EQ(firstSign("a preamble\n\nTY  - JOUR\nPMID- 1\n"), Sign::Ris);
  EXPECT_EQ(firstSign("<12. >\nTY  - JOUR\n"), Sign::Ris);
  EXPECT_EQ(firstSign("nothing\nof the sort\n"), Sign::None);
}

TEST(Signs, WhereFilesWereJoinedWithinALine) {
  for (const std::string mark : {"\x1A", "\f", "\xEF\xBB\xBF"}) {
    EXPECT_EQ(jointIn("%J Buoys" + mark + "TY  - JOUR"), 8u);
    EXPECT_EQ(jointIn("ER  - " + mark + mark + "%0 Book"), 6u);
    EXPECT_EQ(jointIn("M" + mark + "ller, A"), 0u);
    EXPECT_EQ(jointIn(mark + "TY  - JOUR"), 0u);  // Lines takes it off
  }
  EXPECT_EQ(jointIn("full width \xEF\xBC\x8C TY  - JOUR"), 0u);
}

TEST(Signs, WhatIsGluedToTheEndOfALine) {
  EXPECT_EQ(gluedSign("YR 2013TY  - JOUR"), 7u);
  EXPECT_EQ(gluedSign("SO  - J Peers. 2017.PMID- 123"), 20u);
  for (const char* line : {"TY  - JOUR", "PMID- 123", "  PMID- 123", "see TY  - nothing", "PMID- of a paper", "", "-",
                           "TY  - JOUR is what a record begins with in RIS"})
    EXPECT_EQ(gluedSign(line), 0u) << line;
}

TEST(Signs, WhatIsSureWithinARecordOfAnotherFormat) {
  const auto isSureOf = [](std::string_view line) { return isSure(signOf(line), line); };
  for (const char* line :
       {"PMID- 12", "%0 Book", "@article{k,", "PT J", "RT Journal Article", "<?xml version=\"1.0\"?>", "{\"id\": 1",
        "Title,Authors,Year", "VN  - Ovid Technologies", "VN  \xE2\x80\x93 Ovid Technologies", "<12. >"})
    EXPECT_TRUE(isSureOf(line)) << line;
  for (const char* line :
       {"[", "{", "  PT J", "<12>", "The title, abstract, authors, year, a, b and c, d, e", "plain text"})
    EXPECT_FALSE(isSureOf(line)) << line;
}

TEST(Signs, AnEntryWithoutItsFirstLine) {
  for (const char* line : {"  title = {Buoys},", "author=\"Berg, A\"", "journal = {Shade}"})
    EXPECT_EQ(signOf(line), Sign::Bibtex) << line;
  for (const char* line : {"title = 3", "titles = {a}", "author: {a}", "the title = {a}"})
    EXPECT_EQ(signOf(line), Sign::None) << line;
}

}  // namespace
}  // namespace winnow::formats
