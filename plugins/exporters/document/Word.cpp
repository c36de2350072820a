#include <algorithm>

#include "document/Document.hpp"
#include "office/Docx.hpp"

namespace winnow::document {

namespace {

constexpr std::size_t kLongestBookmark = 40;  // Word's own limit

std::string bookmark(const std::string& id) { return id.substr(0, kLongestBookmark); }

office::Runs runs(const Spans& list) {
  office::Runs out;
  for (const Span& span : list) {
    const bool isAnchor = !span.link.empty() && span.link[0] == '#';
    const std::string link = isAnchor ? "#" + bookmark(span.link.substr(1)) : span.link;
    out.push_back(
        {span.isOpen ? "[write: " + span.text + "]" : span.text, span.bold || span.isOpen, span.italic, link});
  }
  return out;
}

class WordWriter {
 public:
  WordWriter(office::Docx& file, const table::Print& print) : file_(file), print_(print) {}

  void operator()(const Heading& h) {
    const auto kind = h.level == 1   ? office::Paragraph::Heading1
                      : h.level == 2 ? office::Paragraph::Heading2
                                     : office::Paragraph::Heading3;
    file_.paragraph(kind, {{h.text, false, false, {}}}, bookmark(h.id));
  }
  void operator()(const Paragraph& p) { file_.paragraph(office::Paragraph::Normal, runs(p.spans)); }
  void operator()(const Bullets& list) {
    for (const Spans& item : list.items) file_.paragraph(office::Paragraph::Bullet, runs(item));
  }
  void operator()(const Table& t) { table::addTo(file_, t.grid, print_.style); }
  void operator()(const Picture& p) {
    file_.drawing(p.scene, p.page);
    file_.paragraph(office::Paragraph::Caption, p.caption);
  }
  void operator()(const Raw&) {}
  void operator()(const Code& code) {
    std::size_t begin = 0;
    while (begin <= code.text.size()) {
      const std::size_t end = std::min(code.text.find('\n', begin), code.text.size());
      if (end > begin || end < code.text.size())
        file_.paragraph(office::Paragraph::Code, code.text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

 private:
  office::Docx& file_;
  const table::Print& print_;
};

}  // namespace

std::string docx(const Document& document, const table::Print& print) {
  office::PageSetup page;
  if (print.isLetter) page = {215.9, 279.4, 20};
  if (print.isLandscape) std::swap(page.width, page.height);
  office::Docx file(document.title, print.font, print.size, page);
  file.paragraph(office::Paragraph::Title, document.title);
  WordWriter writer(file, print);
  for (const Block& block : document.blocks) std::visit(writer, block);
  return file.bytes();
}

}  // namespace winnow::document
