#include "OvidParser.hpp"

#include <algorithm>

#include "../mesh/Tree.hpp"
#include "../text/CodePoints.hpp"
#include "Limits.hpp"
#include "Vocabulary.hpp"

namespace winnow::search::ovid {

namespace {

Node pair(Kind kind, Node left, Node right) {
  Node node;
  node.kind = kind;
  node.args.push_back(std::move(left));
  node.args.push_back(std::move(right));
  return node;
}

Node alone(Kind kind, Node only) {
  Node node;
  node.kind = kind;
  if (only.kind == kind && !only.combined) return only;
  node.args.push_back(std::move(only));
  return node;
}

/// Adds to an operator that takes any number; brackets around the same operator change nothing.
void append(Node& into, Node arg) {
  if (arg.kind == into.kind && !arg.combined) {
    for (Node& inner : arg.args) into.args.push_back(std::move(inner));
    return;
  }
  into.args.push_back(std::move(arg));
}

/// Under a field, a number is a word: a set cannot be searched in a field.
void numbersToWords(Node& node) {
  if (node.kind == Kind::Ref) {
    node.kind = Kind::Term;
    node.text = std::to_string(node.n);
    node.n = 0;
  }
  if (node.kind == Kind::Limit || node.kind == Kind::Field) return;
  for (Node& arg : node.args) numbersToWords(arg);
}

}  // namespace

OvidParser::OvidParser(const Line& line, const mesh::Tree* tree, std::vector<Diagnostic>& diagnostics)
    : line_(line),
      text_(decode(line.text)),
      scan_(text_, tree),
      diagnostics_(diagnostics),
      begin_(line.body - 1),
      p_(begin_) {
  while (!text_.empty() && isBlank(text_.back())) text_.pop_back();
}

// ---- words and places -------------------------------------------------------------------------------------------

void OvidParser::fail(const char* code, std::size_t at, std::string message, std::size_t length,
                      std::optional<std::string> fix) const {
  throw Fault{code, static_cast<std::uint32_t>(at) + 1, static_cast<std::uint32_t>(std::max<std::size_t>(1, length)),
              std::move(message), std::move(fix)};
}

void OvidParser::warn(const char* code, std::size_t at, std::size_t length, std::string message, Severity severity) {
  diagnostics_.push_back({severity,
                          code,
                          line_.line,
                          line_.number,
                          static_cast<std::uint32_t>(at) + 1,
                          static_cast<std::uint32_t>(std::max<std::size_t>(1, length)),
                          std::move(message),
                          {}});
}

std::size_t OvidParser::end() const { return text_.size(); }
std::string OvidParser::slice(std::size_t from, std::size_t to) const { return encode(text_.substr(from, to - from)); }

Node OvidParser::spanned(Node node, std::size_t begin) const {
  std::size_t stop = p_;
  while (stop > begin && isBlank(text_[stop - 1])) --stop;
  node.span = {static_cast<std::uint32_t>(begin) + 1, static_cast<std::uint32_t>(stop - begin)};
  return node;
}

void OvidParser::deeper() {
  if (++depth_ > kDeepest) fail("OVID-E03", p_, "brackets and operators nest deeper than " + std::to_string(kDeepest));
}

std::optional<Operator> OvidParser::peekOperator() const {
  const std::size_t i = scan_.skip(p_);
  return i < end() && !isQuote(text_[i]) ? operatorNamed(scan_.word(i)) : std::nullopt;
}

/// True if an operand can begin here.
bool OvidParser::isStart() const {
  const std::size_t i = scan_.skip(p_);
  return i < end() && text_[i] != U')' && !peekOperator();
}

/// "ti,ab." where a word should stand.
bool OvidParser::isFieldList(std::size_t i) const {
  std::u32string dotted = U"." + text_.substr(text_[i] == U'.' ? i + 1 : i);
  const auto found = Scanner(dotted, nullptr).suffix(0);
  return found && found->closed && !found->fields.empty() &&
         std::all_of(found->fields.begin(), found->fields.end(), isCommonField);
}

// ---- whole lines ------------------------------------------------------------------------------------------------

Node OvidParser::read() {
  p_ = scan_.skip(begin_);
  if (p_ >= end()) fail("OVID-E04", end(), "the line has a number and no query");
  const std::size_t from = p_;
  if (text_[p_] == U'#' && !isDigit(scan_.at(p_ + 1))) {
    Node comment;
    comment.kind = Kind::Comment;
    comment.text = slice(scan_.skip(p_ + 1), end());
    p_ = end();
    return spanned(std::move(comment), from);
  }
  for (const auto& whole :
       {&OvidParser::readCombined, &OvidParser::readNumbersFirst, &OvidParser::readLimited, &OvidParser::readSet}) {
    p_ = from;
    depth_ = 0;
    if (auto node = (this->*whole)()) {
      readEnd();
      return spanned(std::move(*node), from);
    }
  }
  p_ = from;
  Node node = readOr();
  readEnd();
  return node;
}

/// "or/1-3, 5" and, mistyped, "or 1-3".
std::optional<Node> OvidParser::readCombined() {
  const std::size_t from = p_;
  std::size_t i = p_;
  while (isAsciiLetter(scan_.at(i))) ++i;
  const auto op = operatorNamed(slice(p_, i));
  if (!op || op->kind == Operator::Adj) return std::nullopt;
  std::size_t q = scan_.skip(i);
  const bool slash = scan_.at(q) == U'/';
  if (slash) q = scan_.skip(q + 1);
  if (scan_.at(q) == U'#') ++q;
  if (!isDigit(scan_.at(q))) {
    if (slash && (q >= end() || text_[q] == U','))
      fail("OVID-E04", q, "no set number stands behind '" + slice(from, i) + "/'");
    return std::nullopt;
  }
  std::size_t after = q;
  scan_.number(after);
  after = scan_.skip(after);
  if (!slash && !isDash(scan_.at(after)) && scan_.at(after) != U',') return std::nullopt;
  if (!slash)
    warn("OVID-W12", from, i - from,
         "a range of sets is written '" + lower(slice(from, i)) + "/...'; the slash is missing");
  Node node;
  node.kind = op->kind == Operator::And ? Kind::And : op->kind == Operator::Or ? Kind::Or : Kind::Not;
  node.combined = true;
  p_ = scan_.at(q - 1) == U'#' ? q - 1 : q;
  return readReferences(std::move(node));
}

/// "1-13/or", "1,3,5/and".
std::optional<Node> OvidParser::readNumbersFirst() {
  if (!isDigit(scan_.at(p_)) && scan_.at(p_) != U'#') return std::nullopt;
  const std::size_t from = p_;
  std::vector<Node> refs;
  std::size_t i = p_;
  while (i < end() &&
         (isDigit(text_[i]) || isDash(text_[i]) || text_[i] == U',' || text_[i] == U'#' || isBlank(text_[i])))
    ++i;
  if (scan_.at(i) != U'/') return std::nullopt;
  const std::size_t word = scan_.skip(i + 1);
  std::size_t stop = word;
  while (isAsciiLetter(scan_.at(stop))) ++stop;
  const auto op = operatorNamed(slice(word, stop));
  if (!op || (op->kind != Operator::And && op->kind != Operator::Or)) return std::nullopt;
  if (!readReferenceList(refs)) return std::nullopt;
  p_ = stop;
  warn("OVID-W07", from, stop - from,
       "sets are combined as '" + lower(slice(word, stop)) + "/" + std::string(trimmed(slice(from, i))) + "'");
  Node node;
  node.kind = op->kind == Operator::And ? Kind::And : Kind::Or;
  node.combined = true;
  node.args = std::move(refs);
  if (node.args.size() == 1) return std::move(node.args[0]);
  return node;
}

Node OvidParser::readReferences(Node combined) {
  const std::size_t from = p_;
  if (!readReferenceList(combined.args)) fail("OVID-E03", p_, "a list of set numbers as in 'or/1-3,7' goes on here", 1);
  if (combined.args.size() == 1) return std::move(combined.args[0]);
  if (combined.kind == Kind::Not && combined.args.size() != 2)
    fail("OVID-E03", from, "'not/' takes two sets", p_ - from);
  return combined;
}

bool OvidParser::readReferenceList(std::vector<Node>& refs) {
  const auto add = [&](std::uint32_t n, std::size_t at) {
    Node ref;
    ref.kind = Kind::Ref;
    ref.n = n;
    refs.push_back(spanned(std::move(ref), at));
  };
  while (true) {
    const std::size_t at = p_ = scan_.skip(p_);
    if (scan_.at(p_) == U'#') ++p_;
    const auto first = scan_.number(p_);
    if (!first) return false;
    const std::size_t dash = scan_.skip(p_);
    if (isDash(scan_.at(dash))) {
      std::size_t q = scan_.skip(dash + 1);
      if (scan_.at(q) == U'#') ++q;
      const std::size_t second = q;
      const auto last = scan_.number(q);
      if (!last) fail("OVID-E04", second, "the range has no end");
      if (*last < *first)
        fail("OVID-E03", at, "the range " + std::to_string(*first) + "-" + std::to_string(*last) + " runs backwards",
             q - at);
      if (*last - *first > 9999)
        fail("OVID-E11", second, "no line has the number " + std::to_string(*last), q - second);
      p_ = q;
      for (std::uint32_t n = *first; n <= *last; ++n) add(n, n == *first ? at : second);
    } else {
      add(*first, at);
    }
    const std::size_t comma = scan_.skip(p_);
    if (scan_.at(comma) == U',')
      p_ = comma + 1;
    else if (comma > p_ && isDigit(scan_.at(comma)))
      p_ = comma;
    else
      return true;
  }
}

std::optional<std::string> OvidParser::keyword(std::size_t& i, std::initializer_list<const char*> words) const {
  std::size_t q = i;
  for (const char* word : words) {
    q = scan_.skip(q);
    std::size_t stop = q;
    while (stop < end() && !isBlank(text_[stop])) ++stop;
    if (lower(slice(q, stop)) != word) return std::nullopt;
    q = stop;
  }
  std::string typed = slice(i, q);
  i = q;
  return typed;
}

/// "limit 4 to ...", "..l/ 4 ...".
std::optional<Node> OvidParser::readLimited() {
  const std::size_t from = p_;
  std::size_t i = p_;
  bool command = false;
  if (scan_.at(i) == U'.' && scan_.at(i + 1) == U'.' && lowerAscii(scan_.at(i + 2)) == U'l') {
    while (i < end() && text_[i] != U'/') ++i;
    command = i < end();
    ++i;
  }
  if (!command && !keyword(i = from, {"limit"})) return std::nullopt;
  const std::size_t at = i = scan_.skip(i);
  if (scan_.at(i) == U'#') ++i;
  const auto set = scan_.number(i);
  if (!set && (i >= end() || text_[i] != U'(')) {
    if (!command) return std::nullopt;
    fail("OVID-E04", std::min(i, end()), "'..l/' names no set");
  }
  if (!set) return std::nullopt;
  Node node;
  node.kind = Kind::Limit;
  p_ = i;
  Node ref;
  ref.kind = Kind::Ref;
  ref.n = *set;
  node.args.push_back(spanned(std::move(ref), at));
  if (!command && !keyword(i, {"to"})) {
    const std::size_t word = scan_.skip(i);
    if (word >= end()) fail("OVID-E04", end(), "'limit " + std::to_string(*set) + "' does not say to what");
    fail("OVID-E03", word, "'to' is missing behind 'limit " + std::to_string(*set) + "'", scan_.wordEnd(word) - word);
  }
  i = scan_.skip(i);
  std::size_t stop = end();
  if (stop > i && text_[stop - 1] == U']') {
    const std::size_t note = text_.rfind(U'[');
    if (note != std::u32string::npos && note > i) stop = note;
  }
  node.limits = readLimits(slice(i, stop));
  if (node.limits.empty()) fail("OVID-E04", stop, "'limit " + std::to_string(*set) + " to' says no limit");
  p_ = stop;
  return node;
}

/// "remove duplicates from 5", "from 5 keep 1-10", "3 use medall".
std::optional<Node> OvidParser::readSet() {
  Node node;
  std::size_t i = p_, at = p_;
  const auto set = [&]() -> bool {
    at = i = scan_.skip(i);
    if (scan_.at(i) == U'#') ++i;
    const auto n = scan_.number(i);
    if (!n) return false;
    p_ = i;
    Node ref;
    ref.kind = Kind::Ref;
    ref.n = *n;
    node.args.push_back(spanned(std::move(ref), at));
    return true;
  };
  if (keyword(i, {"remove", "duplicates", "from"})) {
    if (!set()) fail("OVID-E04", std::min(scan_.skip(i), end()), "'remove duplicates from' names no set");
    node.kind = Kind::Dedup;
    return node;
  }
  if (keyword(i, {"from"}) && set() && keyword(i, {"keep"})) {
    const std::size_t items = scan_.skip(i);
    std::size_t stop = items;
    while (stop < end() && (isDigit(text_[stop]) || isDash(text_[stop]) || text_[stop] == U',' || isBlank(text_[stop])))
      ++stop;
    node.text = std::string(trimmed(slice(items, stop)));
    if (node.text.empty()) fail("OVID-E04", items, "'keep' names no records");
    node.kind = Kind::Keep;
    p_ = stop;
    return node;
  }
  node.args.clear();
  i = scan_.skip(begin_);
  if (set() && keyword(i, {"use"})) {
    node.kind = Kind::Use;
    const std::size_t name = scan_.skip(i);
    node.text = squeezed(slice(name, end()));
    if (node.text.empty()) fail("OVID-E04", end(), "'use' names no database");
    p_ = end();
    return node;
  }
  return std::nullopt;
}

/// Nothing but notes and a hit count may follow a complete query.
void OvidParser::readEnd() {
  skipNotes();
  std::size_t i = scan_.skip(p_);
  if (i >= end()) return;
  const std::size_t from = i;
  const char32_t open = text_[i];
  if (open == U'(' || open == U'<' || open == U'[') ++i;
  const std::size_t digits = i = scan_.skip(i);
  while (i < end() && (isDigit(text_[i]) || (text_[i] == U',' && isDigit(scan_.at(i + 1))))) ++i;
  const bool counted = i > digits;
  i = scan_.skip(i);
  if (open == U'(' || open == U'<') i = scan_.at(i) == (open == U'(' ? U')' : U'>') ? i + 1 : std::u32string::npos;
  if (counted && i != std::u32string::npos && scan_.skip(i) >= end()) {
    warn("OVID-W09", from, end() - from, "the hit count is no part of the query and is ignored");
    p_ = end();
    return;
  }
  if (open == U')') {
    std::optional<std::string> fix;
    if (scan_.suffix(from + 1)) fix = "(" + slice(scan_.skip(begin_), end());
    fail("OVID-E02", from, "no '(' belongs to this ')'", 1, fix);
  }
  failBehindOperand(from);
}

// ---- expressions ------------------------------------------------------------------------------------------------

Node OvidParser::readOr() {
  const std::size_t from = scan_.skip(p_);
  Node node = readAnd();
  bool mixed = joined_, chained = false;
  std::size_t firstOr = end();
  for (auto op = peekOperator(); op && op->kind == Operator::Or; op = peekOperator()) {
    const std::size_t at = p_ = scan_.skip(p_);
    firstOr = std::min(firstOr, at);
    p_ = scan_.wordEnd(p_);
    Node next = readAnd();
    mixed = mixed || joined_;
    if (!chained) node = alone(Kind::Or, std::move(node));
    chained = true;
    append(node, std::move(next));
    node = spanned(std::move(node), from);
  }
  if (mixed && chained)
    warn("OVID-W05", firstOr, 2,
         "'or' and 'and'/'not' stand on one level; 'and' and 'not' are done first here; brackets would say which is "
         "meant");
  joined_ = false;
  return node;
}

Node OvidParser::readAnd() {
  const std::size_t from = scan_.skip(p_);
  Node node = readNear();
  bool chained = false;
  std::uint32_t nested = depth_;
  std::optional<Operator::Kind> last;
  for (auto op = peekOperator(); op && (op->kind == Operator::And || op->kind == Operator::Not); op = peekOperator()) {
    const std::size_t at = p_ = scan_.skip(p_);
    p_ = scan_.wordEnd(p_);
    const Operator::Kind kind = andNot(op->kind, at);
    if (last && *last != kind)
      warn("OVID-W05", at, p_ - at, "'and' and 'not' stand on one level and are done from left to right");
    last = kind;
    Node next = readNear();
    const bool nests = kind == Operator::Not || !chained;
    if (nests && ++nested > kDeepest)
      fail("OVID-E03", at, "more than " + std::to_string(kDeepest) + " operators nest here");
    if (kind == Operator::Not) {
      node = pair(Kind::Not, std::move(node), std::move(next));
    } else {
      if (!chained) node = alone(Kind::And, std::move(node));
      append(node, std::move(next));
    }
    chained = kind == Operator::And;
    node = spanned(std::move(node), from);
  }
  joined_ = last.has_value();
  return node;
}

/// "and not" means "not".
Operator::Kind OvidParser::andNot(Operator::Kind kind, std::size_t at) {
  const auto second = peekOperator();
  if (kind != Operator::And || !second || second->kind != Operator::Not) return kind;
  p_ = scan_.wordEnd(scan_.skip(p_));
  warn("OVID-W11", at, p_ - at, "'and not' is read as 'not'");
  return Operator::Not;
}

Node OvidParser::readNear() {
  const std::size_t from = scan_.skip(p_);
  Node node = readOperand();
  bool chain = false;
  std::uint32_t nested = 0;
  for (auto op = peekOperator(); op && op->kind == Operator::Adj; op = peekOperator()) {
    const std::size_t at = p_ = scan_.skip(p_);
    p_ = scan_.wordEnd(p_);
    Node next = readOperand();
    chain = true;
    for (const Node* side : {&node, &next}) {
      const Node* inner = side;
      while (inner->kind == Kind::Field) inner = &inner->args[0];
      if (inner->kind == Kind::And || inner->kind == Kind::Not || inner->kind == Kind::Heading)
        fail("OVID-E14", at,
             "'" + slice(at, scan_.wordEnd(at)) +
                 "' joins words, phrases and groups of 'or'; this operand is none of them",
             scan_.wordEnd(at) - at);
    }
    if (node.kind == Kind::Adj && node.n == op->n) {
      node.args.push_back(std::move(next));
    } else {
      if (++nested + depth_ > kDeepest)
        fail("OVID-E03", at, "more than " + std::to_string(kDeepest) + " operators nest here");
      node = pair(Kind::Adj, std::move(node), std::move(next));
      node.n = op->n;
    }
    node = spanned(std::move(node), from);
  }
  // The suffix of the last word of a chain without brackets is the chain's.
  if (chain && bareSuffix_) {
    Node field = std::move(node.args.back());
    node.args.back() = std::move(field.args[0]);
    field.args.assign(1, Node{});
    numbersToWords(node);
    field.args[0] = std::move(node);
    node = spanned(std::move(field), from);
  }
  return node;
}

Node OvidParser::readOperand() {
  bareSuffix_ = false;
  const std::size_t from = p_ = scan_.skip(p_);
  if (p_ >= end()) fail("OVID-E04", end(), "the operator before has no right operand");
  if (const auto op = peekOperator()) {
    const std::size_t stop = scan_.wordEnd(p_);
    fail("OVID-E04", from, "'" + slice(from, stop) + "' has no left operand", stop - from);
  }
  if (text_[p_] == U')') fail("OVID-E04", from, "an operand is missing before ')'");
  if (text_[p_] == U'(') return readGroup();
  if (const auto heading = scan_.heading(p_)) return readHeading(*heading);
  if (auto ref = reference()) {
    skipNotes();
    return std::move(*ref);
  }
  if (auto combined = readCombined()) return spanned(std::move(*combined), from);
  p_ = from;
  return readPhrase();
}

Node OvidParser::readGroup() {
  const std::size_t from = p_;
  deeper();
  ++p_;
  if (scan_.at(scan_.skip(p_)) == U')') fail("OVID-E04", scan_.skip(p_), "nothing stands between the brackets");
  if (scan_.skip(p_) >= end()) fail("OVID-E01", from, "this '(' is never closed");
  Node node = readOr();
  p_ = scan_.skip(p_);
  if (scan_.at(p_) != U')') {
    if (p_ < end()) failBehindOperand(p_);
    fail("OVID-E01", from, "this '(' is never closed", 1, closed());
  }
  ++p_;
  --depth_;
  node = withSuffix(spanned(std::move(node), from));
  bareSuffix_ = false;
  return node;
}

/// The query with the missing ")" where its suffix begins or at its end; nothing if more than one is missing.
std::optional<std::string> OvidParser::closed() const {
  std::ptrdiff_t open = 0;
  std::size_t at = end();
  for (std::size_t i = begin_; i < end(); ++i) {
    open += text_[i] == U'(' ? 1 : text_[i] == U')' ? -1 : 0;
    if (text_[i] == U'.' && scan_.suffix(i) && scan_.suffix(i)->end == end()) at = std::min(at, i);
  }
  return open == 1 ? std::optional(slice(scan_.skip(begin_), at) + ")" + slice(at, end())) : std::nullopt;
}

/// What follows a complete operand and is neither an operator nor a ")".
void OvidParser::failBehindOperand(std::size_t at) const {
  const std::size_t stop = std::max(at + 1, scan_.wordEnd(at));
  const std::string word = slice(at, stop);
  if (text_[at] == U'.' || text_[at] == U'/' || text_[at] == U'[')
    fail("OVID-E03", at, "'" + word + "' is not expected here", stop - at);
  if (isForeignOperator(word))
    fail("OVID-E09", at, "'" + word + "' is an operator of another platform; Ovid writes adjN", stop - at);
  if (lower(word) == "exp" && scan_.skip(stop) >= end())
    fail("OVID-E03", at, "'exp' stands before its heading in Ovid", stop - at);
  fail("OVID-E06", at, "an operator is missing before '" + word + "'", stop - at);
}

Node OvidParser::readHeading(const HeadingText& heading) {
  const std::size_t from = p_;
  Node node;
  node.kind = Kind::Heading;
  node.text = squeezed(encode(heading.name));
  node.explode = heading.explode;
  node.focus = heading.focus;
  node.subheadings = heading.subheadings;
  if (heading.holdsOperator)
    warn("OVID-W28", heading.nameAt, heading.name.size(),
         "the heading holds an operator word; with quotes nobody can take it for one");
  for (std::size_t i = from; i < heading.end; ++i)
    if (isCurlyQuote(text_[i])) {
      warn("OVID-W01", i, 1, "a curly quote is read as a straight one");
      break;
    }
  p_ = heading.end;
  node = spanned(std::move(node), from);
  skipNotes();
  return node;
}

/// A number that is a whole operand.
std::optional<Node> OvidParser::reference() {
  const std::size_t from = p_;
  std::size_t i = p_;
  if (scan_.at(i) == U'#' || ((scan_.at(i) == U'S' || scan_.at(i) == U's') && isDigit(scan_.at(i + 1)))) ++i;
  const auto n = scan_.number(i);
  if (!n || *n == 0) return std::nullopt;
  const std::size_t next = scan_.skip(i);
  if (next == i && next < end() && text_[i] != U')' && text_[i] != U'[') return std::nullopt;
  if (next < end() && text_[next] != U')' && text_[next] != U'[' && text_[next] != U'<' && text_[next] != U'(') {
    if (isQuote(text_[next]) || !operatorNamed(scan_.word(next))) return std::nullopt;
  }
  p_ = i;
  Node ref;
  ref.kind = Kind::Ref;
  ref.n = *n;
  return spanned(std::move(ref), from);
}

void OvidParser::checkWord(std::size_t begin, std::size_t stop) const {
  const auto isWild = [](char32_t c) { return c == U'*' || c == U'$' || c == U'?' || c == U'#' || c == U':'; };
  if (isWild(text_[begin])) {
    const bool alone = stop - begin == 1;
    fail("OVID-E08", begin,
         alone ? "a wildcard alone finds everything and is refused" : "a word cannot begin with a wildcard", 1);
  }
}

Node OvidParser::readPhrase() {
  const std::size_t from = p_;
  if (text_[p_] == U'[' && scan_.noteEnd(p_) >= end()) fail("OVID-E04", p_, "a note stands where a query is expected");
  if (scan_.isExp(p_)) fail("OVID-E07", p_, "'exp' needs a heading that ends in '/'", 3);
  if (text_[p_] == U'.' && scan_.suffix(p_)) {
    const bool known = !scan_.suffix(p_)->fields.empty();
    fail(known ? "OVID-E05" : "OVID-E13", known ? scan_.skip(p_ + 1) : p_, "a field list stands here without a term");
  }
  if (isAsciiLetter(text_[p_]) && isFieldList(p_))
    fail("OVID-E05", p_, "a field list stands here without a term", scan_.wordEnd(p_) - p_);
  Node node;
  std::size_t words = 0, quotes = 0;
  while (true) {
    const std::size_t at = scan_.skip(p_);
    if (at >= end()) break;
    const char32_t c = text_[at];
    if (c == U'(' || c == U')' || (c == U'.' && at > from && (scan_.suffix(at) || at > p_))) {
      if (c == U'.' && at > p_ && !scan_.suffix(at)) fail("OVID-E03", at, "a '.' stands alone");
      p_ = c == U'.' ? at : p_;
      break;
    }
    if (c == U'[' && words > 0 && scan_.noteEnd(at) >= end()) break;
    if (c == U'<' && isDigit(scan_.at(scan_.skip(at + 1)))) break;
    if (c == U'/' && scan_.frequency(at)) break;
    if (isQuote(c)) {
      std::size_t close = at + 1;
      while (close < end() && !isQuote(text_[close])) ++close;
      if (close >= end()) fail("OVID-E12", at, "this quote is never closed");
      for (const std::size_t q : {at, close})
        if (isCurlyQuote(text_[q])) {
          warn("OVID-W01", q, 1, "a curly quote is read as a straight one");
          break;
        }
      const std::string inner = squeezed(slice(at + 1, close));
      if (inner.empty()) fail("OVID-E04", at, "nothing stands between the quotes", close + 1 - at);
      checkWord(scan_.skip(at + 1), close);
      node.text += (node.text.empty() ? "" : " ") + inner;
      ++quotes;
      ++words;
      p_ = close + 1;
      continue;
    }
    if (peekOperator()) break;
    const std::size_t stop = scan_.wordEnd(at);
    if (stop == at) fail("OVID-E03", at, "'" + slice(at, at + 1) + "' is not expected here");
    if (words > 0 && isForeignOperator(slice(at, stop)))
      fail("OVID-E09", at, "'" + slice(at, stop) + "' is an operator of another platform; Ovid writes adjN", stop - at);
    if (words > 0 && lower(slice(at, stop)) == "exp" && scan_.heading(at))
      fail("OVID-E06", at, "an operator is missing before 'exp'", 3);
    checkWord(at, stop);
    if (stop - at > 1 && text_[stop - 1] == U'/' && !scan_.frequency(stop - 1))
      fail("OVID-E03", stop - 1, "a '/' closes a heading, and no heading stands before it");
    node.text += (node.text.empty() ? "" : " ") + slice(at, stop);
    ++words;
    p_ = stop;
    if (scan_.at(p_) == U'.' && scan_.at(p_ + 1) == U'.' && scan_.suffix(p_ + 1))
      fail("OVID-E03", p_, "one '.' too many stands before the fields");
  }
  if (words == 0) fail("OVID-E03", from, "'" + slice(from, std::min(from + 1, end())) + "' is not expected here");
  node.quoted = quotes == 1 && words == 1;
  node.kind = node.quoted || node.text.find(' ') != std::string::npos ? Kind::Phrase : Kind::Term;
  node = spanned(std::move(node), from);
  const Kind before = node.kind;
  node = withSuffix(std::move(node));
  bareSuffix_ = node.kind == Kind::Field && (before == Kind::Term || before == Kind::Phrase);
  return node;
}

Node OvidParser::withSuffix(Node operand) {
  const std::uint32_t from = operand.span.column - 1;
  const std::size_t blank = scan_.skip(p_);
  const std::size_t at = scan_.at(blank) == U'.' ? blank : p_;
  const auto suffix = scan_.suffix(at);
  if (!suffix) return withFrequency(std::move(operand));
  if (suffix->fields.empty())
    fail("OVID-E13", at, "'" + slice(at + 1, suffix->end) + "' is no field of Ovid", suffix->end - at);
  p_ = suffix->end;
  if (suffix->dotted) warn("OVID-W03", at, p_ - at, "fields are separated by ',' in Ovid");
  if (!suffix->closed) warn("OVID-W04", p_ - 1, 1, "the '.' behind the fields is missing");
  Node field;
  field.kind = Kind::Field;
  field.fields = suffix->fields;
  numbersToWords(operand);
  field.args.push_back(std::move(operand));
  field = spanned(std::move(field), from);
  if (scan_.at(p_) == U'.') fail("OVID-E03", p_, "a '.' too many stands behind the fields");
  skipNotes();
  return withFrequency(std::move(field));
}

Node OvidParser::withFrequency(Node operand) {
  const std::uint32_t from = operand.span.column - 1;
  const auto found = scan_.frequency(scan_.skip(p_));
  if (!found) return operand;
  if (operand.kind != Kind::Field)
    fail("OVID-E05", scan_.skip(p_), "'/freq=' stands behind a term with its field: cancer.ab. /freq=3");
  p_ = found->first;
  Node node;
  node.kind = Kind::Freq;
  node.n = found->second;
  node.args.push_back(std::move(operand));
  node = spanned(std::move(node), from);
  skipNotes();
  return node;
}

void OvidParser::skipNotes() {
  const std::size_t at = scan_.skip(p_);
  if (scan_.at(at) != U'[') return;
  const std::size_t stop = scan_.noteEnd(at);
  warn("OVID-I01", at, stop - at, "the note in brackets is no part of the query", Severity::Info);
  p_ = stop;
}

}  // namespace winnow::search::ovid
