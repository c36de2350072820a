// Rows of people's sheets as importers.sheet hands them over, and the cells of a row by their headings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <winnow/record_writer.hpp>

#include "DelimitedText.hpp"

namespace winnow::csv {

/// True if each of the headings is there, in small or large letters.
bool hasHeadings(const std::vector<std::string>& headings, std::initializer_list<std::string_view> wanted);

/// The cells of a row by their headings. Borrows both.
class Cells {
 public:
  Cells(const std::vector<std::string>& headings, const Row& row) : headings_(headings), row_(row) {}
  /// The cell below that heading (in small or large letters), or empty.
  std::string_view operator[](std::string_view heading) const;

 private:
  const std::vector<std::string>& headings_;
  const Row& row_;
};

/// What names an article in another program's file.
struct Article {
  std::string key;  ///< the other program's
  std::string doi, pmid, title, year, authors, number;
  std::string notes;  ///< may hold our own id
};

/// Writes records of cells: "cell." + heading, one field a cell; cells of a group are of one vote.
class SheetWriter {
 public:
  SheetWriter(Host host, RecordWriter& writer) : host_(host), writer_(writer) {}

  /// Opens a record with what names the article: our own id if it came back, else the other program's key. `row`: as a
  /// spreadsheet counts; 0: the file has no rows.
  void begin(const Article& article, winnow_span at, std::uint32_t row = 0);
  /// Blank values are not written.
  void cell(std::string_view heading, std::string_view value, std::uint16_t group = 0);
  void end() { writer_.end(); }
  RecordWriter& writer() noexcept { return writer_; }

 private:
  Host host_;
  RecordWriter& writer_;
};

}  // namespace winnow::csv
