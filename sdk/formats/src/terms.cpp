#include <winnow/formats/terms.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <stdexcept>

namespace winnow::formats {

namespace {

struct QueryToken {
  std::string folded;
  std::size_t begin, end;
};

/// Words of a text, folded, with their bytes.
std::vector<QueryToken> tokenise(std::string_view text) {
  std::vector<QueryToken> tokens;
  std::string piece;
  bool open = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t code = nextCodePoint(text, at);
    const bool isMark = code >= 0x300 && code <= 0x36F;
    const std::string_view folded = isMark ? std::string_view{} : foldedCodePoint(code, piece);
    if (folded.empty()) {
      open = open && isMark;
      continue;
    }
    if (!open) tokens.push_back({{}, begin, begin});
    open = true;
    tokens.back().folded += folded;
    tokens.back().end = at;
  }
  return tokens;
}

}  // namespace

void TermSet::add(std::string_view term, std::size_t group) {
  Term made{{}, group};
  for (const std::string_view part : split(term, " \t")) {
    const std::size_t star = part.find('*');
    if (star != std::string_view::npos && star + 1 != part.size())
      throw std::invalid_argument("'" + std::string(term) + "': * may only stand at the end of a word");
    const std::string folded = foldForMatching(part);
    std::vector<std::string_view> words = split(folded, " ");  // "school-based" is two words
    for (std::size_t i = 0; i < words.size(); ++i)
      made.words.push_back({std::string(words[i]), star != std::string_view::npos && i + 1 == words.size()});
  }
  if (made.words.empty()) return;
  (made.words[0].prefix ? prefix_ : exact_)[made.words[0].text].push_back(terms_.size());
  terms_.push_back(std::move(made));
}

std::vector<TermSet::Hit> TermSet::find(std::string_view text) const {
  std::vector<Hit> hits;
  if (terms_.empty()) return hits;
  const std::vector<QueryToken> tokens = tokenise(text);
  const auto matches = [&](const Term& term, std::size_t at) {
    if (at + term.words.size() > tokens.size()) return false;
    for (std::size_t i = 0; i < term.words.size(); ++i) {
      const Word& word = term.words[i];
      const std::string& token = tokens[at + i].folded;
      if (word.prefix ? token.compare(0, word.text.size(), word.text) != 0 : token != word.text) return false;
    }
    return true;
  };
  const auto collect = [&](const std::vector<std::size_t>& candidates, std::size_t at) {
    for (const std::size_t candidate : candidates) {
      const Term& term = terms_[candidate];
      if (matches(term, at))
        hits.push_back({term.group, tokens[at].begin, tokens[at + term.words.size() - 1].end - tokens[at].begin});
    }
  };
  std::size_t longest = 0;  // a "word" of a megabyte is looked at no further than any term goes
  for (const auto& [begin, candidates] : prefix_) longest = std::max(longest, begin.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (const auto found = exact_.find(tokens[i].folded); found != exact_.end()) collect(found->second, i);
    for (std::size_t length = 1; length <= std::min(longest, tokens[i].folded.size()); ++length)
      if (const auto found = prefix_.find(tokens[i].folded.substr(0, length)); found != prefix_.end())
        collect(found->second, i);
  }
  return hits;
}

}  // namespace winnow::formats
