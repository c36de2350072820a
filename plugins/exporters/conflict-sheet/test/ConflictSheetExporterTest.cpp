#include <gtest/gtest.h>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

TEST(ConflictSheet, ShowsEveryReadersVoteAndAsksForOne) {
  MockHost host;
  TestRecord record{{"record.key", "r:1"},
                    {"title", "Peers, paid"},
                    {"author.family", "Berg"},
                    {"issued.year", "2019"},
                    {"id.doi", "10.5555/1"}};
  const auto vote = [&](std::uint16_t group, const char* reader, const char* decision, const char* reason,
                        const char* note) {
    record.fields.push_back({"vote.reviewer", reader, group, 0, {}, {}});
    record.fields.push_back({"vote.decision", decision, group, 0, {}, {}});
    record.fields.push_back({"vote.reason", reason, group, 0, {}, {}});
    record.fields.push_back({"vote.note", note, group, 0, {}, {}});
  };
  vote(2, "NO", "exclude", "context", "=private");
  vote(1, "KA", "include", "", "");
  const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {record}, {{"readers", "KA"}, {"readers", "NO"}});
  EXPECT_EQ(status, WINNOW_OK);
  EXPECT_EQ(
      text,
      "\xEF\xBB\xBF"
      "decision,reason,note,KA decision,KA reason,KA note,NO decision,NO reason,NO note,title,authors,year,"
      "abstract,doi,pmid,number,by,record\r\n"
      ",,,include,,,exclude,context,'=private,\"Peers, paid\",Berg,2019,,https://doi.org/10.5555/1,,,KA; NO,r:1\r\n");
}

}  // namespace
