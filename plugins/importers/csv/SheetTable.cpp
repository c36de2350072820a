#include "SheetTable.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include <winnow/formats/text.hpp>

#include "CsvImporter.hpp"

namespace winnow::csv {

namespace {

// Code points that a browser or a word processor leaves in a cell and nobody sees.
constexpr std::string_view kBlanks[] = {"\u00A0", "\u2007", "\u202F"};
constexpr std::string_view kMarks[] = {"\u200B", "\uFEFF", "\u2060", "\u00AD"};

constexpr std::string_view kMarkTwice = "\u00EF\u00BB\u00BF";

bool startsWithAny(std::string_view text, const std::string_view* begin, const std::string_view* end,
                   std::size_t& size) {
  const auto found =
      std::find_if(begin, end, [&](std::string_view mark) { return text.substr(0, mark.size()) == mark; });
  if (found == end) return false;
  size = found->size();
  return true;
}

bool isPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string withoutMarks(std::string_view text) {
  std::string out;
  for (std::size_t at = 0, size = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (startsWithAny(rest, std::begin(kBlanks), std::end(kBlanks), size)) {
      out += ' ';
      at += size;
    } else if (startsWithAny(rest, std::begin(kMarks), std::end(kMarks), size)) {
      at += size;
    } else {
      out += text[at++];
    }
  }
  return out;
}

/// The bytes that a text would have in Windows-1252; the text itself if it has a character that is none.
std::string bytesOf(std::string_view text) {
  static const auto* const table = [] {
    auto* map = new std::map<std::string, char, std::less<>>;
    for (int byte = 0x80; byte < 0x100; ++byte) {
      const char c = static_cast<char>(byte);
      map->emplace(formats::cp1252ToUtf8(std::string_view(&c, 1)), c);
    }
    return map;
  }();
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const auto found = table->find(text.substr(at, size));
    if (size > 1 && found == table->end()) return std::string(text);
    bytes += size == 1 ? text[at] : found->second;
    at += size;
  }
  return bytes;
}

/// "C" for column 2, as spreadsheets name it.
std::string columnName(std::size_t index) {
  std::string name;
  for (std::size_t n = index + 1; n > 0; n = (n - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (n - 1) % 26));
  return name;
}

}  // namespace

char delimiterLine(std::string_view line) {
  line = formats::trim(line);
  if (line.size() > 2 && line.front() == '"') line = line.substr(1);  // a spreadsheet quoted it
  constexpr std::string_view kMark = "sep=";
  if (!formats::startsWithIgnoringCase(line, kMark)) return '\0';
  return line.size() == kMark.size() ? '\t' : line[kMark.size()];  // the tab was trimmed
}

void CellText::lookAt(std::string_view begin) { isTwice_ = begin.substr(0, kMarkTwice.size()) == kMarkTwice; }

std::string_view CellText::clean(std::string_view text) const {
  if (!isPlain(text)) {
    if (!formats::isUtf8(text)) text = writer_.keep(formats::cp1252ToUtf8(text));
    if (isTwice_)
      if (const std::string once = bytesOf(text); formats::isUtf8(once)) text = writer_.keep(once);
    text = writer_.keep(withoutMarks(text));
  }
  return cellValue(text);
}

std::vector<std::string> CellText::headingsOf(const Row& row) const {
  std::vector<std::string> headings;
  for (const Cell& cell : row.cells) headings.push_back(formats::collapsed(clean(cell.text)));
  while (!headings.empty() && headings.back().empty()) headings.pop_back();
  return headings;
}

bool isSheetHeading(const std::vector<std::string>& headings) {
  static constexpr std::array<std::string_view, 4> kOwn = {"record", "decision", "category", "value"};
  static constexpr std::array<std::string_view, 18> kOthers = {
      "record", "decision", "category", "value", "reason", "note", "reviewer", "by",     "title",
      "doi",    "item",     "other",    "study", "step",   "wave", "time",     "number", "pmid"};
  const auto count = [&](const auto& words) {
    return std::count_if(headings.begin(), headings.end(), [&](const std::string& heading) {
      return std::find(words.begin(), words.end(), formats::lower(heading)) != words.end();
    });
  };
  return count(kOwn) >= 1 && count(kOthers) >= 2;
}

bool isOwnPage(const std::vector<std::string>& firstRow) {
  constexpr std::string_view kMark = "(written by Winnow)";
  if (firstRow.size() != 1 || firstRow[0].size() < kMark.size()) return false;
  return std::string_view(firstRow[0]).substr(firstRow[0].size() - kMark.size()) == kMark;
}

void SheetTable::useHeadings(const Row& row, std::uint32_t number) {
  number_ = number;
  headings_ = text_.headingsOf(row);
  tags_.clear();
  told_.assign(headings_.size(), false);
  const std::uint32_t tag = host_.tag("sheet.heading");
  writer_.begin(row.at);
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    tags_.push_back(headings_[i].empty() ? 0 : host_.tag("cell." + formats::lower(headings_[i])));
    writer_.derive(tag, writer_.keep(headings_[i]), {WINNOW_NONE, 0, static_cast<std::uint16_t>(i + 1), 0});
    if (isTwice(i))
      tell(host_, WINNOW_WARNING, "sheet.duplicate-column", {row.cells[i].line, row.columnOf(row.cells[i].offset)}, 0,
           "the column '" + headings_[i] + "' stands twice, here in column " + columnName(i),
           "a cell counts where the other is empty or says the same");
  }
  writer_.end();
  rows_.setWidth(row.cells.size());
}

winnow_status SheetTable::run() {
  for (Row row; rows_.next(row);) {
    ++number_;
    if (row.isBlank) {
      writer_.declare(row.at, WINNOW_SEPARATOR);
    } else if (const std::vector<std::string> headings = text_.headingsOf(row);
               isSheetHeading(headings) &&
               std::is_permutation(headings.begin(), headings.end(), headings_.begin(), headings_.end())) {
      useHeadings(row, number_);
    } else {
      readRow(row);
    }
    if (!writer_.full()) continue;
    if (const winnow_status status = writer_.flush(); status != WINNOW_OK) return status;
    rows_.discard();
  }
  return rows_.status() != WINNOW_OK ? rows_.status() : writer_.flush();
}

bool SheetTable::isTwice(std::size_t column) const {
  return tags_[column] != 0 && std::find(tags_.begin(), tags_.begin() + static_cast<std::ptrdiff_t>(column),
                                         tags_[column]) != tags_.begin() + static_cast<std::ptrdiff_t>(column);
}

void SheetTable::readRow(const Row& row) {
  const std::uint64_t ordinal = writer_.count() + 1;
  if (row.unclosed)
    tell(host_, WINNOW_WARNING, "sheet.unclosed-quote", {row.at.line, row.columnOf(row.quote)}, ordinal,
         "a quote is opened here and never closed", "the cell ends with its line");
  writer_.begin(row.at);
  writer_.derive(host_.tag("sheet.row"), writer_.keep(std::to_string(number_)), {});
  writeCells(row, ordinal);
  writer_.end();
}

void SheetTable::writeCells(const Row& row, std::uint64_t ordinal) {
  std::vector<std::pair<std::uint32_t, std::string_view>> written;  // of columns that stand twice
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string_view text = text_.clean(row.cells[i].text);
    if (text.empty()) continue;
    if (i >= tags_.size() || tags_[i] == 0) {
      tellUnheaded(row, i);
      continue;
    }
    const auto before =
        std::find_if(written.begin(), written.end(), [&](const auto& w) { return w.first == tags_[i]; });
    if (before != written.end()) {
      if (formats::collapsed(before->second) != formats::collapsed(text))
        tell(host_, WINNOW_WARNING, "sheet.two-values", {row.cells[i].line, row.columnOf(row.cells[i].offset)}, ordinal,
             "cell " + columnName(i) + std::to_string(number_) + ": the two columns '" + headings_[i] + "' say '" +
                 std::string(before->second) + "' and '" + std::string(text) + "'",
             "the first counts; delete one of the columns");
      continue;
    }
    written.emplace_back(tags_[i], text);
    writer_.raw(tags_[i], text, row.cells[i].line);
  }
}

void SheetTable::tellUnheaded(const Row& row, std::size_t column) {
  if (told_.size() <= column) told_.resize(column + 1, false);
  if (told_[column]) return;
  told_[column] = true;
  tell(host_, WINNOW_WARNING, "sheet.no-heading", {row.cells[column].line, row.columnOf(row.cells[column].offset)}, 0,
       "cell " + columnName(column) + std::to_string(number_) + " stands below no heading",
       "cells of this column are not read; give the column a heading, or look whether a delimiter stands in a text");
}

}  // namespace winnow::csv
