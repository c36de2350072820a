#include "table/Grid.hpp"

#include <gtest/gtest.h>

#include "table/TableFile.hpp"

namespace {

using namespace winnow::table;

const std::string kHostile = "<script>alert(1)</script> | =1+1 \u202E";

Grid grid() {
  Grid out;
  out.caption = "Studies & <methods>";
  out.number = 2;
  out.columns = {{"Study", 3, false}, {"n", 1, true}};
  out.rows = {{{"Ås 2019", false, "https://doi.org/10.5555/a", true}, count(12)},
              {{kHostile, false, "javascript:alert(1)", true}, {"NR"}}};
  out.notes = {"NR: not reported."};
  return out;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Grid, CsvHasHeadingsAndRowsAlone) {
  EXPECT_EQ(csv(grid()), "\xEF\xBB\xBFStudy,n\r\nÅs 2019,12\r\n<script>alert(1)</script> | =1+1 \u202E,NR\r\n");
}

TEST(Grid, MarkdownHasCaptionNumbersToTheRightAndNotes) {
  EXPECT_EQ(markdown(grid()),
            "**Table 2. Studies &amp; &lt;methods&gt;**\n\n| Study | n |\n| --- | ---: |\n"
            "| [Ås 2019](https://doi.org/10.5555/a) | 12 |\n"
            "| &lt;script&gt;alert(1)&lt;/script&gt; \\| =1+1 \u202E | NR |\n\nNR: not reported.\n");
}

TEST(Grid, HtmlTellsReadersWhatHeadsWhat) {
  const std::string text = html(grid());
  EXPECT_TRUE(has(text, "<caption><b>Table 2.</b> <span>Studies &amp; &lt;methods&gt;</span></caption>"));
  EXPECT_TRUE(has(text, "<th scope=\"col\" class=\"n\">n</th>"));
  EXPECT_TRUE(
      has(text,
          "<tr><th scope=\"row\"><a href=\"https://doi.org/10.5555/a\">Ås 2019</a></th><td class=\"n\">12</td></tr>"));
  EXPECT_FALSE(has(text, "javascript"));
  EXPECT_FALSE(has(text, "<script"));
  EXPECT_FALSE(has(text, "\u202E"));
}

TEST(Grid, StylesDiffer) {
  EXPECT_TRUE(has(html(grid(), Style::Apa), "<b>Table 2</b> <span>"));
  EXPECT_TRUE(has(html(grid(), Style::Apa), "<i>Note.</i> NR: not reported."));
  EXPECT_NE(docx(grid(), {Style::Apa}), docx(grid(), {Style::Journal}));
  EXPECT_NE(docx(grid(), {Style::Grid}), docx(grid(), {Style::Journal}));
  Print letter;
  letter.isLetter = letter.isLandscape = true;
  EXPECT_NE(docx(grid(), letter), docx(grid(), {}));
}

TEST(Grid, AHostileFontNameStaysAName) {
  Print print;
  print.font = "x';}</style><script>alert(1)</script>";
  EXPECT_FALSE(has(htmlPage(grid(), print), "<script"));
}

TEST(Grid, WithoutNumberOrCaptionNothingStandsAbove) {
  Grid plain = grid();
  plain.number = 0;
  EXPECT_EQ(titleOf(plain), "Studies & <methods>");
  plain.caption.clear();
  EXPECT_EQ(titleOf(plain), "");
  EXPECT_EQ(markdown(plain).rfind("| Study", 0), 0u);
}

TEST(Grid, NumbersAreWhatPeopleWriteAsNumbers) {
  for (const char* text : {"0", "12", "-5", "+0.25", "1,5"}) EXPECT_TRUE(isNumber(text)) << text;
  for (const char* text : {"", "-", "1e5", "1.", ".5", "1,000,000", "=1", "NR", "0x1"})
    EXPECT_FALSE(isNumber(text)) << text;
}

}  // namespace
