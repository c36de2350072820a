#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <zip.h>

#include <map>
#include <string>

#include "office/ColumnWidths.hpp"
#include "office/Docx.hpp"
#include "office/Package.hpp"
#include "office/Xlsx.hpp"

namespace {

using namespace winnow::office;

const std::string kHostile = "</w:t><script>&\"'\x01\u202E=1+1\xFF\uFFFF";

/// The parts of an archive by name.
std::map<std::string, std::string> partsOf(const std::string& bytes) {
  std::map<std::string, std::string> parts;
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_CHECKCONS, &error);
  EXPECT_NE(archive, nullptr);
  if (archive == nullptr) return parts;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    zip_stat_t stat;
    zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat);
    std::string part(stat.size, '\0');
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    zip_fread(file, part.data(), part.size());
    zip_fclose(file);
    parts[stat.name] = part;
  }
  zip_discard(archive);
  return parts;
}

void expectWellFormed(const std::map<std::string, std::string>& parts) {
  for (const auto& [name, text] : parts) {
    if (name.ends_with(".png")) continue;
    xmlDocPtr document = xmlReadMemory(text.data(), static_cast<int>(text.size()), name.c_str(), nullptr,
                                       XML_PARSE_NONET | XML_PARSE_NOERROR);
    EXPECT_NE(document, nullptr) << name;
    xmlFreeDoc(document);
  }
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string documentWith(const std::string& text) {
  Docx docx("T", "Arial", 10, {});
  docx.paragraph(Paragraph::Heading1, {{text, false, false, ""}}, "begin");
  docx.paragraph(Paragraph::Normal, {{"see ", false, true, ""},
                                     {text, true, false, "https://example.org/?a=1&b=2"},
                                     {"bad", false, false, "javascript:alert(1)"},
                                     {"back", false, false, "#begin"}});
  WordTable table;
  table.columns = {{2, Side::Start}, {1, Side::End}};
  table.headings = {{{{text, false, false, ""}}, 1}, {{{"n", false, false, ""}}, 1}};
  table.rows = {{{{{"both\nlines", false, false, ""}}, 2}},
                {{{{text, false, false, ""}}, 1}, {{{"3", false, false, ""}}, 1}}};
  docx.table(table);
  winnow::picture::Scene scene;
  scene.beginGroup("box", "tip");
  scene.rect({10, 10, 100, 50}, {"#ffffff", "#000000", 1, 2});
  scene.text({{{16, 24}, "first "}, {{20, 38}, text}}, {});
  scene.endGroup();
  scene.arrow({{60, 60}, {60, 90}}, "#000000", 1);
  docx.drawing(scene, {120, 100, text, text, ""});
  docx.turn({297, 210, 15});
  docx.picture("\x89PNG", 50, 20, text);
  return docx.bytes();
}

TEST(Package, TheSamePartsAreTheSameBytesWhateverTheTimeZone) {
  Package package;
  package.add("a.txt", "one");
  package.add("b/c.txt", std::string(10000, 'x'));
  const std::string first = package.bytes();
  setenv("TZ", "Asia/Tokyo", 1);
  tzset();
  EXPECT_EQ(package.bytes(), first);
  setenv("TZ", "UTC", 1);
  tzset();
  EXPECT_LT(first.size(), 1000u);
  EXPECT_EQ(partsOf(first).at("a.txt"), "one");
}

TEST(Package, TextIsSafeForXml) {
  EXPECT_EQ(xmlText("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(xmlText("x\x01y\u202Ez\uFFFE"), "xyz");
  EXPECT_EQ(xmlText("a\xFF\xC3(\xE2\x82"), "a\uFFFD\uFFFD(\uFFFD\uFFFD");
  EXPECT_EQ(xmlText("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "a lone surrogate";
  EXPECT_EQ(xmlText("Ærø 不 \U0001F600\t\n"), "Ærø 不 \U0001F600\t\n");
}

TEST(Docx, HostileTextStaysTextAndEveryPartIsWellFormed) {
  const auto parts = partsOf(documentWith(kHostile));
  expectWellFormed(parts);
  const std::string& document = parts.at("word/document.xml");
  EXPECT_FALSE(has(document, "<script"));
  EXPECT_TRUE(has(document, "&lt;/w:t&gt;&lt;script&gt;&amp;&quot;&#39;=1+1\uFFFD"));
  EXPECT_FALSE(has(parts.at("word/_rels/document.xml.rels"), "javascript"));
  EXPECT_TRUE(has(parts.at("word/_rels/document.xml.rels"),
                  "Target=\"https://example.org/?a=1&amp;b=2\" TargetMode=\"External\""));
  EXPECT_TRUE(has(document, "<w:hyperlink w:anchor=\"begin\">"));
}

TEST(Docx, TheSameContentIsTheSameBytes) { EXPECT_EQ(documentWith("a"), documentWith("a")); }

TEST(Docx, ABoxOfTheSceneIsOneShapeWithItsWords) {
  const std::string document = partsOf(documentWith("second")).at("word/document.xml");
  EXPECT_TRUE(has(document, "first second</w:t>"));
  EXPECT_TRUE(has(document, "name=\"box\""));
}

TEST(Docx, HeadingsOfATableStandOnEachPageAndCellsMaySpan) {
  const std::string document = partsOf(documentWith("a")).at("word/document.xml");
  EXPECT_TRUE(has(document, "<w:tblHeader/>"));
  EXPECT_TRUE(has(document, "<w:gridSpan w:val=\"2\"/>"));
  EXPECT_TRUE(has(document, "both</w:t><w:br/><w:t xml:space=\"preserve\">lines"));
}

Sheet sheetOf(std::vector<std::vector<SheetCell>> rows) {
  return {"Studies: all/of [them], by a very long name",
          "Table 1",
          {{"Study", 30}, {"n", 8, true}},
          std::move(rows),
          {"A note."}};
}

TEST(Xlsx, NoTextIsAFormulaAndEveryPartIsWellFormed) {
  const auto parts = partsOf(xlsx(
      {sheetOf({{{"=1+1"}, {"12", true}}, {{kHostile, false, "https://example.org/a&b"}, {"-5", true}}}), sheetOf({})},
      kHostile));
  expectWellFormed(parts);
  const std::string& sheet = parts.at("xl/worksheets/sheet1.xml");
  EXPECT_FALSE(has(sheet, "<f>"));
  EXPECT_TRUE(has(sheet, "<c r=\"A4\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t></is></c>"));
  EXPECT_TRUE(has(sheet, "<c r=\"B4\" s=\"3\"><v>12</v></c>"));
  EXPECT_TRUE(has(sheet, "<hyperlink ref=\"A5\" r:id=\"rId1\"/>"));
  EXPECT_TRUE(has(parts.at("xl/worksheets/_rels/sheet1.xml.rels"), "Target=\"https://example.org/a&amp;b\""));
  EXPECT_TRUE(has(parts.at("xl/workbook.xml"), "name=\"Studies  all of  them , by…\""));
  EXPECT_TRUE(has(parts.at("xl/workbook.xml"), " 2\" sheetId=\"2\""));
}

TEST(Xlsx, ExcelsOwnEscapesAreEscaped) {
  const auto parts = partsOf(xlsx({sheetOf({{{"_x0041_ and _x00"}}})}, ""));
  EXPECT_TRUE(has(parts.at("xl/worksheets/sheet1.xml"), "_x005F_x0041_ and _x00<"));
}

TEST(Xlsx, ATextThatExcelCannotHoldIsCut) {
  const auto parts = partsOf(xlsx({sheetOf({{{std::string(40000, 'a')}}})}, ""));
  EXPECT_TRUE(has(parts.at("xl/worksheets/sheet1.xml"), std::string(32766, 'a') + "…</t>"));
}

TEST(ColumnWidths, NoWordIsBrokenWhileOthersCanSpareRoom) {
  EXPECT_EQ(columnWidths({1, 1, 2}, {0, 0, 0}, 400), (std::vector<double>{100, 100, 200}));
  const std::vector<double> widths = columnWidths({1, 1, 2}, {150, 50, 50}, 400);
  EXPECT_EQ(widths[0], 150);
  EXPECT_EQ(widths[1], 87.5);
  EXPECT_EQ(widths[2], 162.5);
  EXPECT_EQ(columnWidths({1, 1}, {300, 300}, 400), (std::vector<double>{200, 200})) << "no way out: the shares stand";
  EXPECT_GT(longestWord("a considerable word", 10, true), longestWord("a considerable word", 10, false));
  EXPECT_EQ(longestWord("co", 10, false), longestWord("co co\nco", 10, false));
  EXPECT_EQ(longestWord("self-", 10, false), longestWord("self-led", 10, false));
}

}  // namespace
