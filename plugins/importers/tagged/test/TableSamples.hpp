// Each built-in table reads its own sample as it says, and knows it as its own: for the tests of importers with tables.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/testing.hpp>

#include "tagged/Table.hpp"

namespace winnow::tagged::testing {

/// Reads the samples of a table, which lie below `folder`, with the first stage of the library.
inline void expectSamplesAreReadAsSaid(std::string_view text, const std::string& folder) {
  std::vector<TableProblem> problems;
  const Table table = readTable(text, problems);
  ASSERT_TRUE(problems.empty()) << problems.front().line << ": " << problems.front().message;
  EXPECT_FALSE(table.source.empty()) << "a table names the source of its rules";
  ASSERT_FALSE(table.tests.empty()) << "a table brings a sample";
  const std::string_view dialect =
      table.extends.empty() ? std::string_view{} : std::string_view(table.id).substr(table.extends.size() + 1);
  for (const Expectation& test : table.tests) {
    std::ostringstream sample;
    sample << std::ifstream(folder + "/" + test.input, std::ios::binary).rdbuf();
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{1} << 20}) {
      winnow::testing::MockHost host;
      host.chunk = chunk;
      EXPECT_EQ(host.probe(winnow_plugin_v1.stage(0), sample.str()).second, dialect) << test.input;
      const auto records = host.read(winnow_plugin_v1.stage(0), sample.str()).records;
      for (const auto& d : host.diagnostics)
        if (d.severity != WINNOW_INFO) ADD_FAILURE() << test.input << ":" << d.line << ": " << d.message;
      ASSERT_EQ(records.size(), test.records) << test.input;
      for (const auto& [tag, value] : test.first)
        EXPECT_EQ(records.front().first(tag), value) << test.input << ": " << tag;
    }
  }
}

/// "ebsco" of the table importers.ris.ebsco, as a word that GoogleTest takes for the name of a test.
inline std::string nameOf(std::string_view text) {
  constexpr std::string_view kImporters = "importers.";
  std::vector<TableProblem> problems;
  std::string name = readTable(text, problems).id.substr(kImporters.size());
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

}  // namespace winnow::tagged::testing
