#include <gtest/gtest.h>

#include <deque>

#include "bibliography/LossReport.hpp"
#include "bibliography/Text.hpp"
#include "bibliography/WinnowLine.hpp"
#include "winnow/testing.hpp"

namespace {

using namespace winnow;
using namespace winnow::bibliography;

/// A record by hand whose fields carry groups.
struct Fixture {
  winnow::testing::MockHost mock;
  std::deque<std::string> texts;
  std::vector<winnow_field> fields;

  void add(std::string_view tag, std::string value, std::uint16_t group = 0) {
    texts.push_back(std::move(value));
    fields.push_back({mock.tagNumber(tag), WINNOW_NONE, group, WINNOW_FIELD_DERIVED, 0, str(texts.back()), 0, 0});
  }
  Work work() {
    const Vocabulary vocabulary{Host(mock.raw())};
    const winnow_record record{1, fields.data(), fields.size(), {}};
    return Work(vocabulary, Record(record));
  }
};

bool always(const Work&, std::string_view) { return true; }

TEST(Work, groupsMakePeople) {
  Fixture fixture;
  fixture.add("author.family", "Berg", 1);
  fixture.add("author.literal", "The Peer Group", 2);
  fixture.add("author.given", "Anna", 1);
  fixture.add("author.orcid", "0000-0001-0000-0009", 1);
  fixture.add("editor.family", "Dahl", 3);
  const Work work = fixture.work();
  const auto authors = work.people("author");
  ASSERT_EQ(authors.size(), 2u);
  EXPECT_EQ(authors[0].display(), "Berg, Anna");
  EXPECT_TRUE(authors[0].extra);
  EXPECT_EQ(authors[1].display(), "The Peer Group");
  ASSERT_EQ(work.people("editor").size(), 1u);
}

TEST(Work, peopleWithoutGroupsBeginWithTheirFamilyName) {
  Fixture fixture;
  for (const char* name : {"Berg", "Dahl"}) {
    fixture.add("author.family", name);
    fixture.add("author.given", "X.");
  }
  const auto authors = fixture.work().people("author");
  ASSERT_EQ(authors.size(), 2u);
  EXPECT_EQ(authors[1].display(), "Dahl, X.");
}

TEST(Work, anAffiliationAloneIsNobody) {
  Fixture fixture;
  fixture.add("author.affiliation", "University of X", 1);
  EXPECT_TRUE(fixture.work().people("author").empty());
}

TEST(Text, plainValues) {
  EXPECT_TRUE(isPlain("Peer support"));
  for (const char* text :
       {"", " a", "a ", "a  b", "a\nb", "a &amp; b", "<i>a</i>", "null", "No", "winnow:{}", "\xC2\xA0x"})
    EXPECT_FALSE(isPlain(text)) << text;
  EXPECT_TRUE(isPlainPage("99-100"));
  for (const char* text : {"943-7", "S1-S2", "12-12", "12-", "-3", "iii + 20", "09"})
    EXPECT_FALSE(isPlainPage(text)) << text;
  EXPECT_TRUE(isPlainDoi("10.1000/ab.c1"));
  for (const char* text : {"10.1000/x.", "doi:10.1000/x", "10.1/", "10.1000/a%2Fb"})
    EXPECT_FALSE(isPlainDoi(text)) << text;
  EXPECT_FALSE(isPlainDoi("10.10x0/a"));
  EXPECT_TRUE(isYear("2019"));
  for (const char* text : {"0099", "20190", "9999", "2019b"}) EXPECT_FALSE(isYear(text)) << text;
  EXPECT_TRUE(isMonth("12") && isDay("31"));
  EXPECT_FALSE(isMonth("13") || isMonth("03") || isMonth("") || isDay("32") || isDay("0"));
  EXPECT_TRUE(isPlainName("van der Berg"));
  for (const char* text : {"Berg, A", "Health and Care", "[Anonymous]", "Group 7", "A;B"})
    EXPECT_FALSE(isPlainName(text)) << text;
  EXPECT_TRUE(isPlainSuffix("III"));
  EXPECT_FALSE(isPlainSuffix("PhD"));
  EXPECT_TRUE(isIssn("1234-567X"));
  EXPECT_FALSE(isIssn("1234567X"));
  EXPECT_TRUE(isIsbn("9780306406157"));
  EXPECT_TRUE(isIsbn("0306406152"));
  EXPECT_FALSE(isIsbn("9780306406158"));
  EXPECT_FALSE(isIsbn("X306406152"));
}

TEST(Text, oneLineKeepsWords) {
  EXPECT_EQ(oneLine("a\r\n\r\nb\tc\x01\n"), "a b c");
  EXPECT_EQ(oneLine("\n"), "");
}

TEST(WinnowLine, listsWhatHasNoSlot) {
  Fixture fixture;
  fixture.add("type", "article-journal");
  fixture.add("title", "One");
  fixture.add("title", "Two");
  fixture.add("id.pmid", "123");
  const WinnowLine line({{tags::kType, always}, {tags::kTitle, always}});
  EXPECT_EQ(line.of(fixture.work()),
            "winnow:{\"replace\":[\"type.raw\",\"publication-type\",\"publication-type.raw\",\"title\",\"id.doi\","
            "\"id.pmid\",\"id.pmcid\",\"id.accession\",\"id.local\"],"
            "\"fields\":[{\"title\":\"One\"},{\"title\":\"Two\"},{\"id.pmid\":\"123\"}]}");
}

TEST(WinnowLine, keepsGroupsTogetherAndRepeatsAsLists) {
  Fixture fixture;
  fixture.add("type", "book");
  fixture.add("author.family", "Berg", 7);
  fixture.add("publication-type", "book", 8);
  fixture.add("author.given", "Anna", 7);
  fixture.add("author.affiliation", "A", 7);
  fixture.add("author.affiliation", "B\x01", 7);
  fixture.add("publication-type.raw", "Book", 8);
  const std::string text = WinnowLine({{tags::kType, always}}).of(fixture.work());
  EXPECT_NE(text.find("\"fields\":[{\"author.family\":\"Berg\",\"author.given\":\"Anna\",\"author.affiliation\":"
                      "[\"A\",\"B\\u0001\"]},{\"publication-type\":\"book\",\"publication-type.raw\":\"Book\"}]"),
            std::string::npos)
      << text;
}

TEST(WinnowLine, plainAuthorsStayOut) {
  Fixture fixture;
  fixture.add("type", "book");
  fixture.add("author.family", "Berg", 1);
  fixture.add("author.given", "A.", 1);
  fixture.add("author.literal", "The Peer Group", 2);
  EXPECT_EQ(WinnowLine({{tags::kType, always}}).of(fixture.work()).find("author"), std::string::npos);
  fixture.add("author.literal", "Ministry of Health, Norway", 3);
  EXPECT_NE(WinnowLine({{tags::kType, always}}).of(fixture.work()).find("Ministry"), std::string::npos);
}

TEST(WinnowLine, noIdIsFoundInAddressesThatTheRecordDoesNotHave) {
  Fixture fixture;
  fixture.add("type", "book");
  fixture.add("url", "https://doi.org/10.1000/x");
  const std::string text = WinnowLine({{tags::kType, always}, {tags::kUrl, always, true}}).of(fixture.work());
  EXPECT_NE(text.find("\"id.doi\""), std::string::npos);
  EXPECT_NE(text.find("\"fields\":[]"), std::string::npos);
}

TEST(WinnowLine, holdsNoCharacterThatXmlForbids) {
  Fixture fixture;
  fixture.add("note", "a\xEF\xBF\xBE\xEF\xBF\xBF\x02");
  EXPECT_NE(WinnowLine({}).of(fixture.work()).find("a\\ufffe\\uffff\\u0002"), std::string::npos);
}

TEST(LossReport, oneDiagnosticATag) {
  Fixture fixture;
  fixture.add("title", "a");
  fixture.add("title", "b");
  fixture.add("edition", "2");
  fixture.add("x.own", "2");
  fixture.add("record.key", "k");
  const Work work = fixture.work();
  LossReport losses("CSV");
  for (int i = 0; i < 2; ++i) {
    losses.begin(work.unknownCount());
    losses.check(work, [](tags::Name tag, std::size_t n) { return tag == tags::kTitle && n == 0; });
  }
  losses.send(Host(fixture.mock.raw()));
  const auto& said = fixture.mock.diagnostics;
  ASSERT_EQ(said.size(), 3u);
  EXPECT_EQ(said[0].message, "tag \"edition\" of 2 records has no place in CSV");
  EXPECT_EQ(said[1].message, "tag \"title\" of 2 records has no place in CSV");
  EXPECT_EQ(said[2].message, "2 fields of 2 records with tags outside the vocabulary have no place in CSV");
  EXPECT_EQ(said[0].code, "export.loss");
  EXPECT_EQ(said[0].severity, static_cast<std::uint32_t>(WINNOW_INFO));
}

}  // namespace
