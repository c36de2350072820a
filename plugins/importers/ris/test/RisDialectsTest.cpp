// Each built-in table reads its own sample as it says, and knows it as its own. A new table brings its sample.
#include <gtest/gtest.h>

#include "RisTables.hpp"
#include "tagged/test/TableSamples.hpp"

namespace {
class RisDialects : public testing::TestWithParam<std::string_view> {};
}  // namespace

TEST_P(RisDialects, ReadsItsSampleAsItSays) {
  winnow::tagged::testing::expectSamplesAreReadAsSaid(GetParam(), WINNOW_RIS_TABLES);
}

INSTANTIATE_TEST_SUITE_P(Tables, RisDialects, testing::ValuesIn(winnow::ris::tables::all),
                         [](const auto& given) { return winnow::tagged::testing::nameOf(given.param); });
