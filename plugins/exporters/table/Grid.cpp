#include "Grid.hpp"

#include <algorithm>

#include "Table.hpp"
#include "office/Docx.hpp"
#include "office/Package.hpp"
#include "office/Xlsx.hpp"

#include <winnow/formats/ascii.hpp>

namespace winnow::table {

namespace {

using office::xmlText;

using formats::isDigit;

std::string_view numberLabel(const Grid& grid) { return grid.label; }

/// "Table 3", or nothing.
std::string numbered(const Grid& grid) {
  return grid.number == 0 ? std::string() : std::string(numberLabel(grid)) + " " + std::to_string(grid.number);
}

std::string htmlCell(const Cell& cell) {
  std::string text = xmlText(cell.text);
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 4))
    text.replace(at, 1, "<br>");
  if (!picture::isSafeLink(cell.link)) return text;
  return "<a href=\"" + xmlText(cell.link) + "\">" + text + "</a>";
}

office::TableCell wordCell(const Cell& cell) { return {{{cell.text, cell.isHeading, false, cell.link}}, 1}; }

/// Width of a spreadsheet's column, in characters.
double sheetWidth(const Grid& grid, std::size_t column) {
  std::size_t longest = 0;
  for (const auto& row : grid.rows)
    if (column < row.size()) longest = std::max(longest, row[column].text.size());
  const auto wanted = static_cast<double>(std::max(longest, grid.columns[column].heading.size() / 2)) + 2;
  return std::clamp(wanted, 8.0, 50.0);
}

}  // namespace

Cell count(std::int64_t n) { return {std::to_string(n), true, {}, false}; }

bool isNumber(std::string_view text) {
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  const auto whole = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isDigit) - text.begin());
  if (whole == 0) return false;
  text.remove_prefix(whole);
  if (text.empty()) return true;
  return (text.front() == '.' || text.front() == ',') && text.size() > 1 &&
         std::all_of(text.begin() + 1, text.end(), isDigit);
}

std::string titleOf(const Grid& grid) {
  const std::string number = numbered(grid);
  if (number.empty() || grid.caption.empty()) return number + grid.caption;
  return number + ". " + grid.caption;
}

std::string csv(const Grid& grid) {
  Row headings;
  for (const Column& column : grid.columns) headings.push_back(column.heading);
  std::string text = header(headings, Format::csv);
  for (const auto& cells : grid.rows) {
    Row one;
    for (const Cell& cell : cells) one.push_back(cell.text);
    text += row(one, Format::csv);
  }
  return text;
}

std::string markdown(const Grid& grid) {
  const auto escaped = [](const std::string& words) {
    const std::string cells = row({words}, Format::markdown);  // "| words |\n"
    return words.empty() ? std::string() : cells.substr(2, cells.size() - 5);
  };
  std::string text;
  if (const std::string title = titleOf(grid); !title.empty()) text += "**" + escaped(title) + "**\n\n";
  std::string rule = "|";
  text += "|";
  for (const Column& column : grid.columns) {
    text += " " + escaped(column.heading) + " |";
    rule += column.isNumber ? " ---: |" : " --- |";
  }
  text += "\n" + rule + "\n";
  for (const auto& cells : grid.rows) {
    text += "|";
    for (const Cell& cell : cells) {
      const std::string words = escaped(cell.text);
      const bool isLink =
          !words.empty() && picture::isSafeLink(cell.link) && cell.link.find_first_of("()<>\\|") == std::string::npos;
      text += words.empty() ? " |" : isLink ? " [" + words + "](" + cell.link + ") |" : " " + words + " |";
    }
    text += "\n";
  }
  for (const std::string& note : grid.notes) text += "\n" + escaped(note) + "\n";
  return text;
}

std::string html(const Grid& grid, Style style) {
  const char* kind = style == Style::Apa ? "apa" : style == Style::Grid ? "grid" : "journal";
  std::string out = std::string("<table class=\"") + kind + "\">\n";
  if (const std::string number = numbered(grid); !number.empty() || !grid.caption.empty()) {
    out += "<caption>";
    if (!number.empty())
      out += "<b>" + xmlText(number) + (style == Style::Apa || grid.caption.empty() ? "" : ".") + "</b> ";
    out += "<span>" + xmlText(grid.caption) + "</span></caption>\n";
  }
  out += "<thead><tr>";
  for (const Column& column : grid.columns)
    out += std::string("<th scope=\"col\"") + (column.isNumber ? " class=\"n\"" : "") + ">" + xmlText(column.heading) +
           "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& cells : grid.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool isRight = i < grid.columns.size() && grid.columns[i].isNumber;
      const std::string tag = cells[i].isHeading ? "th scope=\"row\"" : "td";
      out += "<" + tag + (isRight ? " class=\"n\"" : "") + ">" + htmlCell(cells[i]) +
             (cells[i].isHeading ? "</th>" : "</td>");
    }
    out += "</tr>\n";
  }
  out += "</tbody>\n</table>\n";
  for (const std::string& note : grid.notes)
    out += std::string("<p class=\"note\">") + (style == Style::Apa ? "<i>Note.</i> " : "") + xmlText(note) + "</p>\n";
  return out;
}

std::string htmlPage(const Grid& grid, const Print& print) {
  std::string font;
  for (const char c : print.font)
    if (c == ' ' || c == '-' || isDigit(c) || (c | 0x20) >= 'a') font += c == '\'' || c == '"' || c == ';' ? ' ' : c;
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
         "content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>" +
         xmlText(titleOf(grid).empty() ? "Table" : titleOf(grid)) +
         "</title>\n<style>\nbody{font:" + std::to_string(static_cast<int>(print.size)) + "pt/1.35 '" + xmlText(font) +
         "',Arial,sans-serif;margin:1.5em;color:#1d232b;background:#fff}\n" + std::string(tableCss()) +
         "@media "
         "(prefers-color-scheme:dark){body{color:#e8ebee;background:#14181d}}\n</style>\n</head>\n<body>\n<main>\n"
         "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n" +
         html(grid, print.style) + "</div>\n</main>\n</body>\n</html>\n";
}

std::string_view tableCss() {
  return ".wide{overflow-x:auto;position:relative}\n"
         "table{border-collapse:collapse;font-size:.88em;width:100%}\n"
         "caption{text-align:left;padding:0 0 .5em;font-size:1.1em}\n"
         "th,td{padding:.3em .6em;text-align:left;vertical-align:top;unicode-bidi:isolate}\n"
         "th.n,td.n{text-align:right;font-variant-numeric:tabular-nums}\n"
         "thead th{border-top:1.5px solid;border-bottom:1px solid;vertical-align:bottom}\n"
         "tbody tr:last-child>*{border-bottom:1.5px solid}\n"
         "tbody th{font-weight:inherit}\n"
         "table.grid th,table.grid td{border:1px solid}\n"
         "table.apa caption b{display:block}\ntable.apa caption span{font-style:italic}\n"
         ".note{font-size:.85em;margin:.3em 0}\n"
         "a{color:#1b4f85}\n"
         "@media (prefers-color-scheme:dark){a{color:#8fc1f3}}\n"
         "@media print{.wide{overflow:visible}thead{display:table-header-group}tr{break-inside:avoid}}\n";
}

std::string docx(const Grid& grid, const Print& print) {
  office::PageSetup page;
  if (print.isLetter) page = {215.9, 279.4, 20};
  if (print.isLandscape) std::swap(page.width, page.height);
  office::Docx file(titleOf(grid), print.font, print.size, page);
  addTo(file, grid, print.style);
  return file.bytes();
}

void addTo(office::Docx& file, const Grid& grid, Style style) {
  const std::string number = numbered(grid);
  if (style == Style::Apa) {
    if (!number.empty()) file.paragraph(office::Paragraph::Caption, {{number, true, false, {}}});
    if (!grid.caption.empty()) file.paragraph(office::Paragraph::Caption, {{grid.caption, false, true, {}}});
  } else if (!titleOf(grid).empty()) {
    file.paragraph(office::Paragraph::Caption,
                   {{number.empty() ? "" : number + ". ", true, false, {}}, {grid.caption, false, false, {}}});
  }
  office::WordTable table;
  table.rules = style == Style::Grid ? office::Rules::Grid : office::Rules::Three;
  table.description = grid.caption;
  for (const Column& column : grid.columns) {
    table.columns.push_back({column.share, column.isNumber ? office::Side::End : office::Side::Start});
    table.headings.push_back({{{column.heading, true, false, {}}}, 1});
  }
  for (const auto& cells : grid.rows) {
    std::vector<office::TableCell> one;
    for (const Cell& cell : cells) one.push_back(wordCell(cell));
    table.rows.push_back(std::move(one));
  }
  file.table(table);
  for (const std::string& note : grid.notes)
    file.paragraph(office::Paragraph::Note,
                   {{style == Style::Apa ? "Note. " : "", false, true, {}}, {note, false, false, {}}});
  if (grid.notes.empty()) file.paragraph(office::Paragraph::Note, "");
}

office::Sheet sheetOf(const Grid& grid, const std::string& name) {
  office::Sheet sheet;
  sheet.name = name;
  sheet.caption = titleOf(grid);
  for (std::size_t i = 0; i < grid.columns.size(); ++i)
    sheet.columns.push_back({grid.columns[i].heading, sheetWidth(grid, i), grid.columns[i].isNumber});
  for (const auto& cells : grid.rows) {
    std::vector<office::SheetCell> one;
    for (const Cell& cell : cells) {
      // A comma is a decimal sign to people, never to the file.
      const bool isPlain = cell.isNumber && isNumber(cell.text) && cell.text.find_first_of(",+") == std::string::npos &&
                           cell.text.size() < 16;
      one.push_back({cell.text, isPlain, picture::isSafeLink(cell.link) && cell.link[0] != '#' ? cell.link : ""});
    }
    sheet.rows.push_back(std::move(one));
  }
  sheet.notes = grid.notes;
  return sheet;
}

std::string xlsx(const Grid& grid) { return office::xlsx({sheetOf(grid, grid.label)}, titleOf(grid)); }

}  // namespace winnow::table
