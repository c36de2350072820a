#include "Docx.hpp"

#include <algorithm>
#include <cmath>

#include "ColumnWidths.hpp"
#include "Drawing.hpp"
#include "Package.hpp"
#include "WordStyles.hpp"

namespace winnow::office {

namespace {

constexpr double kTwipsPerMillimetre = 1440 / 25.4, kEmuPerMillimetre = 36000;

std::string whole(double value) { return std::to_string(std::llround(value)); }

std::string run(const Run& run, bool isLink) {
  std::string out = "<w:r>";
  if (run.bold || run.italic || isLink) {
    out += "<w:rPr>";
    if (isLink) out += "<w:rStyle w:val=\"Hyperlink\"/>";
    if (run.bold) out += "<w:b/>";
    if (run.italic) out += "<w:i/>";
    out += "</w:rPr>";
  }
  // A line end within the text is a line break, a tab a tab.
  std::string part;
  const auto flush = [&] {
    if (!part.empty()) out += "<w:t xml:space=\"preserve\">" + xmlText(part) + "</w:t>";
    part.clear();
  };
  for (std::size_t i = 0; i < run.text.size(); ++i) {
    const char c = run.text[i];
    if (c != '\n' && c != '\r' && c != '\t') {
      part += c;
      continue;
    }
    if (c == '\r' && run.text.substr(i + 1, 1) == "\n") continue;
    flush();
    out += c == '\t' ? "<w:tab/>" : "<w:br/>";
  }
  flush();
  return out + "</w:r>";
}

const char* sideOf(Side side) {
  if (side == Side::End) return "<w:jc w:val=\"right\"/>";
  return side == Side::Middle ? "<w:jc w:val=\"center\"/>" : "";
}

std::string border(const char* side, int eighths) {
  return std::string("<w:") + side + " w:val=\"" + (eighths == 0 ? "nil" : "single") + "\" w:sz=\"" +
         std::to_string(eighths) + "\" w:space=\"0\" w:color=\"1D232B\"/>";
}

}  // namespace

Docx::Docx(std::string title, std::string font, double size, PageSetup page)
    : title_(std::move(title)), font_(std::move(font)), size_(size), page_(page) {}

std::string Docx::relation(const std::string& kind, const std::string& target, bool isExternal) {
  const std::string id = "rId" + std::to_string(100 + ++relationCount_);
  relations_ += "<Relationship Id=\"" + id + "\" Type=\"" + std::string(kOfficeRelations) + kind + "\" Target=\"" +
                xmlText(target) + "\"" + (isExternal ? " TargetMode=\"External\"" : "") + "/>";
  return id;
}

std::string Docx::runs(const Runs& list) {
  std::string out;
  for (const Run& one : list) {
    if (one.text.empty()) continue;
    const bool isLink =
        picture::isSafeLink(one.link) && (one.link[0] == '#' || one.link.find(':') != std::string::npos);
    if (!isLink) {
      out += run(one, false);
    } else if (one.link[0] == '#') {
      out += "<w:hyperlink w:anchor=\"" + xmlText(one.link.substr(1)) + "\">" + run(one, true) + "</w:hyperlink>";
    } else {
      out += "<w:hyperlink r:id=\"" + relation("hyperlink", one.link, true) + "\">" + run(one, true) + "</w:hyperlink>";
    }
  }
  return out;
}

void Docx::paragraph(Paragraph kind, const Runs& list, const std::string& bookmark) {
  body_ += "<w:p><w:pPr><w:pStyle w:val=\"" + std::string(styleId(kind)) + "\"/></w:pPr>";
  if (bookmark.empty()) {
    body_ += runs(list);
  } else {
    const std::string id = std::to_string(++bookmarks_);
    body_ += "<w:bookmarkStart w:id=\"" + id + "\" w:name=\"" + xmlText(bookmark) + "\"/>" + runs(list) +
             "<w:bookmarkEnd w:id=\"" + id + "\"/>";
  }
  body_ += "</w:p>";
}

namespace {

/// By the shares, and no word broken that need not be: Word breaks one that is wider than its column.
std::vector<double> widthsOf(const WordTable& table, double room, double fontSize) {
  constexpr double kTwipsPerPoint = 20, kCellMargins = 2 * 115, kMostOfRoom = 0.3;
  std::vector<double> shares, minimums(table.columns.size(), 0);
  for (const TableColumn& column : table.columns) shares.push_back(column.share);
  const auto need = [&](const std::vector<TableCell>& cells, bool isHeading) {
    std::size_t column = 0;
    for (const TableCell& cell : cells) {
      double width = 0;
      for (const Run& one : cell.runs) width = std::max(width, longestWord(one.text, fontSize, isHeading || one.bold));
      if (cell.span == 1 && column < minimums.size())
        minimums[column] =
            std::max(minimums[column], std::min(width * kTwipsPerPoint + kCellMargins, room * kMostOfRoom));
      column += cell.span;
    }
  };
  need(table.headings, true);
  for (const auto& cells : table.rows) need(cells, false);
  return columnWidths(shares, minimums, room);
}

}  // namespace

void Docx::table(const WordTable& table) {
  const double room = page_.room() * kTwipsPerMillimetre;
  const std::vector<double> widths = widthsOf(table, room, size_ * 0.85);  // of the style "Table Text"

  body_ += "<w:tbl><w:tblPr><w:tblW w:w=\"" + whole(room) + "\" w:type=\"dxa\"/><w:tblBorders>";
  const bool isGrid = table.rules == Rules::Grid;
  body_ += border("top", isGrid ? 4 : 8) + border("left", isGrid ? 4 : 0) + border("bottom", isGrid ? 4 : 8) +
           border("right", isGrid ? 4 : 0) + border("insideH", isGrid ? 4 : 0) + border("insideV", isGrid ? 4 : 0);
  body_ += "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/>";
  if (!table.description.empty())
    body_ += "<w:tblDescription w:val=\"" + xmlText(table.description.substr(0, 1000)) + "\"/>";
  body_ += "</w:tblPr><w:tblGrid>";
  for (const double width : widths) body_ += "<w:gridCol w:w=\"" + whole(width) + "\"/>";
  body_ += "</w:tblGrid>";

  const auto row = [&](const std::vector<TableCell>& cells, bool isHeading) {
    body_ += std::string("<w:tr><w:trPr><w:cantSplit/>") + (isHeading ? "<w:tblHeader/>" : "") + "</w:trPr>";
    std::size_t column = 0;
    for (const TableCell& cell : cells) {
      double width = 0;
      const std::size_t end = std::min(column + cell.span, widths.size());
      const Side side = column < table.columns.size() ? table.columns[column].side : Side::Start;
      for (; column < end; ++column) width += widths[column];
      body_ += "<w:tc><w:tcPr><w:tcW w:w=\"" + whole(width) + "\" w:type=\"dxa\"/>";
      if (cell.span > 1) body_ += "<w:gridSpan w:val=\"" + std::to_string(cell.span) + "\"/>";
      if (isHeading && !isGrid) body_ += "<w:tcBorders>" + border("bottom", 4) + "</w:tcBorders>";
      body_ += "</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/>" + std::string(sideOf(side)) + "</w:pPr>";
      Runs list = cell.runs;
      if (isHeading)
        for (Run& one : list) one.bold = true;
      body_ += runs(list) + "</w:p></w:tc>";
    }
    body_ += "</w:tr>";
  };
  if (!table.headings.empty()) row(table.headings, true);
  for (const auto& cells : table.rows) row(cells, false);
  body_ += "</w:tbl>";
}

void Docx::picture(const std::string& png, double width, double height, const std::string& description) {
  const std::string n = std::to_string(++objects_), name = "image" + n + ".png";
  media_.emplace_back("word/media/" + name, png);
  const std::string id = relation("image", "media/" + name, false);
  const std::string cx = whole(width * kEmuPerMillimetre), cy = whole(height * kEmuPerMillimetre);
  body_ +=
      "<w:p><w:pPr><w:pStyle w:val=\"Figure\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" "
      "distR=\"0\"><wp:extent cx=\"" +
      cx + "\" cy=\"" + cy + "\"/><wp:docPr id=\"" + n + "\" name=\"Figure " + n + "\" descr=\"" +
      xmlText(description) +
      "\"/><a:graphic><a:graphicData "
      "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"" +
      n + "\" name=\"" + name + "\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"" + id +
      "\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"" +
      cx + "\" cy=\"" + cy +
      "\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
      "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";
}

void Docx::drawing(const picture::Scene& scene, const picture::Page& page) {
  const std::string n = std::to_string(++objects_);
  const double room = page_.room(), high = page_.height - 2 * page_.margin - 12;
  body_ += "<w:p><w:pPr><w:pStyle w:val=\"Figure\"/></w:pPr><w:r>" + wordDrawing(scene, page, room, high, n) +
           "</w:r></w:p>";
}

std::string Docx::section(const PageSetup& page) const {
  const auto twips = [](double millimetres) { return whole(millimetres * kTwipsPerMillimetre); };
  const std::string margin = twips(page.margin);
  return "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rIdFooter\"/><w:pgSz w:w=\"" + twips(page.width) +
         "\" w:h=\"" + twips(page.height) + "\"" + (page.width > page.height ? " w:orient=\"landscape\"" : "") +
         "/><w:pgMar w:top=\"" + margin + "\" w:right=\"" + margin + "\" w:bottom=\"" + margin + "\" w:left=\"" +
         margin + "\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>";
}

void Docx::turn(const PageSetup& page) {
  body_ += "<w:p><w:pPr>" + section(page_) + "</w:pPr></w:p>";
  page_ = page;
}

std::string Docx::bytes() const {
  Package package;
  package.add("[Content_Types].xml", contentTypes());
  package.add("_rels/.rels", packageRelations());
  package.add("docProps/core.xml", coreProperties(title_));
  package.add("word/document.xml", documentHead() + body_ + section(page_) + "</w:body></w:document>");
  package.add("word/styles.xml", wordStyles(font_, size_));
  package.add("word/numbering.xml", wordNumbering());
  package.add("word/footer1.xml", wordFooter());
  package.add("word/_rels/document.xml.rels", documentRelations(relations_));
  for (const auto& [name, bytes] : media_) package.add(name, bytes);
  return package.bytes();
}

}  // namespace winnow::office
