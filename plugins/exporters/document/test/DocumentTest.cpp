#include "document/Document.hpp"

#include <gtest/gtest.h>

namespace {

using namespace winnow::document;

const std::string kHostile = "<script>alert(1)</script> *a* [b](javascript:x) `c` | @d";

Document sample(const std::string& text) {
  Document document;
  document.title = text;
  document.heading(1, text, "methods");
  document.paragraph("We read [write: how many] reports.");
  document.paragraph({{text, true, false, "javascript:alert(1)"}, {"here", false, true, "#methods"}});
  document.blocks.emplace_back(Bullets{{{{text}}, {{"second"}}}});
  document.blocks.emplace_back(Code{"1. a\n2. b ```\n"});
  Table table;
  table.grid.columns = {{"A", 1, false}};
  table.grid.rows = {{{text}}};
  document.blocks.emplace_back(std::move(table));
  Picture picture;
  picture.scene.text({{{1, 10}, text}}, {});
  picture.page = {20, 20, text, text, ""};
  picture.caption = "Figure 1. A picture";
  document.blocks.emplace_back(std::move(picture));
  return document;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Document, OpenPlacesAreMarkedInEveryFormat) {
  const Document document = sample("x");
  EXPECT_TRUE(has(markdown(document), "We read **[write: how many]** reports."));
  EXPECT_TRUE(has(html(document), "We read <mark class=\"open\">how many</mark> reports."));
  EXPECT_EQ(docx(document, {}).substr(0, 2), "PK");
}

TEST(Document, MarkdownEscapesWhatMeansSomething) {
  EXPECT_EQ(escapeMarkdown("<b> *x* [y] a_b | @key $1 1. z"), "&lt;b&gt; \\*x\\* \\[y\\] a\\_b \\| \\@key \\$1 1. z");
  EXPECT_EQ(escapeMarkdown("3. Results"), "3\\. Results");
  EXPECT_EQ(escapeMarkdown("- no list"), "\\- no list");
  const std::string text = markdown(sample(kHostile));
  EXPECT_FALSE(has(text, "<script"));
  EXPECT_TRUE(has(text, "\\[b\\](javascript:x)")) << text;  // the brackets are letters: no link
  EXPECT_TRUE(has(text, "````\n1. a\n2. b ```\n````\n")) << text;
}

TEST(Document, HtmlIsSafeAndSaysWhatHeadsWhat) {
  const std::string text = htmlPage(sample(kHostile));
  EXPECT_FALSE(has(text, "<script"));
  EXPECT_FALSE(has(text, "href=\"javascript"));
  EXPECT_TRUE(has(text, "<h2 id=\"methods\">"));
  EXPECT_TRUE(has(text, "aria-labelledby=\"figure-1-title figure-1-desc\""));
  EXPECT_TRUE(has(text, "<a href=\"#methods\"><i>here</i></a>"));
}

TEST(Document, PicturesAreFilesWhereTheFormatHoldsNone) {
  Document document = sample("x");
  std::get<Picture>(document.blocks.back()).file = "flow.svg";
  EXPECT_TRUE(has(markdown(document), "![Figure 1. A picture](flow.svg){fig-alt=\"x\"}"));
}

}  // namespace
