#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using winnow::testing::MockHost;

namespace {

const winnow_stage* json() { return winnow_plugin_v1.stage(0); }

std::string work(const std::string& number, const std::string& more = {}) {
  return R"({"id":"https://openalex.org/W)" + number + R"(","title":"Walk )" + number +
         R"(","publication_year":2021,"authorships":[])" + more + "}";
}

std::vector<std::string> codesOf(const MockHost& host) {
  std::vector<std::string> codes;
  for (const auto& d : host.diagnostics) codes.push_back(d.code);
  return codes;
}

}  // namespace

TEST(JsonImporter, RecordsOfPagesListsLinesAndOneAlone) {
  const std::string one = work("1"), two = work("2");
  const std::pair<std::string, std::size_t> cases[] = {
      {one, 1},
      {"[" + one + "," + two + "]", 2},
      {one + "\n" + two + "\n", 2},
      {R"({"meta":{"count":2},"results":[)" + one + "," + two + R"(],"group_by":[]})", 2},
      {R"([{"results":[)" + one + R"(]},{"results":[)" + two + "]}]", 2},
      {R"({"results":[)" + one + "]}\n{\"results\":[" + two + "]}\n", 2}};
  for (const auto& [text, count] : cases)
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{7}, std::size_t{1} << 20}) {
      MockHost host;
      host.chunk = chunk;
      const auto records = host.read(json(), text).records;
      ASSERT_EQ(records.size(), count) << text;
      EXPECT_EQ(records[0].first("title"), "Walk 1");
      EXPECT_EQ(text.substr(records[0].at.byte, records[0].at.length), one);
      EXPECT_THAT(codesOf(host), IsEmpty()) << text;
    }
}

TEST(JsonImporter, ABrokenRecordCostsItselfAndIsLocated) {
  MockHost host;
  const auto records =
      host.read(json(),
                "[\n" + work("1") + ",\n{\"id\":\"https://openalex.org/W2\",\n \"title\": oops},\n" + work("3") + "]")
          .records;
  EXPECT_EQ(records.size(), 2u);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "json.syntax");
  EXPECT_EQ(host.diagnostics[0].line, 4u);
}

TEST(JsonImporter, AMissingBraceCostsOneRecord) {
  const std::string open = R"({"id":"https://openalex.org/W2","title":"Walk 2","authorships":[])";
  for (const std::string& text :
       {work("1") + "\n" + open + "\n" + work("3") + "\n" + work("4") + "\n",
        "[\n " + work("1") + ",\n " + open + ",\n " + work("3") + ",\n " + work("4") + "\n]\n"}) {
    MockHost host;
    const auto records = host.read(json(), text).records;
    ASSERT_EQ(records.size(), 3u) << text;
    EXPECT_EQ(records[1].first("title"), "Walk 3");
    EXPECT_THAT(codesOf(host), ElementsAre("json.truncated"));
  }
}

TEST(JsonImporter, AFileCutOffIsTold) {
  MockHost host;
  const auto records = host.read(json(), "{\"results\":[" + work("1") + ",").records;
  EXPECT_EQ(records.size(), 1u);
  EXPECT_THAT(codesOf(host), ElementsAre("json.truncated"));
}

TEST(JsonImporter, WhatIsNotKnownToStandBesideTheRecordsIsTold) {
  MockHost host;
  const auto records = host.read(json(), R"({"meta":{},"group_by":[{"key":1}],"results":[)" + work("1") +
                                             R"(],"hidden":[)" + work("2") + "]}")
                           .records;
  EXPECT_EQ(records.size(), 1u);
  ASSERT_THAT(codesOf(host), ElementsAre("json.other-list"));
  EXPECT_THAT(host.diagnostics[0].message, HasSubstr("'hidden'"));
}

TEST(JsonImporter, AnObjectWithoutRecordsBetweenPagesIsAnError) {
  MockHost host;
  const auto records =
      host.read(json(), "{\"results\":[" + work("1") + "]}\n" + work("2") + "\n{\"results\":[]}\n").records;
  EXPECT_EQ(records.size(), 1u);
  ASSERT_THAT(codesOf(host), ElementsAre("json.no-list"));
  EXPECT_EQ(host.diagnostics[0].line, 2u);
}

TEST(JsonImporter, RawFieldsAreAsDeepAsTheTableLooks) {
  MockHost host;
  const auto records =
      host.read(json(), work("1", R"(,"biblio":{"volume":"7","x":{"y":1}},"referenced_works":["a","b"])")).records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("raw:biblio.volume"), "7");
  EXPECT_EQ(records[0].first("raw:biblio.x"), R"({"y":1})");
  EXPECT_EQ(records[0].first("raw:referenced_works"), R"(["a","b"])");
}

TEST(JsonImporter, NamesOfManyMembersDoNotGrowWithoutBound) {
  std::string members;
  for (int i = 0; i < 30'000; ++i) members += ",\"m" + std::to_string(i) + "\":1";
  MockHost host;
  const auto records = host.read(json(), work("1", members)).records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "Walk 1");
}

TEST(JsonImporter, OtherJsonIsNotClaimed) {
  for (const std::string text :
       {R"([{"type":"book","title":"A","issued":{"date-parts":[[2019]]}}])",
        R"({"results":[{"id":"https://openalex.org/A1"}]})", "[1,2]", "{}", "[]", "no JSON", R"({"title":"A"})"}) {
    MockHost host;
    EXPECT_EQ(host.probe(json(), text).first, 0u) << text;
    EXPECT_EQ(host.read(json(), text).status, WINNOW_FAILED);
    EXPECT_EQ(codesOf(host).back(), "json.unknown");
  }
}

TEST(JsonImporter, ANulByteBetweenRecordsIsPassed) {
  MockHost host;
  const auto records = host.read(json(), "[" + work("1") + std::string("\0,", 2) + work("2") + "]").records;
  EXPECT_EQ(records.size(), 2u);
  EXPECT_THAT(codesOf(host), IsEmpty());
}
