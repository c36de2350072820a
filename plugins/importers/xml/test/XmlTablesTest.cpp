// Each built-in table reads its own sample as it says, and knows it as its own. A new table brings its sample.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include <winnow/testing.hpp>

#include "XmlTables.hpp"
#include "tagged/Table.hpp"

namespace {

std::string contentOf(const std::string& file) {
  std::ifstream stream(std::string(WINNOW_XML_TABLES) + "/" + file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

class XmlTables : public testing::TestWithParam<std::string_view> {};

}  // namespace

TEST_P(XmlTables, ReadsItsSampleAsItSays) {
  std::vector<winnow::tagged::TableProblem> problems;
  const winnow::tagged::Table table = winnow::tagged::readTable(GetParam(), problems);
  ASSERT_TRUE(problems.empty()) << problems.front().line << ": " << problems.front().message;
  EXPECT_FALSE(table.source.empty()) << "a table names the source of its rules";
  ASSERT_FALSE(table.tests.empty()) << "a table brings a sample";
  const std::string_view dialect = std::string_view(table.id).substr(table.extends.size() + 1);
  for (const winnow::tagged::Expectation& test : table.tests) {
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{1} << 20}) {
      winnow::testing::MockHost host;
      host.chunk = chunk;
      const std::string sample = contentOf(test.input);
      EXPECT_EQ(host.probe(winnow_plugin_v1.stage(0), sample).second, dialect) << test.input;
      const auto records = host.read(winnow_plugin_v1.stage(0), sample).records;
      for (const auto& d : host.diagnostics)
        if (d.severity != WINNOW_INFO) ADD_FAILURE() << test.input << ":" << d.line << ": " << d.message;
      ASSERT_EQ(records.size(), test.records) << test.input;
      for (const auto& [tag, value] : test.first)
        EXPECT_EQ(records.front().first(tag), value) << test.input << ": " << tag;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Tables, XmlTables, testing::ValuesIn(winnow::xml::tables::all), [](const auto& given) {
  constexpr std::string_view kId = "id: importers.xml.";
  const std::size_t begin = given.param.find(kId) + kId.size();
  return std::string(given.param.substr(begin, given.param.find('\n', begin) - begin));
});
