#include "Xlsx.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <set>

#include "Package.hpp"
#include "picture/Text.hpp"

namespace winnow::office {

namespace {

constexpr const char* kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr const char* kRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr const char* kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::size_t kLongestText = 32767, kLongestName = 31, kMostLinks = 65530;

/// Indexes into cellXfs of styles().
enum CellStyle { Plain = 0, Heading = 1, Wrapped = 2, Number = 3, Caption = 4, Link = 5, Note = 6, Input = 7 };
constexpr const char* kLists = "_lists";

std::string styles() {
  return std::string(kXmlDeclaration) + "<styleSheet xmlns=\"" + kMain +
         "\"><fonts count=\"5\"><font><sz val=\"10\"/><name val=\"Arial\"/></font><font><b/><sz val=\"10\"/><name "
         "val=\"Arial\"/></font><font><b/><sz val=\"12\"/><name val=\"Arial\"/></font><font><u/><sz val=\"10\"/><color "
         "rgb=\"FF1B4F85\"/><name val=\"Arial\"/></font><font><i/><sz val=\"9\"/><name val=\"Arial\"/></font></fonts>"
         "<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill "
         "patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDCE8F4\"/>"
         "</patternFill></fill><fill><patternFill patternType=\"solid\"><fgColor "
         "rgb=\"FFFFF8E1\"/></patternFill></fill></fills><borders "
         "count=\"2\"><border/><border><left/><right/><top/><bottom "
         "style=\"thin\"><color rgb=\"FF1D232B\"/></bottom></border></borders><cellStyleXfs count=\"1\"><xf/>"
         "</cellStyleXfs><cellXfs count=\"8\"><xf/>"
         "<xf fontId=\"1\" fillId=\"2\" borderId=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" "
         "applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
         "<xf applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
         "<xf applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>"
         "<xf fontId=\"2\" applyFont=\"1\"/>"
         "<xf fontId=\"3\" applyFont=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
         "<xf fontId=\"4\" applyFont=\"1\"/>"
         "<xf numFmtId=\"49\" fillId=\"3\" applyNumberFormat=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment "
         "vertical=\"top\" wrapText=\"1\"/></xf></cellXfs></styleSheet>";
}

std::string columnName(std::size_t index) {
  std::string name;
  for (std::size_t n = index + 1; n > 0; n = (n - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (n - 1) % 26));
  return name;
}

/// At most `most` UTF-16 units, which is how Excel counts.
std::string cut(const std::string& text, std::size_t most) {
  std::size_t units = 0, at = 0, fits = 0;
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    const std::size_t size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
    units += size == 4 ? 2 : 1;
    if (units > most) return text.substr(0, fits) + "…";
    at += size;
    if (units < most) fits = std::min(at, text.size());
  }
  return text;
}

/// As Excel stores it: "_x0041_" is its escape for a letter, so an underscore that would begin one is escaped itself
/// (ECMA-376, part 1, 22.9.2.19); line ends are line feeds.
std::string stored(const std::string& text) {
  const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (text.substr(i + 1, 1) != "\n") out += '\n';
      continue;
    }
    const bool isEscape = text.compare(i, 2, "_x") == 0 && i + 6 < text.size() && text[i + 6] == '_' &&
                          std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i) + 2,
                                      text.begin() + static_cast<std::ptrdiff_t>(i) + 6, isHex);
    out += isEscape ? "_x005F_" : std::string(1, text[i]);
  }
  return out;
}

std::string number(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 6).ptr;
  return std::string(buffer, end);
}

class SheetWriter {
 public:
  /// `lists`: where the choices of each column stand, empty where it has none.
  SheetWriter(const Sheet& sheet, const std::vector<std::string>& lists) : sheet_(sheet), lists_(lists) {}

  std::string xml() {
    if (!sheet_.caption.empty()) row({{sheet_.caption}}, Caption), row({}, Plain);
    const std::size_t header = rows_ + 1;
    std::vector<SheetCell> headings;
    for (const SheetColumn& column : sheet_.columns) headings.push_back({column.heading});
    row(headings, Heading);
    for (const auto& cells : sheet_.rows) row(cells, Wrapped);
    const std::size_t last = rows_;
    if (!sheet_.notes.empty()) row({}, Plain);
    for (const std::string& note : sheet_.notes) row({{note}}, Note);

    std::string out =
        std::string(kXmlDeclaration) + "<worksheet xmlns=\"" + kMain + "\" xmlns:r=\"" + kOffice +
        "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\">" +
        pane(header) + "</sheetView></sheetViews><cols>";
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      const std::string at = std::to_string(i + 1);
      out += "<col min=\"" + at + "\" max=\"" + at + "\" width=\"" + number(sheet_.columns[i].width) +
             "\" customWidth=\"1\"" +
             (sheet_.columns[i].isInput ? " style=\"" + std::to_string(Input) + "\"" : std::string()) + "/>";
    }
    if (sheet_.columns.empty()) out += "<col min=\"1\" max=\"1\" width=\"12\"/>";
    out += "</cols><sheetData>" + body_ + "</sheetData>";
    if (!sheet_.columns.empty() && sheet_.hasFilter)
      out += "<autoFilter ref=\"A" + std::to_string(header) + ":" + columnName(sheet_.columns.size() - 1) +
             std::to_string(std::max(last, header)) + "\"/>";
    if (last > header) out += validations(header + 1, last);
    if (!links_.empty()) out += "<hyperlinks>" + linkRows_ + "</hyperlinks>";
    return out + "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>";
  }

  std::string relations() const {
    std::string out = std::string(kXmlDeclaration) + "<Relationships xmlns=\"" + kRelations + "\">";
    for (std::size_t i = 0; i < links_.size(); ++i)
      out += "<Relationship Id=\"rId" + std::to_string(i + 1) + "\" Type=\"" + kOffice + "/hyperlink\" Target=\"" +
             xmlText(links_[i]) + "\" TargetMode=\"External\"/>";
    return out + "</Relationships>";
  }
  bool hasLinks() const { return !links_.empty(); }

 private:
  /// Headings, and the first columns, stay in sight.
  std::string pane(std::size_t header) const {
    const std::size_t columns = std::min(sheet_.frozenColumns, sheet_.columns.size());
    return "<pane " + (columns == 0 ? std::string() : "xSplit=\"" + std::to_string(columns) + "\" ") + "ySplit=\"" +
           std::to_string(header) + "\" topLeftCell=\"" + columnName(columns) + std::to_string(header + 1) +
           "\" activePane=\"" + (columns == 0 ? "bottomLeft" : "bottomRight") + "\" state=\"frozen\"/>";
  }
  std::string validations(std::size_t first, std::size_t last) const {
    std::string out;
    std::size_t count = 0;
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      if (lists_[i].empty()) continue;
      const std::string column = columnName(i);
      out += "<dataValidation type=\"list\" allowBlank=\"1\"" +
             std::string(sheet_.columns[i].takesOthers ? "" : " errorStyle=\"warning\" showErrorMessage=\"1\"") +
             " sqref=\"" + column + std::to_string(first) + ":" + column + std::to_string(last) + "\"><formula1>" +
             lists_[i] + "</formula1></dataValidation>";
      ++count;
    }
    return count == 0 ? out : "<dataValidations count=\"" + std::to_string(count) + "\">" + out + "</dataValidations>";
  }

  void row(const std::vector<SheetCell>& cells, CellStyle style) {
    ++rows_;
    body_ += "<row r=\"" + std::to_string(rows_) + "\"" + heightOf(cells, style) + ">";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool isInput = style == Wrapped && i < sheet_.columns.size() && sheet_.columns[i].isInput;
      cell(cells[i], columnName(i) + std::to_string(rows_), isInput ? Input : style);
    }
    body_ += "</row>";
  }
  /// Said where text is wrapped: not every program finds it for itself when it opens the file.
  std::string heightOf(const std::vector<SheetCell>& cells, CellStyle style) const {
    constexpr double kDigit = 5.6, kPadding = 4, kLine = 12.8, kMostHeight = 409;  // points; 409 is Excel's limit
    if (style != Heading && style != Wrapped) return {};
    std::size_t lines = 1;
    for (std::size_t i = 0; i < cells.size() && i < sheet_.columns.size(); ++i) {
      if (cells[i].isNumber) continue;
      const double room = std::max(kDigit, sheet_.columns[i].width * kDigit - kPadding);
      const picture::Weight weight = style == Heading ? picture::Weight::Bold : picture::Weight::Regular;
      std::size_t own = 0;
      for (std::size_t begin = 0; begin <= cells[i].text.size();) {
        const std::size_t end = std::min(cells[i].text.find('\n', begin), cells[i].text.size());
        const std::string_view line = std::string_view(cells[i].text).substr(begin, end - begin);
        own +=
            picture::textWidth(line, 10, weight) <= room ? 1 : picture::wrapText(line, room, room, 10, weight).size();
        begin = end + 1;
      }
      lines = std::max(lines, own);
    }
    if (lines == 1) return {};
    return " ht=\"" + number(std::min(kMostHeight, kLine * static_cast<double>(lines) + 1)) + "\" customHeight=\"1\"";
  }
  void cell(const SheetCell& cell, const std::string& at, CellStyle style) {
    if (cell.text.empty()) {
      if (style == Heading || style == Input) body_ += "<c r=\"" + at + "\" s=\"" + std::to_string(style) + "\"/>";
      return;
    }
    if (cell.isNumber) {
      body_ += "<c r=\"" + at + "\" s=\"" + std::to_string(Number) + "\"><v>" + cell.text + "</v></c>";
      return;
    }
    const bool isLink = !cell.link.empty() && links_.size() < kMostLinks;
    if (isLink) {
      links_.push_back(cell.link);
      linkRows_ += "<hyperlink ref=\"" + at + "\" r:id=\"rId" + std::to_string(links_.size()) + "\"/>";
    }
    body_ += "<c r=\"" + at + "\" s=\"" + std::to_string(isLink ? Link : style) +
             "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + xmlText(cut(stored(cell.text), kLongestText)) +
             "</t></is></c>";
  }

  const Sheet& sheet_;
  const std::vector<std::string>& lists_;
  std::size_t rows_ = 0;
  std::string body_, linkRows_;
  std::vector<std::string> links_;
};

/// The page of choices, and where on it the choices of each column stand.
class Lists {
 public:
  explicit Lists(const std::vector<Sheet>& sheets) {
    page_.name = kLists;
    page_.isHidden = true;
    page_.hasFilter = false;
    for (const Sheet& sheet : sheets) {
      auto& places = places_.emplace_back();
      for (const SheetColumn& column : sheet.columns) places.push_back(add(column.choices));
    }
    if (!page_.columns.empty()) places_.emplace_back(page_.columns.size());
  }
  const std::vector<std::string>& of(std::size_t sheet) const { return places_[sheet]; }
  bool empty() const { return page_.columns.empty(); }
  const Sheet& page() const { return page_; }

 private:
  std::string add(const std::vector<std::string>& choices) {
    if (choices.empty()) return {};
    const std::size_t column = page_.columns.size();
    page_.columns.push_back({column == 0 ? std::string(kListsMark) : std::string(), 30});
    if (page_.rows.size() < choices.size()) page_.rows.resize(choices.size());
    for (std::size_t i = 0; i < choices.size(); ++i) {
      page_.rows[i].resize(std::max(page_.rows[i].size(), column + 1));
      page_.rows[i][column].text = choices[i];
    }
    const std::string name = "$" + columnName(column) + "$";
    return std::string(kLists) + "!" + name + "2:" + name + std::to_string(choices.size() + 1);
  }

  Sheet page_;
  std::vector<std::vector<std::string>> places_;  ///< by sheet, then column
};

/// A name that Excel takes and no other sheet has.
std::string sheetName(const std::string& wanted, std::set<std::string>& taken) {
  std::string name;
  for (const char c : wanted) name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  if (name.find_first_not_of(' ') == std::string::npos) name = "Sheet";
  name = cut(name, kLongestName - 4);
  for (int n = 2; !taken.insert(name).second; ++n) name = cut(name, kLongestName - 6) + " " + std::to_string(n);
  return name;
}

}  // namespace

std::string xlsx(const std::vector<Sheet>& given, const std::string& title) {
  const Lists lists(given);
  std::vector<const Sheet*> sheets;
  for (const Sheet& sheet : given) sheets.push_back(&sheet);
  if (!lists.empty()) sheets.push_back(&lists.page());
  Package package;
  std::string types = std::string(kXmlDeclaration) +
                      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                      "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>";
  const auto type = [&](const std::string& part, const std::string& kind) {
    types += "<Override PartName=\"/" + part + "\" ContentType=\"application/vnd.openxmlformats-" + kind + "+xml\"/>";
  };
  std::string book =
      std::string(kXmlDeclaration) + "<workbook xmlns=\"" + kMain + "\" xmlns:r=\"" + kOffice + "\"><sheets>";
  std::string relations = std::string(kXmlDeclaration) + "<Relationships xmlns=\"" + kRelations + "\">";
  const auto relation = [&](const std::string& id, const std::string& kind, const std::string& target) {
    relations += "<Relationship Id=\"" + id + "\" Type=\"" + kOffice + "/" + kind + "\" Target=\"" + target + "\"/>";
  };
  std::set<std::string> taken;
  std::vector<std::pair<std::string, std::string>> parts;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string n = std::to_string(i + 1);
    SheetWriter writer(*sheets[i], lists.of(i));
    parts.emplace_back("xl/worksheets/sheet" + n + ".xml", writer.xml());
    if (writer.hasLinks()) parts.emplace_back("xl/worksheets/_rels/sheet" + n + ".xml.rels", writer.relations());
    type("xl/worksheets/sheet" + n + ".xml", "officedocument.spreadsheetml.worksheet");
    book += "<sheet name=\"" + xmlText(sheetName(sheets[i]->name, taken)) + "\" sheetId=\"" + n + "\"" +
            (sheets[i]->isHidden ? " state=\"hidden\"" : "") + " r:id=\"rId" + n + "\"/>";
    relation("rId" + n, "worksheet", "worksheets/sheet" + n + ".xml");
  }
  relation("rIdStyles", "styles", "styles.xml");
  type("xl/workbook.xml", "officedocument.spreadsheetml.sheet.main");
  type("xl/styles.xml", "officedocument.spreadsheetml.styles");
  type("docProps/core.xml", "package.core-properties");
  package.add("[Content_Types].xml", types + "</Types>");
  package.add("_rels/.rels",
              std::string(kXmlDeclaration) + "<Relationships xmlns=\"" + kRelations +
                  "\"><Relationship Id=\"rId1\" Type=\"" + kOffice +
                  "/officeDocument\" Target=\"xl/workbook.xml\"/><Relationship Id=\"rId2\" "
                  "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
                  "Target=\"docProps/core.xml\"/></Relationships>");
  package.add("docProps/core.xml", coreProperties(title));
  package.add("xl/workbook.xml", book + "</sheets></workbook>");
  package.add("xl/_rels/workbook.xml.rels", relations + "</Relationships>");
  package.add("xl/styles.xml", styles());
  for (auto& [name, bytes] : parts) package.add(std::move(name), std::move(bytes));
  return package.bytes();
}

}  // namespace winnow::office
