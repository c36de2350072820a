#include <gtest/gtest.h>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

constexpr const char* kForm = R"({"format":"winnow-form/1","name":"main form","version":"1",
  "items":[{"id":"1","label":"First author name","type":"text","from":"author"},
           {"id":"2","label":"Year of publication","type":"number","from":"year"},
           {"id":"5","label":"Population","type":"any-of","values":["service-users","public leaders"],"from":""}],
  "extra":[{"id":"study-context","label":"study context","type":"text"}]})";

const std::vector<TestRecord> kRecords{{{"record.key", "medline:1"},
                                        {"title", "Peers, paid"},
                                        {"author.family", "Berg"},
                                        {"author.given", "Anna"},
                                        {"issued.year", "2019"},
                                        {"chart.1", "Berg"},
                                        {"chart.5", "service-users"},
                                        {"chart.5", "public leaders"},
                                        {"chart.study-context", "=ward|two"}},
                                       {{"record.key", "scopus:2"}, {"author.literal", "The Peer Group"}}};

std::string written(MockHost& host, const SettingList& settings = {}) {
  host.documents["form"] = kForm;
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), kRecords, settings);
  EXPECT_EQ(status, WINNOW_OK);
  return text;
}

TEST(Charting, tableOfAnswers) {
  MockHost host;
  EXPECT_EQ(written(host),
            "\xEF\xBB\xBF"
            "record,study,title,doi,1. First author name,2. Year of publication,5. Population,study context\r\n"
            "medline:1,Berg 2019,\"Peers, paid\",,Berg,,service-users; public leaders,'=ward|two\r\n"
            "scopus:2,The Peer Group n.d.,,,,,,\r\n");
}

TEST(Charting, sheetToFillInShowsNoAnswers) {
  MockHost host;
  EXPECT_EQ(
      written(host, {{"sheet", "true"}, {"reviewer", "kari"}}),
      "\xEF\xBB\xBF"
      "title,doi,1. First author name,2. Year of publication,5. Population,study context,authors,year,pmid,number,"
      "form version,reviewer,record\r\n"
      "\"Peers, paid\",,Berg,2019,,,\"Berg, Anna\",2019,,,1,kari,medline:1\r\n"
      ",,The Peer Group,,,,The Peer Group,,,,1,kari,scopus:2\r\n");
}

TEST(Charting, sheetHoldsTheReadersOwnAnswers) {
  MockHost host;
  host.documents["form"] = kForm;
  const TestRecord record{{"record.key", "r:1"}, {"id.doi", "10.5555/a"},    {"chart.1", "LEAK"},
                          {"own.1", "Lund"},     {"own.5", "service-users"}, {"own.5", "public leaders"}};
  const auto [status, text] =
      host.write(winnow_plugin_v1.stage(0), {record}, {{"sheet", "true"}, {"reviewer", "kari"}, {"separator", ";"}});
  EXPECT_EQ(status, WINNOW_OK);
  EXPECT_EQ(text.substr(text.find("\r\n") + 2),
            ";https://doi.org/10.5555/a;Lund;;\"service-users; public leaders\";;;;;;1;kari;r:1\r\n");
}

TEST(Charting, longTable) {
  MockHost host;
  EXPECT_EQ(written(host, {{"long", "true"}, {"format", "markdown"}}),
            "| record | item | label | value |\n| --- | --- | --- | --- |\n"
            "| medline:1 | 1 | First author name | Berg |\n"
            "| medline:1 | 5 | Population | service-users |\n"
            "| medline:1 | 5 | Population | public leaders |\n"
            "| medline:1 | study-context | study context | =ward\\|two |\n");
}

TEST(Charting, tableForAPaperHasCitationsAndTheItemsThatAreAskedFor) {
  MockHost host;
  EXPECT_EQ(written(host, {{"format", "markdown"}, {"items", "population"}, {"items", "1"}, {"number", "2"}}),
            "**Table 2. Characteristics of the included studies**\n\n"
            "| Study | Population | First author name |\n| --- | --- | --- |\n"
            "| Berg 2019 | service-users; public leaders | Berg |\n"
            "| The Peer Group n.d. | | |\n");
}

TEST(Charting, manyItemsStandUnderEachStudy) {
  MockHost host;
  EXPECT_EQ(written(host, {{"format", "markdown"}, {"layout", "by study"}, {"caption", "Studies"}}),
            "**Studies**\n\n| Study | Item | Answer |\n| --- | --- | --- |\n"
            "| Berg 2019 | First author name | Berg |\n"
            "| | Population | service-users; public leaders |\n"
            "| | study context | =ward\\|two |\n"
            "| The Peer Group n.d. | nothing charted | |\n\nItems without an answer are left out.\n");
}

TEST(Charting, filesForWordAndExcelAreWritten) {
  for (const char* format : {"docx", "xlsx"}) {
    MockHost host;
    EXPECT_EQ(written(host, {{"format", format}}).substr(0, 2), "PK") << format;
  }
  MockHost host;
  EXPECT_EQ(written(host, {{"format", "html"}}).substr(0, 15), "<!DOCTYPE html>");
}

TEST(Charting, anItemThatTheFormHasNotIsNamed) {
  MockHost host;
  host.documents["form"] = kForm;
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), kRecords, {{"items", "Country"}}).first, WINNOW_FAILED);
  EXPECT_EQ(host.diagnostics.at(0).code, "charting.unknown-item");
  EXPECT_EQ(host.diagnostics.at(0).message, "the form has no item 'Country'");
}

TEST(Charting, badFormsAreNamed) {
  const auto refusal = [](const std::string& form) {
    MockHost host;
    if (!form.empty()) host.documents["form"] = form;
    const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {});
    EXPECT_EQ(status, WINNOW_FAILED);
    EXPECT_TRUE(text.empty());
    return host.diagnostics.empty() ? std::string() : host.diagnostics.back().message;
  };
  const std::string start = "document \"form\" is not as its format says: ";
  EXPECT_EQ(refusal(""), "this run has no document \"form\"");
  EXPECT_EQ(refusal("{"), start + "no JSON at byte 2");
  EXPECT_EQ(refusal("[]"), start + "the document is no object");
  EXPECT_EQ(refusal("{}"), start + "it has no item");
  EXPECT_EQ(refusal(R"({"items":{}})"), start + "\"items\" is no list");
  EXPECT_EQ(refusal(R"({"items":[{"id":1}]})"), start + "\"items/0/id\" is no text");
  EXPECT_EQ(refusal(R"({"items":[{"id":"1","label":"a","from":"journal"}]})"),
            start + "\"items/0/from\" is \"journal\"; it can be author or year");
}

TEST(Charting, sheetAndLongExcludeEachOther) {
  MockHost host;
  try {
    written(host, {{"sheet", "true"}, {"long", "true"}});
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "\"sheet\" and \"long\" exclude each other");
  }
}

TEST(Charting, aSheetIsCsvOrXlsx) {
  MockHost host;
  EXPECT_EQ(written(host, {{"sheet", "true"}, {"format", "xlsx"}}).substr(0, 2), "PK");
  for (const char* format : {"markdown", "html", "docx"}) try {
      written(host, {{"sheet", "true"}, {"format", format}});
      FAIL() << format;
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "a sheet to fill in is csv or xlsx");
    }
}

}  // namespace
