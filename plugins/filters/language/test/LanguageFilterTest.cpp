#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

namespace {
const winnow_stage* filter() { return winnow_plugin_v1.stage(0); }
std::string judge(const TestRecord& record, const winnow::testing::SettingList& settings = {}) {
  MockHost host;
  const auto v = host.judge(filter(), {record}, settings).at(0);
  return v.action == WINNOW_KEEP ? "keep" : v.reason;
}
const std::string kEnglish =
    "Peer support workers take part in planning the services with managers and other staff, and the interviews show "
    "how their own "
    "experience of recovery changes the way decisions are made in everyday practice.";
const std::string kNorwegian =
    "Erfaringskonsulenter deltar i planleggingen av tjenestene sammen med ledere og andre ansatte, og intervjuene "
    "viser hvordan deres "
    "egen erfaring med bedring endrer måten beslutninger tas på i hverdagen.";
}  // namespace

TEST(LanguageFilter, TheFieldDecidesFirst) {
  EXPECT_EQ(judge({{"language", "en"}, {"abstract", kNorwegian}}), "keep");
  EXPECT_EQ(judge({{"language", "de"}, {"abstract", kEnglish}}), "language.other");
  EXPECT_EQ(judge({{"language", "en"}, {"language", "no"}}), "language.several");
  EXPECT_EQ(judge({{"language.raw", "mul"}}), "language.unknown");
}

TEST(LanguageFilter, ThenTheAbstract) {
  EXPECT_EQ(judge({{"abstract", kEnglish}}), "keep");
  EXPECT_EQ(judge({{"abstract", kNorwegian}}), "language.other-by-text");
  EXPECT_EQ(judge({{"abstract", kNorwegian}}, {{"keep", "Norwegian"}}), "keep");
}

/// Both limits belong to what may be judged: a text of just so many bytes, a share of just so many per cent.
TEST(LanguageFilter, LimitsAreInclusive) {
  const std::string size = std::to_string(kEnglish.size()), more = std::to_string(kEnglish.size() + 1);
  EXPECT_EQ(judge({{"abstract", kEnglish}}, {{"min_letters", size}}), "keep");
  EXPECT_EQ(judge({{"abstract", kEnglish}}, {{"min_letters", more}}), "language.short-text");
  const std::string mixed = kEnglish + " " + kNorwegian + " " + kNorwegian;
  MockHost host;
  const std::string note = host.judge(filter(), {{{"abstract", mixed}}}, {{"min_percent", "1"}}).at(0).note;
  const std::size_t end = note.rfind(" %"), begin = note.rfind(' ', end - 1) + 1;  // "CLD2: Norwegian, 64 %"
  const int percent = std::stoi(note.substr(begin, end - begin));
  ASSERT_LT(percent, 100) << note;
  EXPECT_NE(judge({{"abstract", mixed}}, {{"min_percent", std::to_string(percent)}}), "language.unclear");
  EXPECT_EQ(judge({{"abstract", mixed}}, {{"min_percent", std::to_string(percent + 1)}}), "language.unclear");
}

TEST(LanguageFilter, ATitleAloneIsUndecided) {
  EXPECT_EQ(judge({{"title", "Erfaringskonsulenter i kommunen"}}), "language.short-text");
  EXPECT_EQ(judge({{"title", kNorwegian}}), "language.short-text");
  EXPECT_EQ(judge({}), "language.short-text");
}

TEST(LanguageFilter, SaysWhatItSaw) {
  MockHost host;
  const auto v = host.judge(filter(), {TestRecord{{"abstract", kNorwegian}}}).at(0);
  EXPECT_EQ(v.evidence, kNorwegian);
  EXPECT_EQ(v.note.substr(0, 6), "CLD2: ");
}

TEST(LanguageFilter, RefusesALanguageThatIsNone) {
  MockHost host;
  EXPECT_THROW(host.judge(filter(), {}, {{"keep", "Engrish"}}), std::runtime_error);
  EXPECT_EQ(host.diagnostics.back().message,
            "keep: 'Engrish' is no language that is known; write its English name or ISO 639 code");
}
