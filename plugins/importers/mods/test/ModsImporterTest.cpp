#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using testing::IsEmpty;
using winnow::testing::MockHost;

namespace {
const winnow_stage* mods() { return winnow_plugin_v1.stage(0); }
winnow::testing::TestRecord read(MockHost& host, const std::string& inside) {
  const auto records =
      host.read(mods(), "<m:mods xmlns:m=\"http://www.loc.gov/mods/v3\">" + inside + "</m:mods>").records;
  return records.size() == 1 ? records[0] : winnow::testing::TestRecord();
}
}  // namespace

TEST(ModsImporter, OwnTitleNotThatOfWhatItBelongsTo) {
  MockHost host;
  const auto r = read(
      host,
      "<m:relatedItem type=\"host\"><m:titleInfo><m:title>Journal</m:title></m:titleInfo><m:part><m:detail "
      "type=\"volume\"><m:number>4</m:number></m:detail>"
      "<m:extent "
      "unit=\"pages\"><m:start>17</m:start><m:end>29</m:end></m:extent><m:date>2019</m:date></m:part></m:relatedItem>"
      "<m:titleInfo type=\"alternative\"><m:title>Other</m:title></m:titleInfo>"
      "<m:titleInfo><m:nonSort>The</m:nonSort><m:title>street "
      ":</m:title><m:subTitle>shade</m:subTitle></m:titleInfo><m:typeOfResource>text</m:typeOfResource>");
  EXPECT_EQ(r.first("title"), "The street: shade");
  EXPECT_EQ(r.first("container.title"), "Journal");
  EXPECT_EQ(r.first("type"), "article-journal");
  EXPECT_EQ(r.first("volume"), "4");
  EXPECT_EQ(r.first("page"), "17-29");
  EXPECT_EQ(r.first("issued.year"), "2019");
  EXPECT_THAT(host.diagnostics, IsEmpty());
}

TEST(ModsImporter, BillsGoByTheirShortTitle) {
  MockHost host;
  const std::string titles =
      "<m:titleInfo><m:title>An Act To mend the lanterns</m:title></m:titleInfo><m:titleInfo "
      "type=\"alternative\"><m:title>LAMP Act</m:title></m:titleInfo>";
  const auto bill = read(host, titles +
                                   "<m:genre>government publication</m:genre><m:extension><m:collectionCode>BILLS"
                                   "</m:collectionCode></m:extension><m:extension><m:shortTitle "
                                   "type=\"measure\">Lantern Act</m:shortTitle></m:extension>");
  EXPECT_EQ(bill.first("title"), "Lantern Act");
  EXPECT_EQ(bill.first("title.original"), "An Act To mend the lanterns");
  EXPECT_EQ(bill.first("type"), "bill");
  const auto other = read(host, titles + "<m:extension><m:shortTitle>Lantern Act</m:shortTitle></m:extension>");
  EXPECT_EQ(other.first("title"), "An Act To mend the lanterns");
  EXPECT_THAT(other.all("title.original"), IsEmpty());
}

TEST(ModsImporter, RolesByCodeAndByWord) {
  MockHost host;
  const auto name = [](const std::string& text, const std::string& role) {
    return "<m:name type=\"personal\"><m:namePart>" + text + "</m:namePart>" +
           (role.empty() ? "" : "<m:role><m:roleTerm>" + role + "</m:roleTerm></m:role>") + "</m:name>";
  };
  const auto r = read(
      host, name("Berg, Anna [1970-]", "aut") + name("Lund, Bo", "Editor") + name("Linden", "publisher") +
                name("Hansen, Kari.", "") +
                "<m:name type=\"corporate\"><m:namePart>Norway</m:namePart><m:namePart>Parks</m:namePart></m:name>");
  EXPECT_THAT(r.all("author.family"), ElementsAre("Berg", "Hansen"));
  EXPECT_THAT(r.all("author.given"), ElementsAre("Anna", "Kari"));
  EXPECT_THAT(r.all("author.literal"), ElementsAre("Norway. Parks"));
  EXPECT_THAT(r.all("editor.family"), ElementsAre("Lund"));
}

TEST(ModsImporter, DatesAndLanguagesOnce) {
  MockHost host;
  const auto r =
      read(host,
           "<m:originInfo><m:dateIssued>c1984</m:dateIssued><m:dateIssued "
           "encoding=\"marc\">1985</m:dateIssued><m:publisher>Linden</m:publisher></m:originInfo>"
           "<m:language><m:languageTerm type=\"text\">Norwegian</m:languageTerm><m:languageTerm "
           "type=\"code\">nob</m:languageTerm></m:language><m:identifier type=\"isbn\">9780306406157</m:identifier>");
  EXPECT_EQ(r.first("issued.year"), "1985");
  EXPECT_THAT(r.all("language"), ElementsAre("nb"));
  EXPECT_EQ(r.first("type"), "book");
}

TEST(ModsImporter, ProbeByContent) {
  MockHost host;
  EXPECT_EQ(host.probe(mods(), "<?xml version=\"1.0\"?><mods:modsCollection xmlns:mods=\"x\">").first, 95u);
  EXPECT_EQ(host.probe(mods(), "<modsish/>").first, 0u);
}
