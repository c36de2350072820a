#include "StyleTags.hpp"

#include <algorithm>
#include <vector>

namespace winnow::endnote {

namespace {

constexpr std::string_view kOpen = "<style ", kClose = "</style>";

bool isNameCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; }
bool isValueCharacter(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '<' && c != '&'; }

template <class Belongs>
std::string_view run(std::string_view text, std::size_t at, Belongs&& belongs) {
  const auto end = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), belongs);
  return text.substr(at, static_cast<std::size_t>(end - text.begin()) - at);
}

/// The tag at the beginning of `text` if its attributes are beyond doubt: plain names, each once, plain values, on one
/// line.
std::string_view soundTag(std::string_view text) {
  std::vector<std::string_view> names{"xmlns"};
  std::size_t at = kOpen.size() - 1;
  for (;;) {
    const std::size_t blanks = run(text, at, [](char c) { return c == ' '; }).size();
    at += blanks;
    if (text.substr(at, 1) == ">") return text.substr(0, at + 1);
    const std::string_view name = run(text, at, isNameCharacter);
    at += name.size();
    if (blanks == 0 || name.empty() || name.front() == '-' ||
        std::find(names.begin(), names.end(), name) != names.end() || text.substr(at, 2) != "=\"")
      return {};
    names.push_back(name);
    at += 2 + run(text, at + 2, isValueCharacter).size();
    if (text.substr(at, 1) != "\"") return {};
    ++at;
  }
}

/// True if the text ends within a reference, which text behind it might complete.
bool endsWithinReference(std::string_view text) {
  std::size_t sign = text.find('&');  // forward: the library looks backward byte by byte
  while (sign != std::string_view::npos && text.find(';', sign) != std::string_view::npos)
    sign = text.find('&', sign + 1);
  return sign != std::string_view::npos;
}

}  // namespace

std::string_view StyleTags::knownTag(std::string_view text) {
  if (known_.empty() || text.substr(0, known_.size()) != known_) known_ = soundTag(text);
  return known_;
}

std::string_view StyleTags::withoutThem(std::string_view text) {
  text_.clear();
  std::size_t copied = 0;
  for (std::size_t open = text.find('<'); open != std::string_view::npos; open = text.find('<', open + 1)) {
    const std::string_view rest = text.substr(open);
    const char next = rest.size() > 1 ? rest[1] : '\0';
    if (next == '!' || next == '?') return text;  // a CDATA section or a comment may hold what only looks like a tag
    if (next != kOpen[1] || rest.substr(0, kOpen.size()) != kOpen || open == 0 || text[open - 1] != '>') continue;
    const std::size_t begin = knownTag(rest).size(), end = rest.find('<', begin);
    if (begin == 0 || end == std::string_view::npos || rest.substr(end, kClose.size()) != kClose) continue;
    const std::string_view words = rest.substr(begin, end - begin);
    if (endsWithinReference(words)) continue;
    text_.append(text, copied, open - copied).append(words);
    copied = open + end + kClose.size();
    open = copied - 1;
  }
  return text_.append(text, copied);
}

}  // namespace winnow::endnote
