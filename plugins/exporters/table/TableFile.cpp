#include "TableFile.hpp"

namespace winnow::table {

Print printOf(const Settings& settings) {
  Print print;
  const std::string_view style = settings.text("style"), page = settings.text("page");
  if (style == "apa") print.style = Style::Apa;
  if (style == "grid") print.style = Style::Grid;
  if (!settings.text("font").empty()) print.font = settings.text("font");
  if (settings.integer("font_size") > 0) print.size = static_cast<double>(settings.integer("font_size"));
  print.isLetter = page.substr(0, 6) == "Letter";
  print.isLandscape = page.find("landscape") != std::string_view::npos;
  return print;
}

TableFile::TableFile(const Settings& settings)
    : format_(settings.text("format")),
      caption_(settings.text("caption")),
      number_(static_cast<int>(settings.integer("number"))),
      print_(printOf(settings)) {}

std::string TableFile::bytes(Grid grid) const {
  if (!caption_.empty()) grid.caption = caption_;
  if (number_ != 0) grid.number = number_;
  if (format_ == "markdown") return markdown(grid);
  if (format_ == "html") return htmlPage(grid, print_);
  if (format_ == "docx") return docx(grid, print_);
  return format_ == "xlsx" ? xlsx(grid) : csv(grid);
}

}  // namespace winnow::table
