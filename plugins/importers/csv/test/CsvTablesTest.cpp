// Each built-in table reads its own sample as it says, and knows it as its own. A new table brings its sample.
#include <gtest/gtest.h>

#include "ColumnTableTexts.hpp"
#include "tagged/test/TableSamples.hpp"

namespace {
class CsvTables : public testing::TestWithParam<std::string_view> {};
}  // namespace

TEST_P(CsvTables, ReadsItsSampleAsItSays) {
  winnow::tagged::testing::expectSamplesAreReadAsSaid(GetParam(), WINNOW_CSV_TABLES);
}

INSTANTIATE_TEST_SUITE_P(Tables, CsvTables, testing::ValuesIn(winnow::csv::tables::all),
                         [](const auto& given) { return winnow::tagged::testing::nameOf(given.param); });
