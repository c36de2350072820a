#include "table/Table.hpp"

#include <gtest/gtest.h>

namespace {

using namespace winnow::table;

TEST(Table, quotesByTheRule) {
  EXPECT_EQ(row({"a", "b,c", "d\"e", "f\ng", " h", ""}, Format::rawCsv), "a,\"b,c\",\"d\"\"e\",\"f\ng\",\" h\",\r\n");
}

TEST(Table, headerHasAMarkForPeopleOnly) {
  EXPECT_EQ(header({"a", "b"}, Format::csv),
            "\xEF\xBB\xBF"
            "a,b\r\n");
  EXPECT_EQ(header({"a", "b"}, Format::rawCsv), "a,b\r\n");
  EXPECT_EQ(header({"a", "b"}, Format::markdown), "| a | b |\n| --- | --- |\n");
}

TEST(Table, guardsFormulas) {
  for (const char* cell :
       {"=1+1", "+cmd|' /C calc'!A0", "-a", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-5", "--5", "-5.", "+"})
    EXPECT_EQ(guarded(cell), std::string("'").append(cell)) << cell;
  for (const char* cell : {"", "a=1", "'tis", "'", "''", "-5", "+0.25", "-1,5", " =1"})
    EXPECT_EQ(guarded(cell), cell) << cell;
  EXPECT_EQ(row({"=1"}, Format::rawCsv), "=1\r\n");
  EXPECT_EQ(row({"=1,2"}, Format::csv), "\"'=1,2\"\r\n");
}

TEST(Table, markdownCannotBreakOut) {
  EXPECT_EQ(row({"a|b", "<b>&", "x\r\ny\rz", "*a_b*[c]`\\", "=1", ""}, Format::markdown),
            "| a\\|b | &lt;b&gt;&amp; | x<br>y<br>z | \\*a\\_b\\*\\[c\\]\\`\\\\ | =1 | |\n");
}

TEST(Table, joins) { EXPECT_EQ(joined({"a", "b"}), "a; b"); }

}  // namespace
