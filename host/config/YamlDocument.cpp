#include "YamlDocument.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

#include "parts/PlainText.hpp"

namespace winnow::config {
namespace {

/// Ends the parse when the rest cannot be read; the problem has been reported.
struct Stop {};

/// Turns the library's marks (0-based line and byte column) into places.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text), starts_{0} {
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == '\n') starts_.push_back(i + 1);
  }

  std::size_t offset(const YAML::Mark& mark) const {
    if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= starts_.size()) return text_.size();
    const std::size_t column = mark.column < 0 ? 0 : static_cast<std::size_t>(mark.column);
    return std::min(starts_[static_cast<std::size_t>(mark.line)] + column, text_.size());
  }
  Place at(std::size_t offset, std::size_t bytes) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const std::size_t line = static_cast<std::size_t>(next - starts_.begin());
    const std::size_t begin = starts_[line - 1];
    const std::size_t width = characterCount(text_.substr(offset, bytes));
    return {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(charactersBefore(offset, begin) + 1),
            static_cast<std::uint32_t>(std::max<std::size_t>(width, 1))};
  }
  Place at(const YAML::Mark& mark) const { return at(offset(mark), 1); }

  /// The place of a scalar: its whole width if it stands on one line, otherwise the rest of its first line.
  Place scalar(const YAML::Mark& mark, const std::string& value, bool quoted) const {
    const std::size_t begin = offset(mark);
    if (!quoted && text_.substr(begin, value.size()) == value) return at(begin, value.size());
    if (!quoted) return at(begin, restOfLine(begin).size());
    const std::string_view line = text_.substr(begin, lineEnd(begin) - begin);
    return at(begin, std::min(quotedEnd(line), line.size()));
  }
  bool isClosed(std::size_t begin) const { return quotedEnd(text_.substr(begin)) != std::string_view::npos; }
  std::string_view restOfLine(std::size_t begin) const {
    std::size_t end = lineEnd(begin);
    while (end > begin && (text_[end - 1] == '\r' || text_[end - 1] == ' ')) --end;
    return text_.substr(begin, end - begin);
  }
  std::string_view line(std::size_t number) const {
    return number < starts_.size() ? restOfLine(starts_[number]) : std::string_view{};
  }
  std::string_view text() const { return text_; }

 private:
  /// Where the quoted text that begins `text` ends, its closing mark included; npos if it is never closed.
  static std::size_t quotedEnd(std::string_view text) {
    if (text.empty() || (text[0] != '"' && text[0] != '\'')) return text.size();
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (text[0] == '"' && text[i] == '\\') {
        ++i;
      } else if (text[i] == text[0]) {
        const bool doubled = text[0] == '\'' && text.substr(i + 1, 1) == "'";
        if (!doubled) return i + 1;
        ++i;
      }
    }
    return std::string_view::npos;
  }
  std::size_t lineEnd(std::size_t offset) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    return next == starts_.end() ? text_.size() : *next - 1;
  }
  /// Characters of a line before `offset`. Marks come nearly in order, so the count goes on from the last one: a list
  /// of many thousand words may stand on one line.
  std::size_t charactersBefore(std::size_t offset, std::size_t lineBegin) const {
    if (counted_.line != lineBegin || offset < counted_.offset) counted_ = {lineBegin, lineBegin, 0};
    counted_.characters += characterCount(text_.substr(counted_.offset, offset - counted_.offset));
    counted_.offset = offset;
    return counted_.characters;
  }

  struct Counted {
    std::size_t line = 0, offset = 0, characters = 0;
  };
  std::string_view text_;
  std::vector<std::size_t> starts_;
  mutable Counted counted_;
};

/// Builds the tree from the library's events.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Places& places, Problems& problems) : places_(places), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    const std::size_t begin = places_.offset(mark);
    if (places_.restOfLine(begin).substr(0, 3) == "---")
      stop("yaml.documents", places_.at(begin, 3), "a second document begins here; a review is one document");
    stop("yaml.syntax", places_.at(begin, 1),
         "this line belongs neither to the list nor to the map above it; check the indentation");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    YamlNode node;
    const std::size_t begin = places_.offset(mark);
    node.at = places_.at(begin, 1);
    node.at.line = 0;
    for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
      if (places_.text().substr(begin, word.size()) != word) continue;
      node.text = word;
      node.at = places_.at(begin, word.size());
    }
    add(std::move(node), mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse("yaml.alias", places_.at(mark), "aliases are not used here; write the value out");
    add({}, mark);
  }
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    refuse("yaml.alias", places_.at(mark), "the anchor '&" + name + "' is not used here; leave it out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    checkTag(mark, tag);
    // The library takes a quotation mark that is still open at the end of the last line for closed.
    if (tag == "!" && !places_.isClosed(places_.offset(mark)))
      stop("yaml.syntax", places_.at(mark), "the quotation mark opened here is not closed");
    YamlNode node;
    node.kind = YamlKind::Text;
    node.text = value;
    node.quoted = tag == "!";
    node.at = places_.scalar(mark, value, node.quoted);
    last_ = places_.offset(mark) + value.size();
    add(std::move(node), mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(YamlKind::List, mark, tag);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(YamlKind::Map, mark, tag);
  }
  void OnMapEnd() override { close(); }

  /// Says where and what a syntax error is, better than the library knows.
  void syntaxError(const YAML::Exception& error);

  bool complete() const { return complete_ && documents_ == 1; }
  std::size_t documents() const { return documents_; }
  YamlNode takeRoot() { return std::move(root_); }

 private:
  struct Frame {
    YamlNode node;
    YAML::Mark mark;
    std::optional<YamlNode> key;
    std::map<std::string, std::uint32_t> seen;  // key -> line
  };

  void refuse(std::string_view code, Place at, std::string message) {
    complete_ = false;
    problems_.error(code, at, std::move(message));
  }
  [[noreturn]] void stop(std::string_view code, Place at, std::string message) {
    refuse(code, at, std::move(message));
    throw Stop{};
  }
  void checkTag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.size() > 1) refuse("yaml.tag", places_.at(mark), "tags are not used here; every value is text as written");
  }
  void open(YamlKind kind, const YAML::Mark& mark, const std::string& tag) {
    checkTag(mark, tag);
    last_ = places_.offset(mark);
    if (frames_.size() == deepestYaml) {
      stop("yaml.depth", places_.at(mark),
           "lists and maps are nested deeper than " + std::to_string(deepestYaml) + " levels");
    }
    Frame frame;
    frame.node.kind = kind;
    frame.node.at = places_.at(mark);
    frame.mark = mark;
    frames_.push_back(std::move(frame));
  }
  void close() {
    Frame done = std::move(frames_.back());
    frames_.pop_back();
    add(std::move(done.node), done.mark);
  }
  void add(YamlNode node, const YAML::Mark& mark) {
    if (frames_.empty()) {
      root_ = std::move(node);
    } else if (Frame& parent = frames_.back(); parent.node.kind == YamlKind::List) {
      if (node.at.line == 0) node.at = places_.at(mark);
      parent.node.children.push_back(std::move(node));
    } else if (!parent.key) {
      takeKey(parent, std::move(node), mark);
    } else {
      addEntry(parent, std::move(node));
    }
  }
  void takeKey(Frame& parent, YamlNode node, const YAML::Mark& mark) {
    if (node.kind != YamlKind::Text)
      refuse("yaml.key", places_.at(mark), "a key is plain text; quote it if it is a word such as null");
    parent.key = std::move(node);
  }
  void addEntry(Frame& parent, YamlNode node) {
    const YamlNode key = std::move(*parent.key);
    parent.key.reset();
    if (key.kind != YamlKind::Text) return;
    if (key.text == "<<" && !key.quoted)
      return refuse("yaml.merge-key", key.at, "merge keys '<<' are not used here; write the keys out");
    const auto [first, isNew] = parent.seen.emplace(key.text, key.at.line);
    if (!isNew) {
      return problems_.error("yaml.duplicate-key", key.at,
                             "the key '" + key.text + "' stands twice; first in line " + std::to_string(first->second));
    }
    node.key = key.text;
    node.keyAt = key.at;
    if (node.at.line == 0) node.at = key.at;
    parent.node.children.push_back(std::move(node));
  }
  bool unclosedBracket();
  bool wrongIndentation(const YAML::Mark& mark);
  bool unclosedQuote();

  const Places& places_;
  Problems& problems_;
  std::vector<Frame> frames_;
  YamlNode root_;
  std::size_t documents_ = 0;
  std::size_t last_ = 0;  // where the last value ends, at least
  bool complete_ = true;
};

/// The library points at the end of the file; people look for the bracket that was opened.
bool TreeBuilder::unclosedBracket() {
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    const std::size_t begin = places_.offset(frame->mark);
    const std::string_view bracket = places_.text().substr(begin, 1);
    if (bracket != "[" && bracket != "{") continue;
    refuse("yaml.syntax", places_.at(begin, 1), "the '" + std::string(bracket) + "' opened here is not closed");
    return true;
  }
  return false;
}

/// Where the key of a line begins, behind "- "; npos: the line holds none.
std::size_t keyColumn(std::string_view line) {
  std::size_t at = line.find_first_not_of(' ');
  while (at != std::string_view::npos && line.substr(at, 2) == "- ") at = line.find_first_not_of(' ', at + 2);
  return at == std::string_view::npos || line[at] == '#' || line.find(':', at) == std::string_view::npos
             ? std::string_view::npos
             : at;
}

std::string keyOf(std::string_view line, std::size_t column) {
  return std::string(line.substr(column, line.find(':', column) - column));
}

/// A key that stands a few blanks off the one above it, which holds its value in its own line.
bool TreeBuilder::wrongIndentation(const YAML::Mark& mark) {
  const auto number = static_cast<std::size_t>(mark.line);
  const std::size_t column = keyColumn(places_.line(number));
  if (column == std::string_view::npos) return false;
  for (std::size_t above = number; above-- > 0;) {
    const std::string_view line = places_.line(above);
    const std::size_t other = keyColumn(line);
    if (other == std::string_view::npos) continue;
    if (other == column || other + 3 < column || column + 3 < other) return false;
    refuse("yaml.syntax", places_.at(places_.offset(mark) - static_cast<std::size_t>(mark.column) + column, 1),
           "'" + keyOf(places_.line(number), column) + "' stands " + std::to_string(column) + " blanks in, '" +
               keyOf(line, other) + "' above it " + std::to_string(other) + "; write them below each other");
    return true;
  }
  return false;
}

bool TreeBuilder::unclosedQuote() {
  const std::size_t begin = places_.text().find_first_of("\"'", last_);
  if (begin == std::string_view::npos) return false;
  refuse("yaml.syntax", places_.at(begin, 1), "the quotation mark opened here is not closed");
  return true;
}

std::string syntaxMessage(const std::string& cause) {
  static const std::pair<std::string_view, std::string_view> known[] = {
      // yaml-cpp's texts are no constants for clang++
      {YAML::ErrorMsg::MAP_VALUE,
       "a ':' where no key can stand; quote the text if the colon belongs to it, otherwise check the indentation"},
      {YAML::ErrorMsg::BLOCK_ENTRY, "a '-' where no list can begin; quote the text if the dash belongs to it"},
      {YAML::ErrorMsg::UNKNOWN_TOKEN, "a value cannot begin with this character; quote it"},
      {YAML::ErrorMsg::UNKNOWN_ANCHOR, "aliases are not used here; write the value out"},
      {YAML::ErrorMsg::END_OF_MAP, "neither a key nor the end of the map; check indentation and quotes"},
      {YAML::ErrorMsg::END_OF_SEQ, "neither '- ' nor the end of the list; check indentation and quotes"},
      {YAML::ErrorMsg::FLOW_END, "a closing bracket that was never opened"},
      {YAML::ErrorMsg::TAB_IN_INDENTATION, "a tab in the indentation; use spaces"},
      {YAML::ErrorMsg::DOC_IN_SCALAR, "a document mark inside a quoted text; close the quotation mark before it"},
  };
  for (const auto& [text, message] : known)
    if (cause == text) return std::string(message);
  return "this is not YAML: " + cause;
}

void TreeBuilder::syntaxError(const YAML::Exception& error) {
  if (error.mark.is_null()) return refuse("yaml.syntax", {}, "this is not YAML: " + error.msg);
  const std::string_view line = places_.line(static_cast<std::size_t>(error.mark.line));
  const std::size_t indentation = std::min(line.find_first_not_of(" \t"), line.size());
  if (const std::size_t tab = line.substr(0, indentation).find('\t'); tab != std::string_view::npos) {
    const YAML::Mark mark = error.mark;
    const std::size_t begin = places_.offset(mark) - static_cast<std::size_t>(mark.column) + tab;
    return refuse("yaml.tab", places_.at(begin, 1), "a tab in the indentation; use spaces");
  }
  const bool isBracket = error.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW || error.msg == YAML::ErrorMsg::END_OF_MAP_FLOW;
  if (isBracket && unclosedBracket()) return;
  if (error.msg == YAML::ErrorMsg::EOF_IN_SCALAR && unclosedQuote()) return;
  const bool isPlace = error.msg == YAML::ErrorMsg::MAP_VALUE || error.msg == YAML::ErrorMsg::END_OF_MAP ||
                       error.msg == YAML::ErrorMsg::END_OF_SEQ;
  if (isPlace && wrongIndentation(error.mark)) return;
  refuse("yaml.syntax", places_.at(error.mark), syntaxMessage(error.msg));
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view name) const {
  const auto found =
      std::find_if(children.begin(), children.end(), [&](const YamlNode& child) { return child.key == name; });
  return kind == YamlKind::Map && found != children.end() ? &*found : nullptr;
}

Place YamlNode::place() const { return kind == YamlKind::Text || keyAt.line == 0 ? at : keyAt; }

YamlDocument parseYaml(std::string_view text, Problems& problems) {
  YamlDocument document;
  if (!checkPlainText(text, largestYaml, problems)) return document;

  const Places places(text);
  TreeBuilder builder(places, problems);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    return document;
  } catch (const YAML::Exception& error) {
    builder.syntaxError(error);
    return document;
  }
  if (builder.documents() == 0) {
    problems.error("yaml.empty", {1, 1, 1}, "the file is empty; a review begins with 'version: 1'");
    return document;
  }
  document.complete = builder.complete();
  document.root = builder.takeRoot();
  return document;
}

}  // namespace winnow::config
