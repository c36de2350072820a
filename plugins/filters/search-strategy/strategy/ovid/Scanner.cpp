#include "Scanner.hpp"

#include <algorithm>

#include "../mesh/Tree.hpp"
#include "../text/CodePoints.hpp"
#include "Vocabulary.hpp"

namespace winnow::search::ovid {

std::size_t Scanner::skip(std::size_t i) const {
  while (i < text_.size() && isBlank(text_[i])) ++i;
  return i;
}

bool Scanner::endsOperand(std::size_t i) const {
  if (i >= text_.size()) return true;
  const char32_t c = text_[i];
  return isBlank(c) || c == U')' || c == U'(' || c == U',' || c == U'[' || c == U'/' || c == U'<';
}

std::string Scanner::code(std::size_t i) const {
  if (!isAsciiLetter(at(i)) || !isAsciiLetter(at(i + 1)) || isAsciiLetter(at(i + 2)) || isDigit(at(i + 2))) return {};
  return {static_cast<char>(lowerAscii(at(i))), static_cast<char>(lowerAscii(at(i + 1)))};
}

std::optional<Suffix> Scanner::suffix(std::size_t i) const {
  if (at(i) != U'.') return std::nullopt;
  std::size_t p = skip(i + 1);
  Suffix found;
  std::string next = code(p);
  if (!isField(next)) {
    // ".zzz." is meant as a suffix too; ".zz" only behind a bracket.
    std::size_t end = p;
    while (isAsciiLetter(at(end))) ++end;
    const bool closed = at(end) == U'.' && endsOperand(end + 1);
    const bool bracket = i > 0 && (text_[i - 1] == U')' || isQuote(text_[i - 1]));
    if (p != i + 1 || end - p < 2 || end - p > 4 || !(closed || (bracket && endsOperand(end)))) return std::nullopt;
    found.end = closed ? end + 1 : end;
    return found;
  }
  while (true) {
    found.fields.push_back(next);
    p += 2;
    const std::size_t q = skip(p);
    const bool comma = at(q) == U',' || at(q) == U';';
    const std::size_t r = skip(q + 1);
    next = comma || at(q) == U'.' ? code(r) : std::string();
    if (comma && isField(next) && !operatorNamed(next)) {
      p = r;
      continue;
    }
    if (at(q) == U'.' && mayFollowDot(next) && !(isBlank(at(q + 1)) && !endsOperand(r + 2) && at(r + 2) != U'.')) {
      found.dotted = true;
      p = r;
      continue;
    }
    if (comma && at(r) == U'.' && endsOperand(r + 1)) {  // ".ab,."
      found.dotted = found.closed = true;
      found.end = r + 1;
      return found;
    }
    found.closed = at(q) == U'.' && (endsOperand(q + 1) || at(q + 1) == U'.');
    if (found.closed) {
      found.end = q + 1;
      return found;
    }
    if (comma && endsOperand(q + 1) && skip(q + 1) >= text_.size()) return std::nullopt;
    if (!endsOperand(p) || !std::all_of(found.fields.begin(), found.fields.end(), isCommonField)) return std::nullopt;
    if (skip(i + 1) != i + 1 && found.fields.size() == 1 && at(skip(p)) != U')' && skip(p) < text_.size())
      return std::nullopt;
    found.end = p;
    return found;
  }
}

std::size_t Scanner::wordEnd(std::size_t i) const {
  const std::size_t begin = i;
  for (; i < text_.size(); ++i) {
    const char32_t c = text_[i];
    if (isBlank(c) || c == U'(' || c == U')' || isQuote(c)) break;
    if (c == U'.' && i > begin && suffix(i)) break;
    if (c == U'.' && at(i + 1) == U'.' && suffix(i + 1)) break;
    if (c == U'/' && i > begin && frequency(i)) break;
  }
  return i;
}

std::string Scanner::word(std::size_t i) const { return encode(text_.substr(i, wordEnd(i) - i)); }

bool Scanner::isExp(std::size_t i) const {
  return lowerAscii(at(i)) == U'e' && lowerAscii(at(i + 1)) == U'x' && lowerAscii(at(i + 2)) == U'p' &&
         (isBlank(at(i + 3)) || at(i + 3) == U'*' || isQuote(at(i + 3)));
}

std::optional<std::uint32_t> Scanner::number(std::size_t& i) const {
  const std::size_t first = i;
  std::uint32_t value = 0;
  for (; isDigit(at(i)) && i - first < 7; ++i) value = value * 10 + static_cast<std::uint32_t>(at(i) - U'0');
  if (i == first || isDigit(at(i))) return std::nullopt;
  return value;
}

std::optional<std::pair<std::size_t, std::uint32_t>> Scanner::frequency(std::size_t i) const {
  if (at(i) != U'/') return std::nullopt;
  std::size_t p = skip(i + 1);
  for (const char32_t c : {U'f', U'r', U'e', U'q'})
    if (lowerAscii(at(p++)) != c) return std::nullopt;
  p = skip(p);
  if (at(p) != U'=') return std::nullopt;
  p = skip(p + 1);
  const auto n = number(p);
  if (!n) return std::nullopt;
  return std::pair{p, *n};
}

std::size_t Scanner::noteEnd(std::size_t i) const {
  std::size_t depth = 0;
  for (; i < text_.size(); ++i) {
    if (text_[i] == U'[') ++depth;
    if (text_[i] == U']' && --depth == 0) return i + 1;
  }
  return i;
}

/// Codes behind the "/" of a heading: "/dt", "/bl, cf".
std::size_t Scanner::subheadings(std::size_t i, std::vector<std::string>& codes) const {
  std::size_t p = i;
  while (true) {
    const std::string found = code(p);
    if (subheadingName(found).empty() || operatorNamed(found) || !endsOperand(p + 2)) return i;
    codes.push_back(found);
    i = p + 2;
    const std::size_t comma = skip(i);
    if (at(comma) != U',') return i;
    p = skip(comma + 1);
  }
}

/// The "/" that closes the unquoted name at `i`.
std::optional<std::size_t> Scanner::slashOf(std::size_t i, bool& holdsOperator) const {
  const std::size_t begin = i;
  std::size_t depth = 0;
  while (i < text_.size()) {
    const char32_t c = text_[i];
    if (isQuote(c) || c == U'[' || c == U'=') return std::nullopt;
    if (c == U'(') ++depth;
    if (c == U')' && depth-- == 0) return std::nullopt;
    if (c == U'.' && suffix(i)) return std::nullopt;
    if (c == U'/') {
      std::vector<std::string> codes;
      const bool closes = endsOperand(i + 1) || subheadings(i + 1, codes) != i + 1;
      const bool named =
          i > begin &&
          (!holdsOperator || (tree_ != nullptr && tree_->find(encode(text_.substr(begin, i - begin))) != nullptr));
      if (closes && depth == 0) return named ? std::optional(i) : std::nullopt;
    }
    if (isBlank(c)) {
      const std::size_t next = skip(i);
      std::size_t end = next;
      while (end < text_.size() && !isBlank(text_[end]) && text_[end] != U'(' && text_[end] != U')' &&
             text_[end] != U'/')
        ++end;
      if (operatorNamed(encode(text_.substr(next, end - next)))) {
        if (tree_ == nullptr || depth != 0) return std::nullopt;
        holdsOperator = true;
      }
      i = next;
      continue;
    }
    ++i;
  }
  return std::nullopt;
}

std::optional<HeadingText> Scanner::heading(std::size_t i) const {
  HeadingText found;
  if (at(i) == U'*') {
    found.focus = true;
    i = skip(i + 1);
  }
  if (isExp(i)) {
    found.explode = true;
    i = skip(i + 3);
  }
  if (at(i) == U'*') {
    found.focus = true;
    i = skip(i + 1);
  }
  std::size_t slash = 0;
  if (isQuote(at(i))) {
    std::size_t close = i + 1;
    while (close < text_.size() && !isQuote(text_[close])) ++close;
    slash = skip(close + 1);
    if (close >= text_.size() || at(slash) != U'/' || frequency(slash)) return std::nullopt;
    found.name = text_.substr(i + 1, close - i - 1);
    found.nameAt = i + 1;
  } else {
    const auto at = slashOf(i, found.holdsOperator);
    if (!at) return std::nullopt;
    slash = *at;
    found.name = text_.substr(i, slash - i);
    found.nameAt = i;
  }
  found.end = subheadings(slash + 1, found.subheadings);
  if (found.end == slash + 1 && !endsOperand(found.end) && at(found.end) != U'.') return std::nullopt;
  const bool blank = std::all_of(found.name.begin(), found.name.end(), isBlank);
  return blank ? std::nullopt : std::optional(found);
}

}  // namespace winnow::search::ovid
