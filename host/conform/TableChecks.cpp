// The tests that stand in a dialect table.
#include <algorithm>
#include <memory>

#include <winnow/ext/table.h>
#include <winnow/plugin.hpp>

#include "Check.hpp"
#include "Live.hpp"
#include "io/Error.hpp"
#include "io/InputStream.hpp"
#include "plugins/DialectTable.hpp"

namespace winnow::conform {

namespace {

const winnow_table* wordsOf(const Live& live) {
  const winnow_stage& stage = live.stage();
  return stage.extension == nullptr ? nullptr
                                    : static_cast<const winnow_table*>(stage.extension(live.self(), WINNOW_EXT_TABLE));
}

/// A test reads what lies beside the table, nothing else: a table may come from anybody.
std::filesystem::path inputOf(const Subject& subject, const winnow_table_test& test) {
  const std::filesystem::path named = std::filesystem::path(view(test.input)).lexically_normal();
  if (named.is_absolute() || *named.begin() == "..")
    throw Fault{"the input '" + std::string(view(test.input)) + "' of a test lies outside of the table's folder"};
  return subject.file.parent_path() / std::string(view(test.input));
}

std::string textOf(const std::filesystem::path& file) {
  io::InputStream input(file);
  std::string text;
  for (std::string_view chunk = input.next(); !chunk.empty(); chunk = input.next()) text += chunk;
  return text;
}

/// Throws Fault, naming the table's test, when the file does not hold what the table says.
void compare(const winnow_table_test& test, const Live::Reading& reading) {
  const std::string input(view(test.input));
  if (reading.records.size() != test.records)
    throw Fault{"'" + input + "' holds " + std::to_string(reading.records.size()) + " records, the table says " +
                std::to_string(test.records)};
  for (std::size_t i = 0; i < test.first_count; ++i) {
    const std::string wanted = std::string(view(test.first[i].name)) + "=" + std::string(view(test.first[i].value));
    if (reading.records.empty()) throw Fault{"'" + input + "' holds no record"};
    const std::vector<std::string>& derived = reading.records.front().derived;
    if (std::find(derived.begin(), derived.end(), wanted) != derived.end()) continue;
    const std::string name = wanted.substr(0, wanted.find('=') + 1);
    const auto other = std::find_if(derived.begin(), derived.end(),
                                    [&](const std::string& field) { return field.rfind(name, 0) == 0; });
    throw Fault{"the first record of '" + input + "' should have '" + wanted + "'" +
                (other == derived.end() ? "; it has no such field" : "; it has '" + *other + "'")};
  }
}

}  // namespace

std::vector<std::filesystem::path> tableSamples(const Subject& subject) {
  std::vector<std::filesystem::path> samples;
  if (!plugins::isTable(subject.file)) return samples;
  const Live live(subject);
  const winnow_table* words = wordsOf(live);
  for (std::size_t i = 0; words != nullptr && i < words->test_count; ++i)
    samples.push_back(inputOf(subject, words->test(words, i)));
  return samples;
}

namespace importer {

void tableTests(const Subject& subject) {
  if (!plugins::isTable(subject.file)) throw Skip{"it is no dialect table"};
  Live live(subject);
  const winnow_table* words = wordsOf(live);
  if (words == nullptr || words->test_count == 0)
    throw Fault{
        "the table has no 'tests'; add a small file beside it and what it holds: tests: [{input: sample.ris, records: "
        "2}]"};
  for (std::size_t i = 0; i < words->test_count; ++i) {
    const winnow_table_test test = words->test(words, i);
    try {
      compare(test, live.read(textOf(inputOf(subject, test))));
    } catch (const Error& error) {
      throw Fault{error.what()};
    }
  }
}

}  // namespace importer

}  // namespace winnow::conform
