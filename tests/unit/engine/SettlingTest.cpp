// Which of several words of one person counts: a time, else the order of rows; never the name of a file.
#include <gtest/gtest.h>

#include "engine/people/RowTime.hpp"
#include "engine/people/Settling.hpp"

namespace winnow::engine {
namespace {

Decision word(const char* value, const char* file, std::uint32_t line, std::optional<std::int64_t> time = {},
              RecordId record = 1) {
  Decision d;
  d.record = record;
  d.value = d.meaning = value;
  d.file = file;
  d.line = line;
  d.time = time;
  return d;
}

TEST(Settling, LaterRowOfOneFileCounts) {
  const Settled settled = settle({word("include", "a.csv", 2), word("exclude", "a.csv", 9)});
  EXPECT_TRUE(settled.isSettled);
  EXPECT_EQ(settled.words.back().value, "exclude");
}

TEST(Settling, NamesOfFilesAreNoOrder) {
  EXPECT_FALSE(settle({word("include", "a.csv", 2), word("exclude", "b.csv", 2)}).isSettled);
  EXPECT_FALSE(settle({word("exclude", "s-10.csv", 2), word("include", "s-9.csv", 2)}).isSettled);
}

TEST(Settling, OneDecisionForTwoReasonsIsAContradiction) {
  Decision one = word("exclude", "a.csv", 2), other = word("exclude", "b.csv", 2);
  one.meaning += "\nno peers";
  other.meaning += "\nno service";
  EXPECT_FALSE(settle({one, other}).isSettled);
}

TEST(Settling, FilesThatAgreeNeedNoOrder) {
  const Settled settled = settle({word("include", "a.csv", 2), word("include", "b.csv", 2)});
  EXPECT_TRUE(settled.isSettled);
  EXPECT_EQ(settled.words.size(), 2u);
}

TEST(Settling, TimeBeatsPlace) {
  const Settled settled = settle({word("include", "b.csv", 2, 200), word("exclude", "a.csv", 9, 100)});
  EXPECT_TRUE(settled.isSettled);
  EXPECT_EQ(settled.words.back().value, "include");
  EXPECT_EQ(settled.words.front().value, "exclude");
}

TEST(Settling, OneMomentInTwoFilesIsNoOrder) {
  EXPECT_FALSE(settle({word("include", "a.csv", 2, 100), word("exclude", "b.csv", 2, 100)}).isSettled);
  EXPECT_TRUE(settle({word("include", "a.csv", 2, 100), word("exclude", "a.csv", 3, 100)}).isSettled);
}

TEST(Settling, RowsWithAndWithoutTimeAreNoOrder) {
  EXPECT_FALSE(settle({word("include", "a.csv", 2, 100), word("exclude", "a.csv", 3)}).isSettled);
}

TEST(Settling, WordsAboutTwoRecordsOfOneWorkAreNoOrder) {
  EXPECT_FALSE(settle({word("include", "a.csv", 2, {}, 1), word("exclude", "a.csv", 3, {}, 2)}).isSettled);
}

TEST(RowTime, IsoDatesAndTimes) {
  EXPECT_EQ(secondsOf("1970-01-02"), 86400);
  EXPECT_EQ(secondsOf("1970-01-01 01:00"), 3600);
  EXPECT_EQ(secondsOf("1970-01-01T01:00:30Z"), 3630);
  EXPECT_EQ(secondsOf("1970-01-01T01:00:30.999+01:00"), 30);
  EXPECT_EQ(secondsOf("1970-01-01 00:30 -01:00"), 5400);
  EXPECT_EQ(secondsOf("19700101T010030Z"), 3630);
  EXPECT_EQ(secondsOf("2026-11-28 10:15"), 1795860900);
}

TEST(RowTime, EverythingElseIsNone) {
  for (const char* text : {"", "28.11.2026", "2026", "2026-13-01", "2026-02-30", "2026-11-28 25:00", "2026-11-28 10",
                           "2026-11-28T10:15 noon", "2026-11-2810:15"})
    EXPECT_EQ(secondsOf(text), std::nullopt) << text;
}

}  // namespace
}  // namespace winnow::engine
