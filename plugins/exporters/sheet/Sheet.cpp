#include "sheet/Sheet.hpp"

#include <algorithm>

#include "office/Xlsx.hpp"

namespace winnow::sheet {
namespace {

/// One line: a row of the sheet is a line of the file, and its number the same everywhere.
std::string oneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool isBlank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (isBlank && (line.empty() || line.back() == ' ')) continue;
    line += isBlank ? ' ' : c;
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

/// An address as a link needs it: Excel repairs files whose links hold "<" or blanks, which old DOIs do.
std::string encoded(std::string_view address) {
  constexpr std::string_view kPlain = "-._~:/?@!$&'()*+,;=%";
  std::string link;
  for (const char c : address) {
    const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                         kPlain.find(c) != std::string_view::npos;
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (isPlain)
      link += c;
    else
      link.append({'%', kHex[byte >> 4], kHex[byte & 15]});
  }
  return link;
}

office::Sheet aboutPage(const About& about) {
  office::Sheet page;
  page.name = "About";
  page.columns = {{std::string(kAboutMark), 28}, {"", 90}, {"", 40}};
  page.hasFilter = false;
  for (const Section& section : about.sections) {
    page.rows.emplace_back();
    page.rows.push_back({{section.heading}});
    for (const Named& line : section.lines) page.rows.push_back({{line.id}, {line.text}, {line.condition}});
  }
  return page;
}

}  // namespace

std::string doiLink(std::string_view doi) {
  if (doi.empty()) return {};
  return doi.substr(0, 4) == "http" ? std::string(doi) : "https://doi.org/" + std::string(doi);
}

SheetFile::SheetFile(const Settings& settings, std::string name, std::size_t frozen)
    : format_(settings.text("format")), name_(std::move(name)), frozen_(frozen) {
  const std::string_view separator = settings.text("separator");
  separator_ = separator == "tab" ? '\t' : separator.empty() ? ',' : separator.front();
}

winnow_status SheetFile::begin(Sink& sink, std::vector<Column> columns, About about) {
  columns_ = std::move(columns);
  about_ = std::move(about);
  rows_.clear();
  if (isXlsx()) return WINNOW_OK;
  if (isAbout()) return sink.write(textOf(about_));
  table::Row headings;
  for (const Column& column : columns_) headings.push_back(column.heading);
  return sink.write(table::header(headings, table::Format::csv, separator_));
}

winnow_status SheetFile::row(Sink& sink, table::Row cells) {
  if (isAbout()) return WINNOW_OK;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (columns_[i].use != Use::Answer) cells[i] = oneLine(cells[i]);
  if (!isXlsx()) return sink.write(table::row(cells, table::Format::csv, separator_));
  rows_.push_back(std::move(cells));
  return WINNOW_OK;
}

winnow_status SheetFile::end(Sink& sink) { return isXlsx() ? sink.write(workbook()) : winnow_status{WINNOW_OK}; }

std::string SheetFile::workbook() const {
  office::Sheet page;
  page.name = name_;
  page.frozenColumns = frozen_;
  for (const Column& column : columns_) {
    office::SheetColumn one{column.heading, column.width};
    one.isInput = column.use == Use::Answer;
    one.choices = column.choices;
    one.takesOthers = column.takesOthers;
    page.columns.push_back(std::move(one));
  }
  for (const table::Row& row : rows_) {
    auto& cells = page.rows.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i)
      cells.push_back({row[i], false, columns_[i].use == Use::Link ? encoded(row[i]) : std::string()});
  }
  return office::xlsx({std::move(page), aboutPage(about_)}, name_);
}

}  // namespace winnow::sheet
