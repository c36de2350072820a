#include "Tree.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <new>

#include <winnow/formats/text.hpp>

namespace winnow::xml {

namespace {

std::string_view viewOf(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

}  // namespace

struct Tree::Handlers {
  static Tree& of(void* context) { return *static_cast<Tree*>(static_cast<xmlParserCtxtPtr>(context)->_private); }
  static std::uint32_t lineOf(void* context) { return static_cast<std::uint32_t>(xmlSAX2GetLineNumber(context)); }

  static Node& add(void* context) {
    Tree& self = of(context);
    Node& node = self.nodes_.emplace_back();
    node.line = lineOf(context);
    node.parent = self.open_.empty() ? 0 : self.open_.back();
    node.end = static_cast<std::uint32_t>(self.nodes_.size());
    return node;
  }
  /// Too deep or too large: what came so far stays, the rest of the record is not read.
  static bool isBeyondLimits(void* context) {
    Tree& self = of(context);
    if (!self.error.empty()) return true;
    if (self.open_.size() < kDeepest && self.nodes_.size() < kMostNodes) return false;
    self.fail(self.open_.size() >= kDeepest ? "elements are nested too deeply" : "the record holds too many elements", lineOf(context));
    xmlStopParser(static_cast<xmlParserCtxtPtr>(context));
    return true;
  }
  static void start(void* context, const xmlChar* local, const xmlChar*, const xmlChar*, int, const xmlChar**, int count, int, const xmlChar** attributes) {
    if (isBeyondLimits(context)) return;
    Node& node = add(context);
    node.name = viewOf(local);
    for (int i = 0; i < count; ++i) {
      const xmlChar** a = attributes + 5 * i;
      node.attributes.emplace_back(viewOf(a[0]), formats::decodeEntities({reinterpret_cast<const char*>(a[3]), static_cast<std::size_t>(a[4] - a[3])}));
    }
    of(context).open_.push_back(static_cast<std::uint32_t>(of(context).nodes_.size() - 1));
  }
  static void end(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    Tree& self = of(context);
    if (self.open_.empty()) return;
    self.nodes_[self.open_.back()].end = static_cast<std::uint32_t>(self.nodes_.size());
    self.open_.pop_back();
  }
  static void characters(void* context, const xmlChar* text, int size) {
    Tree& self = of(context);
    if (self.open_.empty() || !self.error.empty()) return;
    const std::string_view run(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    if (self.nodes_.back().name.empty()) self.nodes_.back().text += run;
    else add(context).text = run;
  }
  static void failed(void* context, xmlErrorPtr error) {
    auto* parser = static_cast<xmlParserCtxtPtr>(context);
    Tree& self = *static_cast<Tree*>(parser->_private);
    // A prefix that is declared outside of the record is no defect.
    if (!self.error.empty() || error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE) return;
    self.fail(error->message == nullptr ? "not well-formed" : error->message, static_cast<std::uint32_t>(error->line));
    self.errorColumn = static_cast<std::uint32_t>(error->int2);
  }
};

void Tree::fail(std::string_view why, std::uint32_t line) {
  errorLine = line;
  errorColumn = 1;
  error = formats::trim(why);
}

Tree::Tree() {
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

Tree::~Tree() { xmlFreeParserCtxt(parser_); }

bool Tree::parse(std::string_view text) {
  nodes_.clear();
  open_.clear();
  error.clear();
  errorLine = errorColumn = 0;
  xmlCtxtResetPush(parser_, nullptr, 0, nullptr, "UTF-8");
  xmlCtxtUseOptions(parser_, XML_PARSE_NONET);
  parser_->_private = this;
  xmlParseChunk(parser_, text.data(), static_cast<int>(text.size()), 1);
  for (const std::uint32_t i : open_) nodes_[i].end = static_cast<std::uint32_t>(nodes_.size());
  if (error.empty() && !open_.empty()) fail("an element has no end tag", nodes_[open_.back()].line);
  open_.clear();
  return error.empty() && !nodes_.empty();
}

std::string_view Node::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes)
    if (key == wanted) return value;
  return {};
}

const Node& Element::node() const { return tree_->nodes()[index_]; }
std::string_view Element::name() const { return tree_ == nullptr ? std::string_view() : std::string_view(node().name); }
std::string_view Element::attribute(std::string_view wanted) const { return tree_ == nullptr ? std::string_view() : node().attribute(wanted); }
std::uint32_t Element::line() const { return tree_ == nullptr ? 0 : node().line; }

std::string Element::exactText() const {
  std::string text;
  if (tree_ == nullptr) return text;
  for (std::uint32_t i = index_ + 1; i < node().end; ++i) text += tree_->nodes()[i].text;
  return text;
}

std::string Element::text() const {
  const std::string text = exactText();
  std::string storage;
  return std::string(formats::collapse(text, storage));
}

Element Element::child(std::string_view path) const {
  Element at = *this;
  while (at && !path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view wanted = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    Element found;
    at.children(wanted, [&](Element e) {
      if (!found) found = e;
    });
    at = found;
  }
  return at;
}

std::string Element::textOf(std::string_view path) const { return child(path).text(); }

std::string Element::path() const {
  std::string path;
  for (std::uint32_t i = index_; tree_ != nullptr && i != 0; i = tree_->nodes()[i].parent) path = path.empty() ? tree_->nodes()[i].name : tree_->nodes()[i].name + "/" + path;
  return path;
}

bool Element::isLeaf() const {
  bool leaf = true;
  children([&](Element) { leaf = false; });
  return leaf;
}

}  // namespace winnow::xml
