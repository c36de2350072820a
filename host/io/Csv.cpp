#include "Csv.hpp"

namespace winnow::io {

std::string csvCell(std::string_view text, char separator) {
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell = "'";
  cell += text;
  if (cell.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

namespace {

template <class Cells>
std::string rowOf(const Cells& cells, char separator) {
  std::string row;
  bool isFirst = true;
  for (const auto& cell : cells) {
    if (!isFirst) row += separator;
    isFirst = false;
    row += csvCell(cell, separator);
  }
  return row + "\r\n";
}

}  // namespace

std::string csvRow(std::initializer_list<std::string_view> cells) { return rowOf(cells, ','); }
std::string csvRow(const std::vector<std::string>& cells, char separator) { return rowOf(cells, separator); }

}  // namespace winnow::io
