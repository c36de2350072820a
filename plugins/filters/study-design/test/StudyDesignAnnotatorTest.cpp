#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using winnow::testing::MockHost;
using winnow::testing::SettingList;
using winnow::testing::TestRecord;

std::vector<winnow::testing::TestAnnotation> given(const TestRecord& record, const SettingList& settings = {}) {
  MockHost host;
  return host.annotate(winnow_plugin_v1.stage(0), {record}, settings);
}
std::vector<std::string> designs(const TestRecord& record, const SettingList& settings = {}) {
  std::vector<std::string> values;
  for (const auto& annotation : given(record, settings)) values.push_back(annotation.value);
  return values;
}
TestRecord titled(const std::string& title) { return {{"title", title}}; }

}  // namespace

TEST(StudyDesign, TheTitleNamesIt) {
  EXPECT_THAT(designs(titled("Peer work on wards: a cluster-randomised controlled trial")),
              ElementsAre("randomized trial"));
  EXPECT_THAT(designs(titled("Peer work: a prospective cohort study")), ElementsAre("cohort study"));
  EXPECT_THAT(designs(titled("Voices from the ward. A qualitative study")), ElementsAre("qualitative study"));
  EXPECT_THAT(designs(titled("Delirium after surgery: a case report")), ElementsAre("case report"));
  EXPECT_THAT(designs(titled("Peer work in three towns")), IsEmpty());
}

TEST(StudyDesign, AReviewIsNotWhatItReviews) {
  EXPECT_THAT(designs(titled("Peer work: a systematic review of randomised controlled trials and cohort studies")),
              ElementsAre("systematic review"));
  EXPECT_THAT(designs(titled("Study protocol for a scoping review of qualitative studies")),
              ElementsAre("protocol", "scoping review"));
}

TEST(StudyDesign, AnOppositeIsNone) {
  EXPECT_THAT(designs(titled("A non-randomised trial of peer work")), IsEmpty());
  EXPECT_THAT(designs(titled("A quasi-randomized trial of peer work")), IsEmpty());
  EXPECT_THAT(designs(titled("Not a randomised trial, yet useful")), IsEmpty());
}

TEST(StudyDesign, AnAbstractSpeaksOnlyOfItsOwnStudy) {
  const TestRecord trial{{"title", "Peer work"}, {"abstract", "Ninety patients were randomly assigned to two wards."}};
  EXPECT_THAT(designs(trial), ElementsAre("randomized trial"));
  EXPECT_THAT(designs(trial, {{"abstracts", "false"}}), IsEmpty());
  EXPECT_THAT(
      designs({{"title", "Peer work"},
               {"abstract", "Patients were randomised; later a cohort study and focus group discussions followed."}}),
      IsEmpty());
  EXPECT_THAT(designs({{"title", "Peer work: a cohort study"}, {"abstract", "Others were randomly assigned."}}),
              ElementsAre("cohort study"));
}

TEST(StudyDesign, SaysWhereItWasRead) {
  const auto all = given(titled("Peer work: a cross-sectional survey"));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].tag, "study.design");
  EXPECT_EQ(all[0].rule, "study-design.title");
  EXPECT_EQ(all[0].from, "title: cross-sectional survey");
}

TEST(StudyDesign, ChangesNothing) {
  EXPECT_THAT(designs({{"title", "A case report"}, {"study.design", "by hand"}}), IsEmpty());
}
