#include "Document.hpp"

namespace winnow::document {

void Document::heading(int level, std::string text, std::string id) {
  blocks.emplace_back(Heading{level, std::move(text), std::move(id)});
}
void Document::paragraph(std::string text) { blocks.emplace_back(Paragraph{spansOf(text)}); }
void Document::paragraph(Spans spans) { blocks.emplace_back(Paragraph{std::move(spans)}); }

Spans spansOf(std::string_view text) {
  constexpr std::string_view kOpen = "[write: ";
  Spans spans;
  while (!text.empty()) {
    const std::size_t begin = text.find(kOpen);
    if (begin == std::string_view::npos) {
      spans.push_back({std::string(text)});
      break;
    }
    const std::size_t end = text.find(']', begin);
    if (begin > 0) spans.push_back({std::string(text.substr(0, begin))});
    const std::size_t from = begin + kOpen.size();
    spans.push_back(
        {std::string(text.substr(from, end == std::string_view::npos ? end : end - from)), false, false, {}, true});
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return spans;
}

}  // namespace winnow::document
