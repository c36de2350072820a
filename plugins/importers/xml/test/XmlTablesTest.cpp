// Each built-in table reads its own sample as it says, and knows it as its own. A new table brings its sample.
#include <gtest/gtest.h>

#include "XmlTables.hpp"
#include "tagged/test/TableSamples.hpp"

namespace {
class XmlTables : public testing::TestWithParam<std::string_view> {};
}  // namespace

TEST_P(XmlTables, ReadsItsSampleAsItSays) {
  winnow::tagged::testing::expectSamplesAreReadAsSaid(GetParam(), WINNOW_XML_TABLES);
}

INSTANTIATE_TEST_SUITE_P(Tables, XmlTables, testing::ValuesIn(winnow::xml::tables::all),
                         [](const auto& given) { return winnow::tagged::testing::nameOf(given.param); });
