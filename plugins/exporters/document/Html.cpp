#include "Document.hpp"

#include "document/DocumentTexts.hpp"
#include "office/Package.hpp"
#include "page/Page.hpp"

namespace winnow::document {

namespace {

using office::xmlText;

std::string htmlOf(const Spans& list) {
  std::string out;
  for (const Span& span : list) {
    std::string words = xmlText(span.text);
    if (span.bold) words = "<b>" + words + "</b>";
    if (span.italic) words = "<i>" + words + "</i>";
    if (span.isOpen) words = "<mark class=\"open\">" + words + "</mark>";
    if (picture::isSafeLink(span.link)) words = "<a href=\"" + xmlText(span.link) + "\">" + words + "</a>";
    out += words;
  }
  return out;
}

class HtmlWriter {
 public:
  explicit HtmlWriter(table::Style style) : style_(style) {}
  std::string out;

  void operator()(const Heading& h) {
    const std::string tag = "h" + std::to_string(h.level + 1);  // the page's title is h1
    out +=
        "<" + tag + (h.id.empty() ? "" : " id=\"" + xmlText(h.id) + "\"") + ">" + xmlText(h.text) + "</" + tag + ">\n";
  }
  void operator()(const Paragraph& p) { out += "<p>" + htmlOf(p.spans) + "</p>\n"; }
  void operator()(const Bullets& list) {
    out += "<ul>\n";
    for (const Spans& item : list.items) out += "<li>" + htmlOf(item) + "</li>\n";
    out += "</ul>\n";
  }
  void operator()(const Table& t) {
    const std::string label = xmlText(table::titleOf(t.grid).empty() ? "Table" : table::titleOf(t.grid));
    out += "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"" + label + "\"" +
           (t.id.empty() ? "" : " id=\"" + xmlText(t.id) + "\"") + ">\n" + table::html(t.grid, style_) + "</div>\n";
  }
  void operator()(const Picture& p) {
    picture::Page page = p.page;
    page.idPrefix = "figure-" + std::to_string(++figures_) + "-";
    out += "<figure" + (p.id.empty() ? std::string() : " id=\"" + xmlText(p.id) + "\"") +
           "><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"" + xmlText(p.caption) + "\">\n" +
           p.scene.svg(page) + "</div><figcaption>" + xmlText(p.caption) + "</figcaption></figure>\n";
  }
  void operator()(const Raw&) {}
  void operator()(const Code& code) { out += "<pre tabindex=\"0\">" + xmlText(code.text) + "</pre>\n"; }

 private:
  table::Style style_;
  int figures_ = 0;
};

}  // namespace

std::string_view documentStyle() { return texts::documentCss; }

std::string html(const Document& document, table::Style style) {
  HtmlWriter writer(style);
  for (const Block& block : document.blocks) std::visit(writer, block);
  return std::move(writer.out);
}

std::string htmlPage(const Document& document, table::Style style) {
  page::Page page;
  page.title = document.title;
  page.style = documentStyle();
  page.body = "<main>\n<h1>" + xmlText(document.title) + "</h1>\n" + html(document, style) + "</main>\n";
  return page::html(page);
}

}  // namespace winnow::document
