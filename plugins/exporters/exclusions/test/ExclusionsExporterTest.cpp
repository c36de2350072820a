#include <gtest/gtest.h>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

const std::vector<TestRecord> kRecords{{{"record.key", "a:1"},
                                        {"title", "Paid peers"},
                                        {"author.family", "Berg"},
                                        {"issued.year", "2019"},
                                        {"id.doi", "10.5555/a"},
                                        {"fate", "excluded"},
                                        {"fate.step", "full text"},
                                        {"fate.reason", "paid"}},
                                       {{"record.key", "a:2"},
                                        {"title", "Another"},
                                        {"fate", "excluded"},
                                        {"fate.step", "title and abstract"},
                                        {"fate.reason", "paid"}},
                                       {{"record.key", "a:3"},
                                        {"title", "Lost"},
                                        {"fate", "excluded"},
                                        {"fate.step", "full text"},
                                        {"fate.reason", "not retrieved"}},
                                       {{"record.key", "a:4"}, {"fate", "waiting"}, {"fate.step", "full text"}}};

std::string written(MockHost& host, const SettingList& settings = {}) {
  host.documents["steps"] = R"({"format": "winnow-steps/1", "steps": [
    {"id": "title", "label": "title and abstract", "verb": "screen", "read": "abstract"},
    {"id": "full", "label": "full text", "verb": "screen", "read": "full text"}]})";
  host.documents["review"] =
      R"({"format": "winnow-review/1", "criteria": [{"id": "paid", "kind": "in", "text": "x", "reason": "not paid"}]})";
  return host.write(winnow_plugin_v1.stage(0), kRecords, settings).second;
}

TEST(Exclusions, ReportsExcludedAtFullTextWithReasonInWords) {
  MockHost host;
  EXPECT_EQ(written(host, {{"format", "markdown"}, {"number", "4"}}),
            "**Table 4. Reports excluded, with reasons**\n\n| Study | Reference | Reason for exclusion |\n| --- | --- "
            "| --- |\n"
            "| [Berg 2019](https://doi.org/10.5555/a) | Berg. Paid peers. 2019. doi:10.5555/a | not paid |\n"
            "| Lost n.d. | Lost. | not retrieved |\n\n2 reports: not paid 1; not retrieved 1.\n");
}

TEST(Exclusions, WhatALaterStepExcludesIsAReportToo) {
  MockHost host;
  written(host);
  host.documents["steps"] = R"({"format": "winnow-steps/1", "steps": [
    {"id": "full", "label": "full text", "verb": "screen", "read": "full text"},
    {"id": "design", "label": "study design", "verb": "map", "read": "abstract"}]})";
  const std::vector<TestRecord> records{
      {{"record.key", "a:9"}, {"title", "Late"}, {"fate", "excluded"}, {"fate.step", "study design"}}};
  EXPECT_NE(host.write(winnow_plugin_v1.stage(0), records).second.find("a:9"), std::string::npos);
}

TEST(Exclusions, AnotherStepCanBeNamed) {
  for (const char* name : {"title", "title and abstract"}) {
    MockHost host;
    const std::string text = written(host, {{"step", name}});
    EXPECT_NE(text.find("a:2,Another n.d.,Another,,title and abstract,not paid,Another.\r\n"), std::string::npos)
        << text;
    EXPECT_EQ(text.find("a:1"), std::string::npos);
  }
}

TEST(Exclusions, WithoutSuchAStepNothingIsWritten) {
  MockHost host;
  EXPECT_EQ(written(host, {{"step", "nine"}}), "");
  EXPECT_EQ(host.diagnostics.at(0).message, "the review has no step 'nine'");
  MockHost other;
  other.documents["steps"] = R"({"steps": []})";
  EXPECT_EQ(other.write(winnow_plugin_v1.stage(0), kRecords).first, WINNOW_FAILED);
  EXPECT_EQ(other.diagnostics.at(0).message, "no step of the review reads full texts; name one with \"step\"");
}

}  // namespace
