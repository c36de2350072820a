// Each built-in table reads its own sample as it says, and knows it as its own. A new table brings its sample.
#include <gtest/gtest.h>

#include "JsonTables.hpp"
#include "tagged/test/TableSamples.hpp"

namespace {
class JsonTables : public testing::TestWithParam<std::string_view> {};
}  // namespace

TEST_P(JsonTables, ReadsItsSampleAsItSays) {
  winnow::tagged::testing::expectSamplesAreReadAsSaid(GetParam(), WINNOW_JSON_TABLES);
}

INSTANTIATE_TEST_SUITE_P(Tables, JsonTables, testing::ValuesIn(winnow::json::tables::all),
                         [](const auto& given) { return winnow::tagged::testing::nameOf(given.param); });
