// What is written, read back by the rules of ../bibliography/README.md with the simplest reader there is, must be what
// went in. Values are drawn from plain and hostile ones with a fixed seed.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "bibliography/test/DrawnRecords.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

using winnow::bibliography::addName;
using winnow::bibliography::applyWinnowLine;
using winnow::bibliography::Drawing;
using winnow::bibliography::Model;

const std::map<std::string, std::string>& types() {
  static const std::map<std::string, std::string> map{
      {"JOUR", "article-journal"}, {"BOOK", "book"}, {"GEN", "document"}, {"CHAP", "chapter"}, {"ART", "graphic"}};
  return map;
}

void addDate(Model& model, const std::string& date) {
  if (date.size() < 8) return;
  const auto number = [](const std::string& text) { return std::to_string(std::stoi(text)); };
  model["issued.month"] = {number(date.substr(5, 2))};
  if (date.size() > 9) model["issued.day"] = {number(date.substr(8, 2))};
}

void addLine(Model& model, const std::string& tag, const std::string& value) {
  static const std::map<std::string, std::string> kPlain{{"TI", "title"},        {"PY", "issued.year"},
                                                         {"VL", "volume"},       {"IS", "issue"},
                                                         {"SP", "page"},         {"DO", "id.doi"},
                                                         {"AB", "abstract"},     {"KW", "keyword"},
                                                         {"LA", "language"},     {"UR", "url"},
                                                         {"PB", "publisher"},    {"CY", "publisher.place"},
                                                         {"N1", "note"},         {"C2", "id.pmcid"},
                                                         {"AN", "id.accession"}, {"ID", "id.local"},
                                                         {"DB", "database"},     {"DP", "database.provider"},
                                                         {"ET", "edition"},      {"C7", "article-number"},
                                                         {"ST", "title.short"},  {"TT", "title.translated"}};
  if (tag == "TY")
    model["type"] = {types().count(value) != 0 ? types().at(value) : "document"};
  else if (tag == "AU")
    addName(model, value);
  else if (tag == "DA")
    addDate(model, value);
  else if (tag == "EP")
    model["page"].back() += "-" + value;
  else if (tag == "SN")
    model[value.find('-') == 4 ? "id.issn" : "id.isbn"].push_back(value);
  else if (tag == "T2")
    model[model["type"][0] == "book" ? "collection.title" : "container.title"].push_back(value);
  else if (tag == "T3")
    model["collection.title"].push_back(value);
  else if (tag == "JA")
    model["container.abbreviation"].push_back(value);
  else if (kPlain.count(tag) != 0)
    model[kPlain.at(tag)].push_back(value);
}

Model read(const std::string& text) {
  Model model;
  std::string last, value;
  const auto flush = [&] {
    if (!last.empty() && last != "C8") addLine(model, last, value);
  };
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.substr(2, 4) != "  - ") {
      value += "\n" + line;
      continue;
    }
    flush();
    last = line.substr(0, 2);
    value = line.substr(6);
    if (last == "ER") break;
    if (last != "C8") continue;
    applyWinnowLine(model, value);
  }
  for (auto it = model.begin(); it != model.end();) it = it->second.empty() ? model.erase(it) : std::next(it);
  return model;
}

TEST(RisRoundTrip, everyFieldComesBack) {
  Drawing drawing;
  for (int i = 0; i < 3000; ++i) {
    Model model;
    MockHost host;
    const TestRecord record = drawing.record(model);
    const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {record});
    ASSERT_EQ(status, WINNOW_OK);
    ASSERT_EQ(read(text), model) << text;
  }
}

}  // namespace
