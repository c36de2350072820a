#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using testing::IsEmpty;
using winnow::testing::MockHost;

namespace {
const winnow_stage* pubmed() { return winnow_plugin_v1.stage(0); }
std::string article(const std::string& inside, const std::string& date = "<Year>2019</Year><Month>Mar</Month>") {
  return "<PubmedArticle><MedlineCitation><PMID "
         "Version=\"1\">90000001</PMID><Article><Journal><JournalIssue><PubDate>" +
         date + "</PubDate></JournalIssue><Title>Journal of Shade</Title></Journal>" + inside +
         "</Article></MedlineCitation></PubmedArticle>\n";
}
std::string set(const std::string& records) {
  return "<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD\" "
         "\"https://dtd.example/pubmed.dtd\">\n<PubmedArticleSet>\n" +
         records + "</PubmedArticleSet>\n";
}
}  // namespace

TEST(PubmedXmlImporter, InlineMarkupStaysText) {
  MockHost host;
  const auto records =
      host.read(pubmed(), set(article("<ArticleTitle>H<sub>2</sub>O &amp; <i>Tilia</i>.</ArticleTitle>"))).records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "H2O & Tilia");
  EXPECT_EQ(records[0].first("raw:MedlineCitation/PMID@Version"), "1");
  EXPECT_EQ(records[0].at.line, 4u);
  EXPECT_THAT(host.diagnostics, IsEmpty());
}

TEST(PubmedXmlImporter, AuthorsBodiesAndWhatIsNotValid) {
  MockHost host;
  const auto records =
      host.read(pubmed(),
                set(article("<AuthorList><Author><LastName>Berg</LastName><ForeName>Anna</ForeName><Suffix>Jr</"
                            "Suffix></Author><Author><CollectiveName>Tree Council</CollectiveName></Author>"
                            "<Author ValidYN=\"N\"><LastName>Wrong</LastName></Author></AuthorList>")))
          .records;
  EXPECT_THAT(records[0].all("author.family"), ElementsAre("Berg"));
  EXPECT_THAT(records[0].all("author.suffix"), ElementsAre("Jr"));
  EXPECT_THAT(records[0].all("author.literal"), ElementsAre("Tree Council"));
}

TEST(PubmedXmlImporter, DatesInWordsAndTranslatedTitles) {
  MockHost host;
  const auto records =
      host.read(
              pubmed(),
              set(article(
                      "<ArticleTitle>[Shade in towns.]</ArticleTitle><VernacularTitle>Skygge i byen.</VernacularTitle>",
                      "<MedlineDate>2020 Jul-Aug</MedlineDate>") +
                  article("", "<MedlineDate>soon</MedlineDate>")))
          .records;
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("issued.year"), "2020");
  EXPECT_EQ(records[0].first("title.original"), "Skygge i byen");
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "date.unreadable");
  EXPECT_EQ(host.diagnostics[0].record, 2u);
  EXPECT_EQ(host.diagnostics[0].line, 5u);
}

TEST(PubmedXmlImporter, IdentifiersOfReferencesAreOtherPeoples) {
  MockHost host;
  const auto records = host.read(pubmed(),
                                 "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article/></"
                                 "MedlineCitation><PubmedData><ReferenceList><Reference><ArticleIdList><ArticleId "
                                 "IdType=\"doi\">10.5555/x</ArticleId>"
                                 "</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>")
                           .records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_THAT(records[0].all("id.doi"), IsEmpty());
}

TEST(PubmedXmlImporter, BooksAndChapters) {
  MockHost host;
  const std::string book =
      "<Book><BookTitle>Trees</BookTitle><Isbn>9780306406157</Isbn><PubDate><Year>2011</Year></PubDate></Book>";
  const auto records =
      host.read(pubmed(), "<PubmedBookArticle><BookDocument>" + book +
                              "</BookDocument></PubmedBookArticle><PubmedBookArticle><BookDocument>" + book +
                              "<ArticleTitle>Watering</ArticleTitle></BookDocument></PubmedBookArticle>")
          .records;
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("type"), "book");
  EXPECT_EQ(records[0].first("title"), "Trees");
  EXPECT_EQ(records[1].first("type"), "chapter");
  EXPECT_EQ(records[1].first("container.title"), "Trees");
}

TEST(PubmedXmlImporter, ADamagedRecordCostsItselfAlone) {
  const std::string good = article("<ArticleTitle>Good</ArticleTitle>");
  MockHost host;
  host.chunk = 11;
  const auto records = host.read(pubmed(), set(good + article("<ArticleTitle>a & b</WrongTitle>") + good)).records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[2].first("title"), "Good");
  for (const auto& d : host.diagnostics) EXPECT_EQ(d.line, 5u) << d.code;
  EXPECT_EQ(host.diagnostics.size(), 2u);
}

TEST(PubmedXmlImporter, EntitiesAreRefused) {
  MockHost host;
  const auto result = host.read(pubmed(), "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>" + article(""));
  EXPECT_EQ(result.status, WINNOW_FAILED);
  EXPECT_THAT(result.records, IsEmpty());
  EXPECT_EQ(host.diagnostics[0].code, "xml.external-entity");
}

TEST(PubmedXmlImporter, ProbeByContent) {
  MockHost host;
  EXPECT_EQ(host.probe(pubmed(), set(article(""))).first, 95u);
  EXPECT_EQ(host.probe(pubmed(), "<html>PubmedArticle</html>").first, 0u);
  EXPECT_EQ(host.probe(pubmed(), "").first, 0u);
}

TEST(PubmedXmlImporter, CutAnywhereItKeepsWhatIsWhole) {
  const std::string one = article("<ArticleTitle>One</ArticleTitle>"), text = set(one + one);
  const std::size_t first = text.find("</PubmedArticle>") + 16, second = text.rfind("</PubmedArticle>") + 16;
  for (std::size_t size = 0; size <= text.size(); ++size) {
    MockHost host;
    const auto result = host.read(pubmed(), text.substr(0, size));
    const std::size_t whole = (size >= first) + (size >= second);
    EXPECT_GE(result.records.size(), whole) << size;
    if (whole > 0) {
      EXPECT_EQ(result.records[0].first("title"), "One");
    }
    for (const auto& d : host.diagnostics) EXPECT_NE(d.code, "plugin.exception") << d.message;
  }
}
