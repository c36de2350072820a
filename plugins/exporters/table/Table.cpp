#include "table/Table.hpp"

#include <algorithm>

#include "table/Grid.hpp"

namespace winnow::table {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string csvCell(std::string_view cell, char separator) {
  const bool hasBlankEnd = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
  const bool hasSeparator = cell.find(separator) != std::string_view::npos;
  if (cell.find_first_of("\"\r\n") == std::string_view::npos && !hasSeparator && !hasBlankEnd) return std::string(cell);
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  quoted.push_back('"');
  return quoted;
}

std::string markdownCell(std::string_view cell) {
  std::string text;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if (c == '\r' && cell.substr(i + 1, 1) == "\n") continue;
    if (c == '\n' || c == '\r')
      text.append("<br>");
    else if (c == '&')
      text.append("&amp;");
    else if (c == '<')
      text.append("&lt;");
    else if (c == '>')
      text.append("&gt;");
    else if (std::string_view("\\|*_[]`").find(c) != std::string_view::npos)
      text.append("\\").push_back(c);
    else
      text.push_back(c);
  }
  return text;
}

std::string cellIn(std::string_view cell, Format format, char separator) {
  if (format == Format::markdown) return markdownCell(cell);
  return csvCell(format == Format::csv ? guarded(cell) : std::string(cell), separator);
}

}  // namespace

std::string guarded(std::string_view cell) {
  const std::size_t apostrophes = std::min(cell.find_first_not_of('\''), cell.size());
  const std::string_view rest = cell.substr(apostrophes);
  const bool isFormula = !rest.empty() && std::string_view("=+-@\t\r").find(rest.front()) != std::string_view::npos;
  if (!isFormula || (apostrophes == 0 && isNumber(rest))) return std::string(cell);
  return std::string("'").append(cell);
}

std::string header(const Row& columns, Format format, char separator) {
  std::string text = format == Format::csv ? std::string(kByteOrderMark) : std::string();
  text += row(columns, format, separator);
  if (format != Format::markdown) return text;
  text += "|";
  for (std::size_t i = 0; i < columns.size(); ++i) text += " --- |";
  return text + "\n";
}

std::string row(const Row& cells, Format format, char separator) {
  const bool isMarkdown = format == Format::markdown;
  std::string text = isMarkdown ? "|" : "";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = cellIn(cells[i], format, separator);
    if (isMarkdown)
      text.append(" ").append(cell).append(cell.empty() ? "|" : " |");
    else
      text.append(i == 0 ? 0 : 1, separator).append(cell);
  }
  return text.append(isMarkdown ? "\n" : "\r\n");
}

std::string joined(const std::vector<std::string_view>& values) {
  std::string text;
  for (const std::string_view value : values) {
    if (!text.empty()) text.append("; ");
    text.append(value);
  }
  return text;
}

}  // namespace winnow::table
