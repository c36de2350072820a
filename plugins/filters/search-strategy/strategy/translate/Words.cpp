#include "Words.hpp"

#include <algorithm>

#include <winnow/formats/ascii.hpp>

namespace winnow::search {

namespace {

constexpr std::size_t kMostForms = 8;  // of one word; more are written with one wider wildcard

using formats::isDigit;
bool isWildByte(char c) { return c == '*' || c == '$' || c == ':' || c == '#' || c == '?'; }
std::string widened(const Wildcards& w) { return w.any.out; }

/// A word with its wildcards, one after the other.
class WordWriter {
 public:
  WordWriter(const Dialect& dialect, std::string_view word, Loss& loss)
      : w_(dialect.wildcards), word_(word), loss_(loss) {}

  std::vector<Word> write() {
    while (at_ < word_.size() && !ended_) step();
    for (Word& form : forms_) form.wild = wild_;
    return std::move(forms_);
  }

 private:
  void step() {
    const char c = word_[at_++];
    if (!isWildByte(c)) return append(std::string(1, c));
    wild_ = true;
    if (letters_ == SIZE_MAX) letters_ = at_ - 1;
    if (c == '#') return one();
    if (c == '?') return zeroOrOne(w_.zeroOrOne);
    std::uint32_t n = 0;
    const std::size_t digits = at_;
    while (c != ':' && at_ < word_.size() && isDigit(word_[at_]) && n < 100)
      n = n * 10 + static_cast<std::uint32_t>(word_[at_++] - '0');
    if (digits == at_) return any(w_.any.loss);
    if (n == 1 && w_.zeroOrOne.how == WildcardRule::How::Out) return zeroOrOne(w_.zeroOrOne);
    atMost(n);
  }

  void append(const std::string& text) {
    for (Word& form : forms_) form.text += text;
  }

  void one() {
    const WildcardRule& rule = at_ == word_.size() ? w_.oneAtEnd : w_.one;
    if (rule.how != WildcardRule::How::Out) return any(rule.loss);
    loss_.add(rule.loss);
    append(rule.out);
  }

  void zeroOrOne(const WildcardRule& rule) {
    if (rule.how == WildcardRule::How::Widen) return any(rule.loss);
    if (rule.how == WildcardRule::How::Union) return lengths(1, rule);
    loss_.add(rule.loss);
    append(rule.out);
  }

  void atMost(std::uint32_t n) {
    if (w_.atMost.how == WildcardRule::How::Union && n <= w_.atMost.max) return lengths(n, w_.atMost);
    if (w_.atMost.how == WildcardRule::How::Widen) return any(w_.atMost.loss);
    Loss loss;
    loss.add(Exactness::Superset, "T06", messageOf("T06"));
    any(loss);
  }

  void lengths(std::uint32_t n, const WildcardRule& rule) {
    if (forms_.size() * (n + 1) > kMostForms) {
      Loss loss;
      loss.add(Exactness::Superset, "T06", messageOf("T06"));
      return any(loss);
    }
    loss_.add(rule.loss);
    const WildcardRule& letter = at_ == word_.size() ? w_.oneAtEnd : w_.one;
    loss_.add(letter.loss);
    std::vector<Word> longer;
    for (const Word& form : forms_) {
      Word next = form;
      for (std::uint32_t i = 0; i <= n; ++i, next.text += letter.out) longer.push_back(next);
    }
    forms_ = std::move(longer);
  }

  void any(const Loss& loss) {
    loss_.add(loss);
    if (letters_ < w_.minimumStem) loss_.add(w_.shortStem);
    append(widened(w_));
    if (at_ == word_.size() || w_.inside) return;
    loss_.add(Exactness::Superset, "T06", messageOf("T06"));
    ended_ = true;
  }

  const Wildcards& w_;
  std::string_view word_;
  Loss& loss_;
  std::vector<Word> forms_ = std::vector<Word>(1);
  std::size_t at_ = 0, letters_ = SIZE_MAX;
  bool wild_ = false, ended_ = false;
};

}  // namespace

bool isWordByte(char c) {
  return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80u) != 0;
}

std::vector<Sequence> followed(const std::vector<Sequence>& a, const std::vector<Sequence>& b, std::size_t most) {
  std::vector<Sequence> all;
  if (a.size() * b.size() > most) return all;
  for (const Sequence& first : a)
    for (const Sequence& second : b) {
      Sequence one = first;
      one.words.insert(one.words.end(), second.words.begin(), second.words.end());
      one.loose = first.loose || second.loose;
      one.between += second.between;
      all.push_back(std::move(one));
    }
  return all;
}

std::vector<Sequence> formsOf(const Dialect& dialect, std::string_view word, Loss& loss) {
  std::vector<Sequence> forms;
  if (std::none_of(word.begin(), word.end(), isWildByte)) {
    std::string plain;
    for (const char c : word)
      plain += c == '"' || c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '}' ? ' ' : c;
    if (std::any_of(plain.begin(), plain.end(), isWordByte)) forms.push_back({{{plain, false}}, false, 0});
    return forms;
  }
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t begin = i;
    while (i < word.size() && (isWordByte(word[i]) || isWildByte(word[i]))) ++i;
    if (i > begin) {
      std::vector<Sequence> part;
      for (Word& form : WordWriter(dialect, word.substr(begin, i - begin), loss).write())
        part.push_back({{std::move(form)}, false, 0});
      forms = forms.empty() ? part : followed(forms, part, kMostForms * kMostForms);
    }
    if (i < word.size()) ++i;
  }
  return forms;
}

std::vector<Sequence> formsOfText(const Dialect& dialect, std::string_view text, std::size_t most, Loss& loss) {
  std::vector<Sequence> all;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find(' ', i), text.size());
    if (end > i) {
      const std::vector<Sequence> word = formsOf(dialect, text.substr(i, end - i), loss);
      if (!word.empty()) all = all.empty() ? word : followed(all, word, most);
      if (!word.empty() && all.empty()) return {};
    }
    i = end + 1;
  }
  return all;
}

}  // namespace winnow::search
