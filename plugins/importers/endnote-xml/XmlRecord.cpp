#include "XmlRecord.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <new>

namespace winnow::endnote {

struct XmlRecordParser::Handlers {
  static XmlRecordParser& of(void* context) { return *static_cast<XmlRecordParser*>(static_cast<xmlParserCtxtPtr>(context)->_private); }
  static std::uint32_t lineOf(void* context) { return static_cast<std::uint32_t>(xmlSAX2GetLineNumber(context)); }
  static std::string_view name(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

  static void start(void* context, const xmlChar* local, const xmlChar*, const xmlChar*, int, const xmlChar**, int count, int, const xmlChar** attributes) {
    XmlRecordParser& self = of(context);
    const std::string_view element = name(local);
    if (element == "style") return;
    self.flush();
    self.path_.emplace_back(element);
    self.text_.clear();
    self.textLine_ = lineOf(context);
    self.isOpenLeaf_ = true;
    if (element != "ref-type") return;
    for (int i = 0; i < count; ++i)
      if (name(attributes[5 * i]) == "name")
        self.leaves_.push_back({"ref-type@name", std::string(reinterpret_cast<const char*>(attributes[5 * i + 3]), static_cast<std::size_t>(attributes[5 * i + 4] - attributes[5 * i + 3])),
                                lineOf(context)});
  }
  static void end(void* context, const xmlChar* local, const xmlChar*, const xmlChar*) {
    XmlRecordParser& self = of(context);
    if (name(local) == "style" || self.path_.empty()) return;
    self.flush();
    self.path_.pop_back();
    self.isOpenLeaf_ = false;
  }
  static void characters(void* context, const xmlChar* text, int size) {
    XmlRecordParser& self = of(context);
    if (self.isOpenLeaf_) self.text_.append(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  }
  static void failed(void* context, xmlErrorPtr error) {
    auto* parser = static_cast<xmlParserCtxtPtr>(context);
    XmlRecordParser& self = *static_cast<XmlRecordParser*>(parser->_private);
    if (!self.error.empty() || error->level < XML_ERR_ERROR) return;
    self.errorLine = static_cast<std::uint32_t>(error->line);
    self.errorColumn = static_cast<std::uint32_t>(error->int2);
    self.error = error->message == nullptr ? "not well-formed" : error->message;
    while (!self.error.empty() && (self.error.back() == '\n' || self.error.back() == ' ')) self.error.pop_back();
  }
};

XmlRecordParser::XmlRecordParser() {
  xmlSAXHandler handlers{};
  handlers.initialized = XML_SAX2_MAGIC;
  handlers.startElementNs = Handlers::start;
  handlers.endElementNs = Handlers::end;
  handlers.characters = Handlers::characters;
  handlers.cdataBlock = Handlers::characters;
  handlers.serror = Handlers::failed;
  parser_ = xmlCreatePushParserCtxt(&handlers, nullptr, nullptr, 0, nullptr);
  if (parser_ == nullptr) throw std::bad_alloc();
  xmlCtxtUseOptions(parser_, XML_PARSE_NONET);
  parser_->_private = this;
}

XmlRecordParser::~XmlRecordParser() { xmlFreeParserCtxt(parser_); }

void XmlRecordParser::flush() {
  if (!isOpenLeaf_ || text_.find_first_not_of(" \t\r\n") == std::string::npos) return;
  std::string path;
  path.reserve(64);
  for (std::size_t i = 1; i < path_.size(); ++i) path += (i > 1 ? "/" : "") + path_[i];
  leaves_.push_back({std::move(path), std::move(text_), textLine_});
  text_.clear();
}

bool XmlRecordParser::parse(std::string_view text) {
  leaves_.clear();
  path_.clear();
  text_.clear();
  error.clear();
  isOpenLeaf_ = false;
  xmlCtxtResetPush(parser_, nullptr, 0, nullptr, "UTF-8");
  xmlCtxtUseOptions(parser_, XML_PARSE_NONET);
  parser_->_private = this;
  xmlParseChunk(parser_, text.data(), static_cast<int>(text.size()), 1);
  return parser_->wellFormed == 1 && error.empty();
}

}  // namespace winnow::endnote
