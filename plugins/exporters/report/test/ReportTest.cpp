#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "Report.hpp"
#include "facts/test/SmallReview.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

/// The flow that belongs to records(): two databases, one expert; a duplicate, one seen again in the update.
constexpr const char* kFlow = R"({"format": "winnow-flow/1",
  "db": {"identified": {"MEDLINE": 4, "Scopus": 2}, "registers": [], "removed": {"duplicates": 2, "automation": 0, "other": 0}, "screened": 4,
    "stages": [{"id": "l", "label": "language", "mode": "automatic", "in": 4, "excluded": {"not English": 1}, "by": {"human": 0, "automation": 1}, "undecided": 1, "out": 3}],
    "sought": 3, "not_retrieved": 1, "assessed": 2, "excluded_reports": {"paid": 1}, "included_reports": 1},
  "other": {"identified": {"experts": 1}, "removed": {"duplicates": 0, "automation": 0, "other": 0},
    "stages": [{"id": "l", "label": "language", "in": 1, "excluded": {}, "by": {"human": 0, "automation": 0}, "undecided": 0, "out": 1}],
    "sought": 1, "not_retrieved": 0, "assessed": 1, "excluded_reports": {}, "included_reports": 1},
  "included": {"studies": 2, "reports": 2}})";

TestRecord record(const std::string& key, const std::string& lane, const SettingList& fate,
                  const std::vector<std::string>& seen) {
  TestRecord out{{"record.key", key},     {"title", "Title of " + key}, {"author.family", "Berg"},
                 {"issued.year", "2019"}, {"id.doi", "10.5555/" + key}, {"record.wave", "first"},
                 {"fate.lane", lane}};
  for (const auto& [tag, value] : fate) out.fields.push_back({tag, value, 0, 0, {}, {}});
  std::uint16_t group = 1;
  for (const std::string& source : seen) {
    out.fields.push_back({"seen.source", source, group, 0, {}, {}});
    out.fields.push_back({"seen.wave", "first", group++, 0, {}, {}});
  }
  return out;
}

std::vector<TestRecord> records() {
  return {record("a", "databases",
                 {{"fate", "included"}, {"fate.counted", "a"}, {"fate.undecided", "language"}, {"chart.1", "RCT"}},
                 {"MEDLINE", "MEDLINE"}),
          record("b", "databases", {{"fate", "duplicate"}, {"fate.reason", "duplicate of a"}}, {"Scopus"}),
          record("c", "databases",
                 {{"fate", "excluded"},
                  {"fate.counted", "c"},
                  {"fate.step", "language"},
                  {"fate.reason", "not English"},
                  {"fate.by", "automation"}},
                 {"Scopus"}),
          record("d", "databases",
                 {{"fate", "excluded"},
                  {"fate.counted", "d"},
                  {"fate.step", "full text"},
                  {"fate.reason", "paid"},
                  {"fate.by", "reader"}},
                 {"MEDLINE"}),
          record("e", "databases",
                 {{"fate", "excluded"},
                  {"fate.counted", "e"},
                  {"fate.step", "full text"},
                  {"fate.reason", "not retrieved"},
                  {"fate.by", "reader"}},
                 {"MEDLINE"}),
          record("x</script>", "other methods",
                 {{"fate", "included"}, {"fate.counted", "x</script>"}, {"chart.1", "<script>alert(1)</script>"}},
                 {"experts"})};
}

void provide(MockHost& host) {
  winnow::facts::test::provide(host);
  host.documents["flow"] = kFlow;
  host.documents["form"] = R"({"items": [{"id": "1", "label": "Design", "type": "one-of", "values": ["RCT", "survey"]},
    {"id": "2", "label": "Outcome", "type": "any-of", "values": ["cost"]}]})";
}
std::string written(MockHost& host, const SettingList& settings = {}) {
  provide(host);
  return host.write(winnow_plugin_v1.stage(0), records(), settings).second;
}
std::string written(const SettingList& settings = {}) {
  MockHost host;
  std::string text = written(host, settings);
  for (const auto& d : host.diagnostics) ADD_FAILURE() << d.code << ": " << d.message;
  return text;
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

nlohmann::json dataOf(const std::string& page) {
  const std::string begin = "id=\"data\">";
  const std::size_t at = page.find(begin) + begin.size();
  return nlohmann::json::parse(page.substr(at, page.find("</script>", at) - at));
}

TEST(Report, EveryNumberOpensExactlyItsRecords) {
  const std::string page = written();
  const auto data = dataOf(page);
  const auto sizeOf = [&](const std::string& label) {
    for (const auto& list : data["lists"])
      if (list["t"] == label) return list["r"].size();
    return std::size_t{9999};
  };
  EXPECT_EQ(sizeOf("Records identified: MEDLINE"), 4u) << "a record that two files held is in the list twice";
  EXPECT_EQ(sizeOf("Duplicate records removed"), 2u);
  EXPECT_EQ(sizeOf("Records screened"), 4u);
  EXPECT_EQ(sizeOf("language, excluded: not English"), 1u);
  EXPECT_EQ(sizeOf("language: kept as undecided"), 1u);
  EXPECT_EQ(sizeOf("Reports not retrieved"), 1u);
  EXPECT_EQ(sizeOf("Reports excluded: not paid"), 1u);
  EXPECT_EQ(sizeOf("Reports of included studies"), 2u);
  EXPECT_EQ(sizeOf("Records that left without being read by a person"), 1u);
}

TEST(Report, EveryLinkLeadsSomewhere) {
  const std::string page = written();
  const auto data = dataOf(page);
  std::set<std::string> ids;
  const std::regex id("id=\"([^\"]+)\""), link("href=\"#([^\"]+)\"");
  for (std::sregex_iterator it(page.begin(), page.end(), id), end; it != end; ++it)
    EXPECT_TRUE(ids.insert((*it)[1]).second) << "the id " << (*it)[1] << " stands twice";
  std::size_t lists = 0;
  for (std::sregex_iterator it(page.begin(), page.end(), link), end; it != end; ++it) {
    const std::string target = (*it)[1];
    const bool isList = data["lists"].contains(target);
    lists += isList ? 1 : 0;
    EXPECT_TRUE(isList || ids.contains(target)) << target;
  }
  EXPECT_GT(lists, 15u);
}

TEST(Report, ANumberThatItsRecordsDoNotMakeIsToldAndNotLinked) {
  MockHost host;
  provide(host);
  auto flow = nlohmann::ordered_json::parse(kFlow);
  flow["db"]["not_retrieved"] = 2;
  host.documents["flow"] = flow.dump();
  const std::string page = host.write(winnow_plugin_v1.stage(0), records(), {}).second;
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "report.list-differs");
  EXPECT_EQ(host.diagnostics[0].message, "Reports not retrieved: the flow counts 2, the records are 1");
  EXPECT_FALSE(has(dataOf(page).dump(), "Reports not retrieved"));
}

TEST(Report, TheFiveStagesAreItsSections) {
  const std::string page = written();
  for (const char* heading :
       {">1. The question</h2>", ">2. Identifying relevant studies</h2>", ">3. Selecting studies</h2>",
        ">4. Charting the data</h2>", ">5. Collating, summarising and reporting</h2>", ">Checklists</h2>"})
    EXPECT_TRUE(has(page, heading)) << heading;
  EXPECT_TRUE(has(page, "No meta-analysis was performed; it was decided by AB"));
  EXPECT_TRUE(has(page, "id=\"figure-flow\"") && has(page, "id=\"figure-map\"") && has(page, "id=\"figure-bars-1\""));
  EXPECT_TRUE(has(page, "survey × cost"));
  EXPECT_TRUE(has(page, "PRISMA 2020 checklist"));
  EXPECT_TRUE(has(written({{"checklists", "PRISMA-ScR"}}), "PRISMA-ScR checklist"));
}

TEST(Report, RecordsThatNoPersonReadAreListed) {
  EXPECT_TRUE(has(written(), "left the review by automation, without being read by a person."));
  MockHost host;
  provide(host);
  auto list = records();
  list.erase(list.begin() + 2);
  auto flow = nlohmann::ordered_json::parse(kFlow);
  flow["db"]["identified"]["Scopus"] = 1;
  flow["db"]["screened"] = 3;
  flow["db"]["stages"][0]["in"] = 3;
  flow["db"]["stages"][0]["excluded"] = nlohmann::ordered_json::object();
  host.documents["flow"] = flow.dump();
  EXPECT_TRUE(has(host.write(winnow_plugin_v1.stage(0), list, {}).second,
                  "Every record that was excluded was excluded by a person."));
}

TEST(Report, HostileTextsStayText) {
  const std::string page = written();
  EXPECT_FALSE(has(page, "<script>alert"));
  std::size_t scripts = 0;
  for (std::size_t at = page.find("<script"); at != std::string::npos; at = page.find("<script", at + 1)) ++scripts;
  EXPECT_EQ(scripts, 2u);
  EXPECT_TRUE(has(page, "default-src 'none'"));
}

TEST(Report, QuartoCitesTheStudiesAndNamesItsPictures) {
  const std::string text = written({{"format", "qmd"}, {"bibliography", "refs.json"}});
  EXPECT_EQ(text.rfind("---\ntitle: \"Peers\"\nbibliography: \"refs.json\"\n", 0), 0u);
  EXPECT_TRUE(has(text, "[@{a}; @{x</script>}]"));
  EXPECT_TRUE(has(text, "](prisma.svg){fig-alt="));
  EXPECT_FALSE(has(text, "](#list"));
}

TEST(Report, WordFilesAndTheSameBytes) {
  EXPECT_EQ(written({{"format", "docx"}}).substr(0, 2), "PK");
  for (const char* format : {"html", "qmd", "docx"})
    EXPECT_EQ(written({{"format", format}}), written({{"format", format}}));
}

TEST(Report, ItIsWrittenOfEverything) {
  MockHost host;
  provide(host);
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), {{{"record.key", "a"}}}, {}).first, WINNOW_FAILED);
  EXPECT_EQ(host.diagnostics.at(0).action, "write it with 'of: everything'");
  MockHost other;
  EXPECT_EQ(written(other, {{"items", "Colour"}}), "");
  EXPECT_EQ(other.diagnostics.at(0).message, "the form has no item 'Colour'");
}

}  // namespace
