#include <gtest/gtest.h>

#include <stdexcept>

#include <winnow/testing.hpp>

#include "SampleFilter.hpp"

using namespace winnow::sample;
using winnow::testing::MockHost;
using winnow::testing::TestRecord;

TEST(Share, IsExactAndRoundsUp) {
  EXPECT_EQ(parseShare("0.07").of(100), 7u);
  EXPECT_EQ(parseShare("20%").of(11), 3u);
  EXPECT_EQ(parseShare("12.5%").of(8), 1u);
  EXPECT_EQ(parseShare("1").of(5), 5u);
  EXPECT_EQ(parseShare("0").of(5), 0u);
  EXPECT_EQ(parseShare("0.2").of(0), 0u);
  EXPECT_EQ(parseShare("0.000000000001").of(1), 1u) << "twelve places";
  for (const char* bad : {"0.0000000000001", "", "1.1", "101%", "-0.1", "0,2", "a", "."})
    EXPECT_THROW(parseShare(bad), std::invalid_argument) << bad;
}

TEST(SampleFilter, KeysAreWhatSha256sumSays) {
  EXPECT_EQ(orderKey("2020", "a"), "d1286beda0fb8ec499687e836bad07f91cf273d2f4242364eaf3b9f126689baa");
}

TEST(SampleFilter, OrderDependsOnSeedAndIdAlone) {
  MockHost host;
  const winnow::testing::SettingList settings{{"seed", "s"}, {"share", "0.5"}};
  const auto keys =
      host.keys(winnow_plugin_v1.stage(0),
                {TestRecord{{"record.key", "a"}}, TestRecord{{"record.key", "b"}, {"title", "x"}}}, settings);
  EXPECT_EQ(keys[0].second, "0:" + orderKey("s", "a"));
  EXPECT_EQ(keys[1].second, "0:" + orderKey("s", "b"));
  EXPECT_EQ(host.take(winnow_plugin_v1.stage(0), 3, settings), 2u);
}
