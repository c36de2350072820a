// A text with headings, tables and pictures, before any file format: what statements, checklists and the report are
// written from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "picture/Scene.hpp"
#include "table/Grid.hpp"

namespace winnow::document {

/// A piece of a paragraph.
struct Span {
  std::string text{};
  bool bold = false, italic = false;
  std::string link{};   ///< "#anchor", http, https; anything else is no link
  bool isOpen = false;  ///< what an author still has to write
};
using Spans = std::vector<Span>;

struct Heading {
  int level = 1;  ///< 1 to 3
  std::string text, id;
};
struct Paragraph {
  Spans spans;
};
struct Bullets {
  std::vector<Spans> items;
};
struct Table {
  table::Grid grid;
  std::string id{};
};
struct Picture {
  picture::Scene scene;
  picture::Page page;
  std::string caption;
  std::string file{};  ///< where the same picture stands as a file of its own, for formats that hold no pictures
  std::string id{};
};
struct Code {
  std::string text;
};
/// Pandoc's Markdown as it stands, for that format alone: citations.
struct Raw {
  std::string markdown;
};
using Block = std::variant<Heading, Paragraph, Bullets, Table, Picture, Code, Raw>;

struct Document {
  std::string title;
  std::vector<Block> blocks;

  void heading(int level, std::string text, std::string id = {});
  void paragraph(std::string text);
  void paragraph(Spans spans);
};

/// A text with marks for what is open: "[write: ...]" becomes an open span.
Spans spansOf(std::string_view text);

/// Pandoc's Markdown, without the title. Pictures by their file, else by their description. HTML in data is text.
std::string markdown(const Document& document);
/// The inside of a page, without the title.
std::string html(const Document& document, table::Style style = table::Style::Journal);
/// The page around it: one file, no request.
std::string htmlPage(const Document& document, table::Style style = table::Style::Journal);
/// A Word file; pictures as drawings to edit.
std::string docx(const Document& document, const table::Print& print);

/// Words for Markdown: what means something there is escaped.
std::string escapeMarkdown(std::string_view text);

/// Style of what html() writes, behind page::baseStyle().
std::string_view documentStyle();

}  // namespace winnow::document
