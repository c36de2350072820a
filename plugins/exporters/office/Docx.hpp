// A document for Word and LibreOffice, written from top to bottom.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "picture/Scene.hpp"

namespace winnow::office {

/// A piece of a paragraph.
struct Run {
  std::string text;
  bool bold = false, italic = false;
  std::string link{};  ///< http, https, mailto or "#bookmark"; anything else is no link
};
using Runs = std::vector<Run>;

enum class Paragraph { Normal, Title, Heading1, Heading2, Heading3, Caption, TableText, Note, Bullet, Code };
enum class Side { Start, End, Middle };
enum class Rules {
  Three,  ///< above and below the headings, below the table
  Grid,   ///< every cell framed
};

struct TableColumn {
  double share = 1;  ///< of the width, relative to the other columns
  Side side = Side::Start;
};
struct TableCell {
  Runs runs;
  unsigned span = 1;  ///< columns that it takes
};
struct WordTable {
  std::vector<TableColumn> columns;
  std::vector<TableCell> headings;
  std::vector<std::vector<TableCell>> rows;
  Rules rules = Rules::Three;
  std::string description;  ///< for readers who do not see it
};

struct PageSetup {
  double width = 210, height = 297;  ///< millimetres
  double margin = 20;
  /// The width that text has, in millimetres.
  double room() const { return width - 2 * margin; }
};

/// Collects blocks. One thread.
class Docx {
 public:
  /// `font` and its size in points are those of the text.
  Docx(std::string title, std::string font, double size, PageSetup page);

  void paragraph(Paragraph kind, const Runs& runs, const std::string& bookmark = {});
  void paragraph(Paragraph kind, const std::string& text) { paragraph(kind, Runs{{text, false, false, {}}}); }
  void table(const WordTable& table);
  /// A raster picture as wide as given, in millimetres, with what it shows in words.
  void picture(const std::string& png, double width, double height, const std::string& description);
  /// A drawing of Word's own shapes, scaled down to the page: what stands in its boxes can be edited.
  void drawing(const picture::Scene& scene, const picture::Page& page);
  /// What follows stands on pages of another kind.
  void turn(const PageSetup& page);

  /// The file (ECMA-376, part 1, 17). Deterministic. Throws std::runtime_error if it cannot be made.
  std::string bytes() const;

 private:
  std::string runs(const Runs& runs);
  std::string link(const std::string& target);
  std::string relation(const std::string& kind, const std::string& target, bool isExternal);
  std::string section(const PageSetup& page) const;

  std::string title_, font_;
  double size_;
  PageSetup page_;
  std::string body_, relations_;
  std::size_t relationCount_ = 0, objects_ = 0, bookmarks_ = 0;
  std::vector<std::pair<std::string, std::string>> media_;
};

}  // namespace winnow::office
