#include "Document.hpp"

namespace winnow::document {

namespace {

std::string markdownOf(const Spans& list) {
  std::string out;
  for (const Span& span : list) {
    std::string words = escapeMarkdown(span.text);
    if (words.empty()) continue;
    if (span.isOpen) words = "**[write: " + words + "]**";
    if (span.bold) words = "**" + words + "**";
    if (span.italic) words = "*" + words + "*";
    const bool isLink = picture::isSafeLink(span.link) && span.link.find_first_of("()<> ") == std::string::npos;
    out += isLink ? "[" + words + "](" + span.link + ")" : words;
  }
  return out;
}

struct MarkdownWriter {
  int deeper = 0;
  std::string out{};

  void operator()(const Heading& h) {
    out += std::string(static_cast<std::size_t>(h.level + deeper), '#') + " " + escapeMarkdown(h.text);
    if (!h.id.empty()) out += " {#" + h.id + "}";
    out += "\n\n";
  }
  void operator()(const Paragraph& p) { out += markdownOf(p.spans) + "\n\n"; }
  void operator()(const Bullets& list) {
    for (const Spans& item : list.items) out += "- " + markdownOf(item) + "\n";
    out += "\n";
  }
  void operator()(const Table& t) { out += table::markdown(t.grid) + "\n"; }
  void operator()(const Picture& p) {
    if (p.file.empty())
      out += "*" + escapeMarkdown(p.caption) + "*: " + escapeMarkdown(p.page.description) + "\n\n";
    else
      out +=
          "![" + escapeMarkdown(p.caption) + "](" + p.file + "){fig-alt=\"" + escapeMarkdown(p.page.title) + "\"}\n\n";
  }
  void operator()(const Raw& raw) { out += raw.markdown + "\n\n"; }
  void operator()(const Code& code) {
    std::string fence = "```";
    while (code.text.find(fence) != std::string::npos) fence += '`';
    out += fence + "\n" + code.text + (code.text.empty() || code.text.back() != '\n' ? "\n" : "") + fence + "\n\n";
  }
};

}  // namespace

std::string escapeMarkdown(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '\n' || c == '\r')
      out += ' ';
    else if (std::string_view("\\`*_[]|~$#!@^{}\"").find(c) != std::string_view::npos)
      out.append("\\").append(1, c);
    else if (i == 0 && (c == '-' || c == '+' || c == ':'))
      out.append("\\").append(1, c);
    else
      out += c;
  }
  // "3. Results" at the beginning of a paragraph would be a list.
  std::size_t digits = 0;
  while (digits < out.size() && out[digits] >= '0' && out[digits] <= '9') ++digits;
  if (digits > 0 && digits < out.size() && (out[digits] == '.' || out[digits] == ')')) out.insert(digits, "\\");
  return out;
}

std::string markdown(const Document& document, int deeper) {
  MarkdownWriter writer{deeper};
  for (const Block& block : document.blocks) std::visit(writer, block);
  while (writer.out.size() > 1 && writer.out.compare(writer.out.size() - 2, 2, "\n\n") == 0) writer.out.pop_back();
  return std::move(writer.out);
}

}  // namespace winnow::document
