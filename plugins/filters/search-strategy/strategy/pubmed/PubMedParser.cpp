#include "PubMedParser.hpp"

#include <algorithm>

#include "../Fault.hpp"
#include "../text/CodePoints.hpp"

namespace winnow::search::pubmed {

namespace {

struct Tag {
  std::string_view name, fields;  ///< fields: Ovid's codes, comma between
};

// PubMed Help: names and abbreviations of the search fields.
constexpr Tag kTags[] = {{"ti", "ti"},
                         {"title", "ti"},
                         {"tiab", "ti,ab"},
                         {"title/abstract", "ti,ab"},
                         {"ab", "ab"},
                         {"abstract", "ab"},
                         {"tw", "mp"},
                         {"text word", "mp"},
                         {"text words", "mp"},
                         {"all", "af"},
                         {"all fields", "af"},
                         {"ot", "kf"},
                         {"other term", "kf"},
                         {"pt", "pt"},
                         {"ptyp", "pt"},
                         {"publication type", "pt"},
                         {"la", "la"},
                         {"lang", "la"},
                         {"language", "la"},
                         {"au", "au"},
                         {"author", "au"},
                         {"1au", "au"},
                         {"lastau", "au"},
                         {"fau", "au"},
                         {"ad", "in"},
                         {"affiliation", "in"},
                         {"affl", "in"},
                         {"ta", "jn"},
                         {"journal", "jn"},
                         {"jour", "jn"},
                         {"dp", "yr"},
                         {"pdat", "yr"},
                         {"date - publication", "yr"},
                         {"publication date", "yr"},
                         {"sh", "fs"},
                         {"subheading", "fs"},
                         {"mesh subheading", "fs"},
                         {"mesh subheadings", "fs"},
                         {"nm", "nm"},
                         {"supplementary concept", "nm"},
                         {"substance name", "nm"},
                         {"rn", "rn"},
                         {"ec/rn number", "rn"},
                         {"tt", "ot"},
                         {"transliterated title", "ot"},
                         {"uid", "ui"},
                         {"pmid", "ui"},
                         {"is", "is"},
                         {"issn", "is"},
                         {"aid", "do"},
                         {"doi", "do"},
                         {"cn", "au"},
                         {"corporate author", "au"},
                         {"pa", "nm"},
                         {"pharmacological action", "nm"},
                         {"si", "ui"},
                         {"secondary source id", "ui"},
                         {"filter", "af"},
                         {"sb", "af"},
                         {"subset", "af"},
                         {"text", "mp"},
                         {"word", "mp"},
                         {"crdt", "dt"},
                         {"edat", "ed"},
                         {"mhda", "em"},
                         {"date - create", "dt"},
                         {"date - entry", "ed"},
                         {"date - mesh", "em"},
                         {"date - completion", "ed"},
                         {"dcom", "ed"},
                         {"create date", "dt"}};

struct HeadingTag {
  std::string_view name;
  bool explode, focus;
};
constexpr HeadingTag kHeadingTags[] = {{"mh", true, false},
                                       {"mesh", true, false},
                                       {"mesh terms", true, false},
                                       {"mesh term", true, false},
                                       {"mh:noexp", false, false},
                                       {"mesh:noexp", false, false},
                                       {"mesh terms:noexp", false, false},
                                       {"majr", true, true},
                                       {"mesh major topic", true, true},
                                       {"majr:noexp", false, true},
                                       {"mesh major topic:noexp", false, true}};

std::vector<std::string> list(std::string_view codes) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < codes.size(); i += 3) out.emplace_back(codes.substr(i, 2));
  return out;
}

/// "Title/Abstract", " MeSH Terms ", "mh: noexp" as one form.
std::string tagName(std::string_view text) {
  std::string name = lower(squeezed(text));
  for (std::size_t colon; (colon = name.find(" :")) != std::string::npos;) name.erase(colon, 1);
  for (std::size_t colon; (colon = name.find(": ")) != std::string::npos;) name.erase(colon + 1, 1);
  for (std::size_t slash; (slash = name.find(" /")) != std::string::npos;) name.erase(slash, 1);
  for (std::size_t slash; (slash = name.find("/ ")) != std::string::npos;) name.erase(slash + 1, 1);
  return name;
}

bool isOperator(const std::string& word) { return word == "and" || word == "or" || word == "not"; }

}  // namespace

PubMedParser::PubMedParser(const Line& line, std::vector<Diagnostic>& diagnostics)
    : line_(line), text_(decode(line.text)), diagnostics_(diagnostics), p_(line.body - 1) {
  while (!text_.empty() && isBlank(text_.back())) text_.pop_back();
}

std::size_t PubMedParser::skip(std::size_t i) const {
  while (i < text_.size() && isBlank(text_[i])) ++i;
  return i;
}
std::string PubMedParser::slice(std::size_t from, std::size_t to) const {
  return encode(text_.substr(from, to - from));
}

Node PubMedParser::spanned(Node node, std::size_t from) const {
  node.span = {static_cast<std::uint32_t>(from) + 1, static_cast<std::uint32_t>(p_ - from)};
  return node;
}

void PubMedParser::fail(const char* code, std::size_t at, std::string message, std::size_t length) const {
  throw Fault{code, static_cast<std::uint32_t>(at) + 1, static_cast<std::uint32_t>(length), std::move(message)};
}

void PubMedParser::warn(const char* code, std::size_t at, std::size_t length, std::string message) {
  diagnostics_.push_back({Severity::Warning,
                          code,
                          line_.line,
                          line_.number,
                          static_cast<std::uint32_t>(at) + 1,
                          static_cast<std::uint32_t>(length),
                          std::move(message),
                          {}});
}

Node PubMedParser::read() {
  Node node = readExpression();
  p_ = skip(p_);
  if (p_ >= text_.size()) return node;
  if (text_[p_] == U')') fail("PUBMED-E02", p_, "no '(' belongs to this ')'");
  fail("PUBMED-E03", p_, "'" + slice(p_, p_ + 1) + "' is not expected here");
}

/// The word at the place, in lower case.
std::string PubMedParser::peekWord() const {
  const std::size_t from = skip(p_);
  std::size_t i = from;
  while (i < text_.size() && isAsciiLetter(text_[i])) ++i;
  return lower(slice(from, i));
}

/// All operators bind alike, from left to right; without an operator AND is meant.
Node PubMedParser::readExpression() {
  const std::size_t from = skip(p_);
  Node node = readOperand();
  std::uint32_t nested = depth_;
  while (true) {
    const std::size_t at = skip(p_);
    if (at >= text_.size() || text_[at] == U')') return node;
    std::string word = text_[at] == U'|' ? "or" : text_[at] == U'&' ? "and" : peekWord();
    const bool symbol = text_[at] == U'|' || text_[at] == U'&';
    if (!isOperator(word)) {
      warn("PUBMED-W06", at, 1, "no operator stands here; PubMed takes it for AND");
      word = "and";
      p_ = at;
    } else {
      p_ = at + (symbol ? 1 : word.size());
      if (word == "and" && peekWord() == "not") {
        p_ = skip(p_) + 3;
        word = "not";
      }
    }
    Node next = readOperand();
    const Kind kind = word == "and" ? Kind::And : word == "or" ? Kind::Or : Kind::Not;
    const bool grows = node.kind == kind && kind != Kind::Not && node.span.column != 0;
    if (!grows) {
      if (++nested > kDeepest) fail("PUBMED-E03", at, "more than " + std::to_string(kDeepest) + " operators nest here");
      Node made;
      made.kind = kind;
      made.args.push_back(std::move(node));
      node = std::move(made);
    }
    if (next.kind == kind && kind != Kind::Not)
      for (Node& inner : next.args) node.args.push_back(std::move(inner));
    else
      node.args.push_back(std::move(next));
    node = spanned(std::move(node), from);
  }
}

Node PubMedParser::readOperand() {
  const std::size_t from = p_ = skip(p_);
  if (p_ >= text_.size()) fail("PUBMED-E04", p_, "the operator before has no right operand");
  const std::string word = peekWord();
  if (isOperator(word))
    fail("PUBMED-E04", p_, "'" + slice(p_, p_ + word.size()) + "' has no left operand", word.size());
  if (text_[p_] == U')') fail("PUBMED-E04", p_, "an operand is missing before ')'");
  if (text_[p_] == U'(') {
    if (++depth_ > kDeepest) fail("PUBMED-E03", p_, "brackets nest deeper than " + std::to_string(kDeepest));
    ++p_;
    Node node = readExpression();
    p_ = skip(p_);
    if (at(p_) != U')') fail("PUBMED-E01", from, "this '(' is never closed");
    ++p_;
    --depth_;
    if (at(p_) == U'*') {
      warn("PUBMED-W25", p_, 1, "a '*' behind a bracket does nothing");
      ++p_;
    }
    return tagged(spanned(std::move(node), from), from);
  }
  if (text_[p_] == U'#') {
    std::size_t i = p_ + 1;
    std::uint32_t n = 0;
    while (isDigit(at(i)) && i - p_ < 8) n = n * 10 + static_cast<std::uint32_t>(text_[i++] - U'0');
    if (n == 0) fail("PUBMED-E03", p_, "'#' stands before the number of a set");
    p_ = i;
    Node ref;
    ref.kind = Kind::Ref;
    ref.n = n;
    return spanned(std::move(ref), from);
  }
  return readWords();
}

/// Words up to a tag, an operator or a bracket; a quoted phrase.
Node PubMedParser::readWords() {
  const std::size_t from = p_;
  Node node;
  if (isQuote(text_[p_])) {
    std::size_t close = p_ + 1;
    while (close < text_.size() && !isQuote(text_[close])) ++close;
    if (close >= text_.size()) fail("PUBMED-E12", p_, "this quote is never closed");
    if (isCurlyQuote(text_[p_]) || isCurlyQuote(text_[close]))
      warn("PUBMED-W01", isCurlyQuote(text_[p_]) ? p_ : close, 1, "a curly quote is read as a straight one");
    node.text = squeezed(slice(p_ + 1, close));
    node.quoted = true;
    p_ = close + 1;
    if (node.text.empty()) fail("PUBMED-E04", from, "nothing stands between the quotes", 2);
  } else {
    while (p_ < text_.size()) {
      const std::size_t at = skip(p_);
      if (at >= text_.size() || text_[at] == U'(' || text_[at] == U')' || text_[at] == U'[' || text_[at] == U'|' ||
          isQuote(text_[at]) || text_[at] == U'#')
        break;
      p_ = at;
      if (isOperator(peekWord()) && at > from) {
        const std::size_t behind = at + peekWord().size();
        const char32_t c = behind < text_.size() ? text_[behind] : U' ';
        if (isBlank(c) || c == U'(' || isQuote(c) || c == U')') break;
      }
      std::size_t stop = at;
      while (stop < text_.size() && !isBlank(text_[stop]) && text_[stop] != U'(' && text_[stop] != U')' &&
             text_[stop] != U'[' && text_[stop] != U'|' && !isQuote(text_[stop]))
        ++stop;
      node.text += (node.text.empty() ? "" : " ") + slice(at, stop);
      p_ = stop;
    }
  }
  if (node.text.empty())
    fail(at(p_) == U'[' ? "PUBMED-E05" : "PUBMED-E03", p_,
         at(p_) == U'[' ? "a tag stands here without a term" : "'" + slice(p_, p_ + 1) + "' is not expected here");
  if (node.text == "*") fail("PUBMED-E08", from, "a wildcard alone finds everything and is refused");
  node.kind = node.quoted || node.text.find(' ') != std::string::npos ? Kind::Phrase : Kind::Term;
  return tagged(spanned(std::move(node), from), from);
}

/// 2019/1/1 : 2020/12/31 with the tag behind the first or behind both.
bool PubMedParser::readDateRange(Node& node, std::size_t from) {
  const std::size_t at = skip(p_);
  if (this->at(at) != U':') return false;
  p_ = skip(at + 1);
  const std::size_t begin = p_;
  while (p_ < text_.size() && (isDigit(text_[p_]) || text_[p_] == U'/' || text_[p_] == U'-' || isQuote(text_[p_])))
    ++p_;
  if (p_ == begin) fail("PUBMED-E04", begin, "the range has no end");
  Node range;
  range.kind = Kind::Phrase;
  std::string last;
  for (const char32_t c : text_.substr(begin, p_ - begin))
    if (!isQuote(c)) appendUtf8(last, c);
  range.text = node.text + ":" + last;
  node = spanned(std::move(range), from);
  return true;
}

Node PubMedParser::tagged(Node operand, std::size_t from) {
  std::size_t open = skip(p_);
  if (at(open) == U':') {
    if (operand.kind != Kind::Term && operand.kind != Kind::Phrase)
      fail("PUBMED-E03", open, "':' stands between two dates");
    readDateRange(operand, from);
    open = skip(p_);
  }
  if (at(open) != U'[') return operand;
  std::size_t close = open;
  while (close < text_.size() && text_[close] != U']') ++close;
  if (close >= text_.size()) fail("PUBMED-E01", open, "this '[' is never closed");
  std::string name = tagName(slice(open + 1, close));
  p_ = close + 1;
  std::uint32_t near = 0;
  bool isNear = false;
  if (const std::size_t tilde = name.find(":~"); tilde != std::string::npos) {
    const std::string digits = name.substr(tilde + 2);
    if (digits.empty() || digits.size() > 4 || digits.find_first_not_of("0123456789") != std::string::npos)
      fail("PUBMED-E03", open, "a distance is written [tiab:~3]", p_ - open);
    near = static_cast<std::uint32_t>(std::stoul(digits)) + 1;
    isNear = true;
    name.resize(tilde);
  }
  for (const HeadingTag& tag : kHeadingTags)
    if (name == tag.name && (operand.kind == Kind::Term || operand.kind == Kind::Phrase)) {
      Node node;
      node.kind = Kind::Heading;
      node.text = operand.text;
      node.explode = tag.explode;
      node.focus = tag.focus;
      return spanned(std::move(node), from);
    }
  const auto* tag = std::find_if(std::begin(kTags), std::end(kTags), [&](const Tag& t) { return t.name == name; });
  if (tag == std::end(kTags)) fail("PUBMED-E13", open, "'" + name + "' is no field of PubMed", p_ - open);
  if (isNear) {
    Node chain;
    chain.kind = Kind::Adj;
    chain.n = near;
    std::size_t begin = 0;
    while (begin <= operand.text.size()) {
      const std::size_t end = std::min(operand.text.find(' ', begin), operand.text.size());
      Node word;
      word.text = operand.text.substr(begin, end - begin);
      word.span = operand.span;
      chain.args.push_back(std::move(word));
      begin = end + 1;
    }
    chain.span = operand.span;
    operand = chain.args.size() > 1 ? std::move(chain) : std::move(chain.args[0]);
  }
  Node node;
  node.kind = Kind::Field;
  node.fields = list(tag->fields);
  node.args.push_back(std::move(operand));
  node = spanned(std::move(node), from);
  const std::size_t colon = skip(p_);
  if (at(colon) == U':') {
    // "2006/01/01"[dp] : "2023/08/18"[dp]
    Node first = node.args[0];
    readDateRange(first, from);
    node.args[0] = std::move(first);
    const std::size_t again = skip(p_);
    if (at(again) == U'[') {
      std::size_t end = again;
      while (end < text_.size() && text_[end] != U']') ++end;
      p_ = std::min(end + 1, text_.size());
    }
  }
  return node;
}

}  // namespace winnow::search::pubmed
