#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "winnow/testing.hpp"

namespace {

using testing::HasSubstr;
using winnow::testing::MockHost;
using winnow::testing::TestRecord;

TestRecord voted() {
  TestRecord record{{"type", "article-journal"}, {"title", "Shade, \"cool\""},
                    {"author.family", "Berg"},   {"author.given", "Anna"},
                    {"issued.year", "2019"},     {"record.key", "medline:5f1c09ab33d2e471"}};
  const auto vote = [&](std::uint16_t group, const char* reviewer, const char* decision, const char* reason) {
    record.fields.push_back({"vote.reviewer", reviewer, group, 0, {}, {}});
    record.fields.push_back({"vote.decision", decision, group, 0, {}, {}});
    if (*reason != '\0') record.fields.push_back({"vote.reason", reason, group, 0, {}, {}});
  };
  vote(1, "KBAA", "include", "");
  vote(2, "O \"N\"", "exclude", "wrong population, adults");
  return record;
}
constexpr const char* kNotes =
    "RAYYAN-INCLUSION: {\"KBAA\"=>\"Included\", \"O \\\"N\\\"\"=>\"Excluded\"} | RAYYAN-EXCLUSION-REASONS: wrong "
    "population  adults | winnow-reasons: {\"O \\\"N\\\"\"=>\"wrong population, adults\"} | winnow-id: "
    "medline:5f1c09ab33d2e471";

TEST(RayyanExporter, RisWithDecisionsAndId) {
  MockHost host;
  const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {voted(), {{"type", "book"}, {"title", "Trees"}}});
  EXPECT_EQ(status, WINNOW_OK);
  EXPECT_THAT(text,
              HasSubstr(std::string("\nN1  - ") + kNotes + "\nC8  - winnow:{\"id\":\"medline:5f1c09ab33d2e471\","));
  EXPECT_THAT(text, HasSubstr("ER  - \n\nTY  - BOOK\n"));
  EXPECT_EQ(text.find("N1  - ", text.find("TY  - BOOK")), std::string::npos);
}

TEST(RayyanExporter, LabelsAndNotesGoWhereRayyanKeepsThem) {
  MockHost host;
  TestRecord record = voted();
  record.fields.push_back({"vote.note", "ask \"Bo\"; labels: ward, old, city", 2, 0, {}, {}});
  const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {record});
  EXPECT_EQ(status, WINNOW_OK);
  EXPECT_THAT(text, HasSubstr("| RAYYAN-LABELS: ward,old,city |"));
  EXPECT_THAT(text, HasSubstr("| USER-NOTES: {\"O \\\"N\\\"\"=>[\"ask \\\"Bo\\\"\"]} |"));
}

TEST(RayyanExporter, TableInRayyansOwnColumns) {
  MockHost host;
  const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {voted()}, {{"format", "csv"}});
  EXPECT_EQ(status, WINNOW_OK);
  EXPECT_EQ(text.substr(0, text.find("\r\n")),
            "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,abstract,"
            "notes,doi,keywords,pubmed_id,pmc_id");
  EXPECT_THAT(text, HasSubstr("\r\nmedline:5f1c09ab33d2e471,\"Shade, \"\"cool\"\"\",2019,,,,,,,,\"Berg, Anna\","));
  EXPECT_THAT(text, HasSubstr("winnow-id: medline:5f1c09ab33d2e471"));
}

}  // namespace
