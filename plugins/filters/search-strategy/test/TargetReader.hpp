// What the platforms do with the text that we print: a reader and a slow, plain evaluation, independent of the tables.
// Every platform's rules stand here a second time, from the vendors' help (docs/search-translation.md names the pages).
#pragma once

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace winnow::search::test {

using Tokens = std::vector<std::string>;
using Spans = std::set<std::pair<int, int>>;

/// A record as all platforms see it.
struct Paper {
  std::map<std::string, Tokens> fields;  ///< "ti", "ab", "kw"
};

struct Rules {
  std::string one, zeroOrOne;  ///< wildcards of one letter, and of at most one
  int between = 0;             ///< words between that NEAR/n allows: n + between
  bool plurals = false;        ///< an unquoted word also finds its plural
  bool loosePhrase = false;    ///< a quoted one too
};

inline Rules rulesOf(const std::string& platform) {
  if (platform == "scopus") return {"?", "", 0, true, true};
  if (platform == "ebsco") return {"?", "#", 0, true, false};
  if (platform == "embase") return {"?", "$", -1, false, false};
  if (platform == "wos") return {"?", "$", 0, true, false};
  if (platform == "cochrane") return {"?", "", -1, true, false};
  return {"", "", 0, false, false};
}

/// `pattern` with the platform's wildcards against a whole token.
inline bool matches(const Rules& r, const std::string& pattern, const std::string& token, std::size_t p = 0,
                    std::size_t t = 0) {
  if (p == pattern.size()) return t == token.size();
  const std::string c(1, pattern[p]);
  if (c == "*") {
    for (std::size_t i = t; i <= token.size(); ++i)
      if (matches(r, pattern, token, p + 1, i)) return true;
    return false;
  }
  if (c == r.zeroOrOne)
    return matches(r, pattern, token, p + 1, t) || (t < token.size() && matches(r, pattern, token, p + 1, t + 1));
  if (t == token.size()) return false;
  return (c == r.one || pattern[p] == token[t]) && matches(r, pattern, token, p + 1, t + 1);
}

struct Query {
  enum Kind { Words, And, Or, Not, Near, Next } kind = Words;
  Tokens words;
  bool quoted = false, anyOrder = false;  ///< anyOrder: PubMed's "..."[f:~n]
  int n = 0;
  std::set<std::string> fields;  ///< of Words; empty: of none
  std::vector<Query> args;
};

inline void setFields(Query& q, const std::set<std::string>& fields) {
  if (q.kind == Query::Words) q.fields = fields;
  for (Query& arg : q.args) setFields(arg, fields);
}

/// Reads one line. Throws std::runtime_error for what no platform would take, also for operators mixed without
/// brackets.
class Reader {
 public:
  explicit Reader(std::string text) : s_(std::move(text)) {}
  Query read() {
    Query q = expression();
    blanks();
    if (i_ != s_.size()) fail("something is left");
    return q;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw std::runtime_error(why + " at " + std::to_string(i_) + " of " + s_);
  }
  void blanks() {
    while (i_ < s_.size() && s_[i_] == ' ') ++i_;
  }
  bool take(const std::string& text) {
    blanks();
    if (s_.compare(i_, text.size(), text) != 0) return false;
    i_ += text.size();
    return true;
  }
  /// An operator as a word of its own; its number goes to `n`.
  std::string operatorAhead(int& n) {
    blanks();
    std::size_t end = i_;
    while (end < s_.size() && s_[end] != ' ' && s_[end] != ')' && s_[end] != '(') ++end;
    std::string word = s_.substr(i_, end - i_);
    const std::size_t digits = word.find_first_of("0123456789");
    n = digits == std::string::npos ? 0 : std::stoi(word.substr(digits));
    const std::string name = word.substr(0, digits);
    static const std::map<std::string, std::string> kNames{
        {"AND", "and"}, {"OR", "or"},     {"NOT", "not"},   {"W/", "near"},    {"NEAR/", "near"},
        {"N", "near"},  {"PRE/", "next"}, {"NEXT", "next"}, {"NEXT/", "next"}, {"W", "next"}};
    const auto found = kNames.find(name);
    if (found == kNames.end() || ((name == "N" || name == "W") && digits == std::string::npos)) return {};
    i_ = end;
    if (found->second == "and" && take("NOT ")) return "not";
    return found->second;
  }
  Query expression() {
    Query first = operand();
    std::string used;
    for (;;) {
      const std::size_t back = i_;
      int n = 0;
      const std::string op = operatorAhead(n);
      if (op.empty()) {
        i_ = back;
        return first;
      }
      if (!used.empty() && (op != used || op == "not" || op == "near")) fail("operators are mixed or chained");
      Query q;
      q.kind = op == "and"    ? Query::And
               : op == "or"   ? Query::Or
               : op == "not"  ? Query::Not
               : op == "near" ? Query::Near
                              : Query::Next;
      q.n = n;
      q.args = {first, operand()};
      used = op;
      first = q;
    }
  }
  Query operand() {
    blanks();
    static const std::pair<const char*, std::set<std::string>> kBefore[] = {
        {"TITLE-ABS(", {"ti", "ab"}}, {"TITLE(", {"ti"}}, {"ABS(", {"ab"}}, {"TI=(", {"ti"}}, {"AB=(", {"ab"}}};
    for (const auto& [name, fields] : kBefore)
      if (take(name)) {
        Query q = expression();
        if (!take(")")) fail("no )");
        setFields(q, fields);
        return q;
      }
    for (const auto& [name, field] : {std::pair{"TI ", "ti"}, std::pair{"AB ", "ab"}})
      if (take(name)) {
        Query q = operand();
        setFields(q, {field});
        return q;
      }
    Query q;
    if (take("(")) {
      q = expression();
      if (!take(")")) fail("no )");
    } else
      q = words();
    return suffixed(q);
  }
  Query words() {
    Query q;
    const char quote = i_ < s_.size() && (s_[i_] == '"' || s_[i_] == '\'') ? s_[i_] : ' ';
    q.quoted = quote != ' ';
    if (q.quoted) ++i_;
    std::string word;
    const auto push = [&] {
      if (!word.empty()) q.words.push_back(word);
      word.clear();
    };
    for (; i_ < s_.size(); ++i_) {
      const char c = s_[i_];
      if (q.quoted ? c == quote : (c == ' ' || c == '(' || c == ')' || c == '[' || c == ':')) break;
      if (c == ' ')
        push();
      else
        word += c;
    }
    push();
    if (q.quoted && (i_ == s_.size() || s_[i_++] != quote)) fail("no closing quote");
    if (q.words.empty()) fail("no word");
    return q;
  }
  Query suffixed(Query q) {
    static const std::pair<const char*, std::set<std::string>> kAfter[] = {
        {":ti,ab", {"ti", "ab"}},       {":ti", {"ti"}},  {":ab", {"ab"}},
        {"[tiab]", {"ti", "ab", "kw"}}, {"[ti]", {"ti"}}, {"[ab]", {"ab"}}};
    for (const auto& [name, fields] : kAfter)
      if (s_.compare(i_, std::string(name).size(), name) == 0) {
        i_ += std::string(name).size();
        setFields(q, fields);
        return q;
      }
    for (const auto& [name, fields] :
         {std::pair<std::string, std::set<std::string>>{"[tiab:~", {"ti", "ab", "kw"}}, {"[ti:~", {"ti"}}})
      if (s_.compare(i_, name.size(), name) == 0) {
        i_ += name.size();
        q.n = std::stoi(s_.substr(i_));
        q.anyOrder = true;
        i_ = s_.find(']', i_) + 1;
        setFields(q, fields);
      }
    return q;
  }
  std::string s_;
  std::size_t i_ = 0;
};

inline bool wordMatches(const Rules& r, const Query& q, std::size_t i, const std::string& token) {
  const std::string& w = q.words[i];
  if (matches(r, w, token)) return true;
  const bool plain = std::all_of(w.begin(), w.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
  return plain && (q.quoted ? r.loosePhrase : r.plurals) && token == w + "s";
}

inline Spans spansOf(const Rules& r, const Query& q, const Tokens& text, const std::string& field) {
  Spans spans;
  const int size = static_cast<int>(text.size());
  if (q.kind == Query::Words) {
    if (q.fields.count(field) == 0) return spans;
    const int count = static_cast<int>(q.words.size());
    if (q.anyOrder) {  // every order, at most n words more than the words themselves
      for (int b = 0; b < size; ++b)
        for (int e = b + count - 1; e < std::min(size, b + count + q.n); ++e) {
          std::vector<int> order(q.words.size());
          for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
          do {
            std::size_t next = 0;
            for (int t = b; t <= e && next < order.size(); ++t)
              if (wordMatches(r, q, static_cast<std::size_t>(order[next]), text[static_cast<std::size_t>(t)])) ++next;
            if (next == order.size()) spans.insert({b, e});
          } while (std::next_permutation(order.begin(), order.end()));
        }
      return spans;
    }
    for (int b = 0; b + count <= size; ++b) {
      bool all = true;
      for (int i = 0; i < count && all; ++i)
        all = wordMatches(r, q, static_cast<std::size_t>(i), text[static_cast<std::size_t>(b + i)]);
      if (all) spans.insert({b, b + count - 1});
    }
    return spans;
  }
  const Spans left = spansOf(r, q.args[0], text, field), right = spansOf(r, q.args[1], text, field);
  if (q.kind == Query::Or) {
    spans = left;
    spans.insert(right.begin(), right.end());
    return spans;
  }
  if (q.kind != Query::Near && q.kind != Query::Next) throw std::runtime_error("AND or NOT inside of a distance");
  for (const auto& a : left)
    for (const auto& b : right) {
      const int after = b.first - a.second - 1, before = a.first - b.second - 1;
      const bool hit = q.kind == Query::Next
                           ? after == 0
                           : (after >= 0 && after <= q.n + r.between) || (before >= 0 && before <= q.n + r.between);
      if (hit) spans.insert({std::min(a.first, b.first), std::max(a.second, b.second)});
    }
  return spans;
}

/// True if the platform finds the paper.
inline bool finds(const Rules& r, const Query& q, const Paper& paper) {
  if (q.kind == Query::And) return finds(r, q.args[0], paper) && finds(r, q.args[1], paper);
  if (q.kind == Query::Or) return finds(r, q.args[0], paper) || finds(r, q.args[1], paper);
  if (q.kind == Query::Not) return finds(r, q.args[0], paper) && !finds(r, q.args[1], paper);
  for (const auto& [field, text] : paper.fields)
    if (!spansOf(r, q, text, field).empty()) return true;
  return false;
}

}  // namespace winnow::search::test
