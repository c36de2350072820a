#include <gtest/gtest.h>

#include <stdexcept>

#include <winnow/testing.hpp>

#include "Table.hpp"

using namespace winnow::agreement;
using winnow::testing::MockHost;

namespace {
Table table(std::vector<std::vector<std::uint64_t>> counts) {
  Table t;
  t.categories = counts.size() == 2 ? std::vector<std::string>{"include", "exclude"}
                                    : std::vector<std::string>{"include", "maybe", "exclude"};
  t.counts = std::move(counts);
  return t;
}
}  // namespace

// Figures of Feinstein and Cicchetti 1990, Byrt 1993, as they stand in the literature.
TEST(Agreement, PublishedTables) {
  const Agreement a = agreementOf(table({{40, 9}, {6, 45}}));
  EXPECT_NEAR(*a.percentAgreement, 0.85, 1e-12);
  EXPECT_NEAR(*a.kappa, 0.6995, 5e-5);
  EXPECT_NEAR(*a.pabak, 0.70, 1e-12);
  const Agreement b = agreementOf(table({{80, 10}, {5, 5}}));
  EXPECT_NEAR(*b.kappa, 0.3182, 5e-5);
  EXPECT_NEAR(*b.ac1, 0.8080, 5e-4);
}

TEST(Agreement, UndefinedIsAbsent) {
  const Agreement a = agreementOf(table({{0, 0}, {0, 50}}));
  EXPECT_NEAR(*a.percentAgreement, 1, 0);
  EXPECT_FALSE(a.kappa);
  EXPECT_NE(toText(table({{0, 0}, {0, 50}}), a, "A", "B").find("Cohen's kappa: not defined"), std::string::npos);
  EXPECT_NE(toJson(a).find("\"kappa\": null"), std::string::npos);
  EXPECT_NE(toJson(a).find("\"kappa_status\": \"undefined\""), std::string::npos);
  EXPECT_EQ(agreementOf(table({{0, 0}, {0, 0}})).n, 0u);
}

TEST(Agreement, MaybeAsInclude) {
  const Table two = withMaybeAsInclude(table({{5, 1, 2}, {3, 4, 1}, {1, 1, 9}}));
  EXPECT_EQ(two.counts, (std::vector<std::vector<std::uint64_t>>{{13, 3}, {2, 9}}));
}

TEST(Table, CountsAndLabelsAgree) {
  const Table a = readTable("counts,include,exclude\ninclude,1,1\nexclude,0,1\n", {});
  const Table b = readTable(
      "record_id,rater_a,rater_b\nr1,include,include\nr2,include,exclude\nr3,exclude,exclude\nr4,include,\n", {});
  EXPECT_EQ(a.counts, b.counts);
}

TEST(Table, RefusesWithItsPlace) {
  const auto message = [](const char* csv) {
    try {
      readTable(csv, {"include", "exclude"});
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(message("counts,include,exclude\ninclude,1,x\nexclude,0,1\n"), "row 2, column 3: 'x' is no count");
  EXPECT_EQ(message("record_id,rater_a,rater_b\nr1,include,maybe\n"),
            "row 2, column 3: 'maybe' is none of the categories");
  EXPECT_EQ(message("record_id,rater_a,rater_b\nr1,include,include\nr1,include,include\n"),
            "row 3, column 1: the record 'r1' stands twice");
  EXPECT_EQ(message(""), "row 1, column 1: the table is empty");
}

TEST(AgreementExporter, OneSectionAStep) {
  MockHost host;
  host.documents["votes"] =
      R"({"format":"winnow-votes/1","steps":[{"id":"ta","label":"title and abstract","readers":["KBAA","ON"],
    "pairs":[{"record":"a","first":"include","second":"include","wave":"first"},{"record":"b","first":"exclude","second":"maybe","wave":"first"}]}]})";
  const auto [status, text] = host.write(winnow_plugin_v1.stage(0), {}, {{"format", "markdown"}});
  EXPECT_EQ(status, WINNOW_OK);
  EXPECT_NE(text.find("## title and abstract"), std::string::npos);
  EXPECT_NE(text.find("percent agreement: 50.0 %"), std::string::npos);
  EXPECT_NE(text.find("With maybe counted as include"), std::string::npos);
  MockHost empty;
  EXPECT_EQ(empty.write(winnow_plugin_v1.stage(0), {}, {}).first, WINNOW_FAILED);
  EXPECT_EQ(empty.diagnostics.back().code, "agreement.no-votes");
}

TEST(AgreementExporter, OneTableOfAllSteps) {
  MockHost host;
  host.documents["votes"] =
      R"({"format": "winnow-votes/1", "steps": [{"id": "t", "label": "title", "readers": ["A", "B"], "pairs": [
    {"first": "include", "second": "include"}, {"first": "maybe", "second": "include"}, {"first": "exclude", "second": "exclude"},
    {"first": "exclude", "second": "include"}]}, {"id": "f", "label": "full", "readers": ["A", "B"], "pairs": []}]})";
  const std::string csv = host.write(winnow_plugin_v1.stage(0), {}, {{"format", "csv"}}).second;
  EXPECT_NE(csv.find("title,\"A, B\",\"include, maybe, exclude\",4,50.0 % (15.0 to 85.0)"), std::string::npos) << csv;
  EXPECT_NE(csv.find("title,\"A, B\",\"maybe as include, exclude\",4,75.0 % ("), std::string::npos) << csv;
  EXPECT_NE(csv.find("full,\"A, B\",\"include, exclude\",0,not defined,not defined,not defined,not defined"),
            std::string::npos)
      << csv;
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), {}, {{"format", "docx"}}).second.substr(0, 2), "PK");
  host.documents["votes"] = R"({"format": "winnow-votes/1", "steps": [{"pairs": 3}]})";
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), {}, {{"format", "csv"}}).first, WINNOW_FAILED);
}
