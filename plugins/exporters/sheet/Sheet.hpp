// A sheet that one person fills in, as CSV row by row or as a workbook with lists to choose from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <winnow/plugin.hpp>

#include "sheet/About.hpp"
#include "table/Table.hpp"

namespace winnow::sheet {

/// Options that every exporter of sheets has.
inline constexpr winnow_option kFormat =
    option(WINNOW_CHOICE, "format", "csv", "csv, xlsx, or about: the page with question and criteria, as text.",
           "csv|xlsx|about");
inline constexpr winnow_option kSeparator =
    option(WINNOW_CHOICE, "separator", ",", "What stands between the cells of csv.", ",|;|tab");

/// How a column is used.
enum class Use {
  Answer,  ///< people fill it in
  Shown,   ///< people read it
  Link     ///< a DOI, shown as an address that opens
};

struct Column {
  std::string heading;
  Use use = Use::Shown;
  double width = 12;                   ///< in characters, of a workbook
  std::vector<std::string> choices{};  ///< of an answer; empty: free text
  bool takesOthers = false;            ///< other words than the choices, too
};

/// "https://doi.org/10..." for a DOI; empty for nothing.
std::string doiLink(std::string_view doi);

/// Writes one sheet. One thread.
class SheetFile {
 public:
  /// `name` of the workbook's first page; `frozen`: how many columns stay in sight.
  SheetFile(const Settings& settings, std::string name, std::size_t frozen = 0);

  bool isAbout() const noexcept { return format_ == "about"; }
  bool isXlsx() const noexcept { return format_ == "xlsx"; }
  void setName(std::string name) { name_ = std::move(name); }
  /// Call begin() first, then row() for each row, then end().
  winnow_status begin(Sink& sink, std::vector<Column> columns, About about);
  winnow_status row(Sink& sink, table::Row cells);
  /// Throws std::runtime_error if the workbook cannot be made.
  winnow_status end(Sink& sink);

 private:
  std::string workbook() const;

  std::string format_, name_;
  char separator_;
  std::size_t frozen_;
  std::vector<Column> columns_;
  About about_;
  std::vector<table::Row> rows_;  ///< of a workbook
};

}  // namespace winnow::sheet
