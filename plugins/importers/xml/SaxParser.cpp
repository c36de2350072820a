#include "SaxParser.hpp"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <new>

#include <winnow/formats/text.hpp>

namespace winnow::xml {

namespace {

constexpr std::string_view kRoot = "<records>";

xmlParserCtxtPtr parserOf(void* context) { return static_cast<xmlParserCtxtPtr>(context); }

/// Attributes of the tag that begins `text`.
std::size_t attributesOf(std::string_view text) {
  std::size_t count = 0;
  char quote = '\0';
  for (const char c : text) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      break;
    } else {
      count += c == '=' ? 1 : 0;
    }
  }
  return count;
}

/// Where a tag begins that has too many attributes; npos if none does. libxml2 compares each with all before it.
std::size_t overfullTag(std::string_view text) {
  constexpr std::size_t kShortest = SaxParser::kMostAttributes * 4;  // an attribute: a=""
  if (text.size() < kShortest) return std::string_view::npos;
  for (std::size_t at = text.find('<'), next = 0; at != std::string_view::npos; at = next) {
    next = text.find('<', at + 1);
    const std::string_view run = text.substr(at, next - at);
    const bool isTag = run.size() >= kShortest && run[1] != '!' && run[1] != '?';
    if (isTag && attributesOf(run) > SaxParser::kMostAttributes) return at;
  }
  return std::string_view::npos;
}

}  // namespace

struct SaxParser::Handlers {
  static SaxParser& of(void* context) { return *static_cast<SaxParser*>(parserOf(context)->_private); }
  static Name name(const xmlChar* text) { return reinterpret_cast<Name>(text); }

  static void start(void* context, const xmlChar* local, const xmlChar*, const xmlChar*, int, const xmlChar**,
                    int count, int, const xmlChar** attributes) {
    SaxParser& self = of(context);
    const bool isOurRoot = self.isWithin_ && self.depth_ == 0;
    ++self.depth_;
    if (isOurRoot || self.isFaulty_) return;
    if (self.depth_ > kDeepest + (self.isWithin_ ? 1 : 0)) return self.stop("elements are nested too deeply");
    ++self.opened_;
    self.events_.open(name(local), Attributes(attributes, count));
  }
  static void end(void* context, const xmlChar* local, const xmlChar*, const xmlChar*) {
    SaxParser& self = of(context);
    --self.depth_;
    self.events_.close(name(local));
  }
  static void characters(void* context, const xmlChar* text, int size) {
    SaxParser& self = of(context);
    if (!self.isFaulty_) self.events_.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
  }
  static void failed(void* context, xmlErrorPtr error) {
    SaxParser& self = of(context);
    // A prefix that is declared outside of the record is no defect.
    if (self.isFaulty_ || error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE) return;
    self.isFaulty_ = true;
    self.fault_.line = static_cast<std::uint32_t>(error->line - self.linesBefore_);
    self.fault_.column = static_cast<std::uint32_t>(error->int2);
    self.fault_.what = formats::trim(error->message == nullptr ? "not well-formed" : error->message);
  }
};

SaxParser::SaxParser(SaxEvents& events) : events_(events) {
  xmlSAXHandler handlers{};
  handlers.initialized = XML_SAX2_MAGIC;
  handlers.startElementNs = Handlers::start;
  handlers.endElementNs = Handlers::end;
  handlers.characters = Handlers::characters;
  handlers.ignorableWhitespace = Handlers::characters;
  handlers.cdataBlock = Handlers::characters;
  handlers.serror = Handlers::failed;
  parser_ = xmlCreatePushParserCtxt(&handlers, nullptr, nullptr, 0, nullptr);
  if (parser_ == nullptr) throw std::bad_alloc();
}

SaxParser::~SaxParser() { xmlFreeParserCtxt(parser_); }

void SaxParser::reset() {
  xmlCtxtResetPush(parser_, nullptr, 0, nullptr, "UTF-8");
  xmlCtxtUseOptions(parser_, XML_PARSE_NONET);
  parser_->_private = this;
  depth_ = 0;
  linesBefore_ = 0;
  isFaulty_ = false;
}

bool SaxParser::parse(std::string_view text) {
  const std::size_t overfull = overfullTag(text);
  if (overfull == std::string_view::npos) return parseWithin(text) || parseAlone(text);
  parseAlone(text.substr(0, overfull));
  stop("a tag has too many attributes");
  return false;
}

bool SaxParser::parseWithin(std::string_view text) {
  events_.begin();
  if (!isWithin_) {
    reset();
    isWithin_ = true;
    xmlParseChunk(parser_, kRoot.data(), static_cast<int>(kRoot.size()), 0);
  }
  linesBefore_ = parser_->input->line - 1;
  opened_ = 0;
  xmlParseChunk(parser_, text.data(), static_cast<int>(text.size()), 0);
  isWithin_ = !isFaulty_ && depth_ == 1 && opened_ > 0;
  return isWithin_;
}

/// As a document of its own, to its very end: its events and its defect are then those of the record alone.
bool SaxParser::parseAlone(std::string_view text) {
  events_.begin();
  reset();
  xmlParseChunk(parser_, text.data(), static_cast<int>(text.size()), 1);
  if (!isFaulty_ && depth_ > 0) stop("an element has no end tag");
  return !isFaulty_;
}

std::uint32_t SaxParser::line() const noexcept {
  return static_cast<std::uint32_t>(parser_->input->line - linesBefore_);
}

void SaxParser::stop(std::string_view why) {
  isFaulty_ = true;
  fault_ = {line(), 1, std::string(why)};
  xmlStopParser(parser_);
}

Name SaxParser::intern(std::string_view name) {
  return Handlers::name(
      xmlDictLookup(parser_->dict, reinterpret_cast<const xmlChar*>(name.data()), static_cast<int>(name.size())));
}

}  // namespace winnow::xml
