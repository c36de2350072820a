#include "Checklist.hpp"

#include <gtest/gtest.h>

#include <set>

#include "facts/test/SmallReview.hpp"

namespace {

using namespace winnow::checklist;
using winnow::testing::MockHost;

winnow::facts::Facts facts() {
  MockHost host;
  winnow::facts::test::provide(host);
  return winnow::facts::readFacts(winnow::Host(host.raw()));
}
const Line& line(const Checklist& list, const std::string& number) {
  for (const Line& one : list.lines)
    if (one.number == number) return one;
  throw std::runtime_error("no item " + number);
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Checklist, EachGuidelineHasItsItemsOnce) {
  const auto f = facts();
  EXPECT_EQ(prismaScr(f).lines.size(), 22u);
  EXPECT_EQ(prisma2020(f).lines.size(), 42u);
  EXPECT_EQ(prismaS(f).lines.size(), 16u);
  for (const Checklist& list : {prismaScr(f), prisma2020(f), prismaS(f)}) {
    std::set<std::string> numbers;
    for (const Line& one : list.lines) {
      EXPECT_TRUE(numbers.insert(one.number).second) << list.name << " " << one.number;
      EXPECT_FALSE(one.text.empty()) << list.name << " " << one.number;
    }
  }
}

TEST(Checklist, ItemsTwelveAndSixteenAreOptionalAndSayWhyThereIsNoAppraisal) {
  const Checklist list = prismaScr(facts());
  for (const char* number : {"12", "16"}) {
    EXPECT_TRUE(line(list, number).isOptional);
    EXPECT_EQ(line(list, number).status, Status::NotDone);
    EXPECT_TRUE(has(line(list, number).text, "not appraised critically: the review maps"));
  }
}

TEST(Checklist, AnAppraisalIsAskedForOnceStudiesArePooled) {
  auto f = facts();
  f.about.decision = "pool";
  EXPECT_EQ(line(prismaScr(f), "12").status, Status::Partly);
  EXPECT_EQ(line(prisma2020(f), "13d").status, Status::Open);
  EXPECT_EQ(line(prisma2020(facts()), "13d").status, Status::NotDone);
}

TEST(Checklist, FactsFillAndWhatIsMissingIsAskedFor) {
  const Checklist list = prismaScr(facts());
  EXPECT_EQ(line(list, "7").status, Status::Filled);
  EXPECT_TRUE(has(line(list, "7").text, "We searched 2 databases on 31 August 2020"));
  EXPECT_EQ(line(list, "7").where, "methods-search");
  EXPECT_EQ(line(list, "14").text,
            "100 records identified, 20 duplicates removed, 6 excluded before full text, 23 reports assessed, 10 "
            "studies in 10 "
            "reports included; with the reasons in the flow diagram.");
  EXPECT_EQ(line(list, "22").text, "None.");
  EXPECT_EQ(line(list, "2").status, Status::Open);
  EXPECT_EQ(line(list, "1").status, Status::Partly) << "the title names no review";
  auto bare = facts();
  bare.about = {};
  bare.search = {};
  bare.form.clear();
  EXPECT_EQ(line(prismaScr(bare), "8").status, Status::Open);
  EXPECT_EQ(line(prismaScr(bare), "15").status, Status::Open);
}

TEST(Checklist, SearchesAreReportedByPrismaS) {
  const Checklist list = prismaS(facts());
  EXPECT_EQ(line(list, "1").text, "MEDLINE (Ovid) and Google Scholar (Google Scholar).");
  EXPECT_EQ(line(list, "5").status, Status::NotDone);
  EXPECT_TRUE(has(line(list, "6").text, "experts (1 record)"));
  EXPECT_EQ(line(list, "15").text,
            "MEDLINE (first) 60; Google Scholar (first) 30; experts (first) 1; MEDLINE (update) 9.");
}

TEST(ChecklistExporter, EveryFormatIsWritten) {
  MockHost host;
  winnow::facts::test::provide(host);
  const auto write = [&](const winnow::testing::SettingList& settings) {
    return host.write(winnow_plugin_v1.stage(0), {}, settings).second;
  };
  const std::string html = write({{"format", "html"}, {"report", "report.html"}});
  EXPECT_TRUE(has(html, "<a href=\"report.html#methods-search\">"));
  EXPECT_TRUE(has(html, "write this"));
  for (const char* format : {"docx", "xlsx"}) EXPECT_EQ(write({{"format", format}}).substr(0, 2), "PK");
  EXPECT_TRUE(has(write({{"for", "PRISMA-S"}}), "PRISMA-S checklist"));
  host.documents.erase("review");
  EXPECT_EQ(host.write(winnow_plugin_v1.stage(0), {}, {}).first, WINNOW_FAILED);
}

}  // namespace
