#include "KnownWords.hpp"

#include <algorithm>

namespace winnow::duplicates {

namespace {

// Both compilers take literals far beyond the 65,536 bytes that the standard asks for.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"
// Sorted words, many between two line ends; make_words.py says how they are written.
constexpr char kText[] =
#include "words.inc"
    ;
#pragma GCC diagnostic pop
constexpr std::string_view kWords{kText, sizeof kText - 1};  // the size is given: counting it exceeds what compilers do

bool isLetter(char c) { return c >= 'a' && c <= 'z'; }

std::string_view lettersAt(std::size_t begin) {
  std::size_t end = begin;
  while (isLetter(kWords[end])) ++end;
  return kWords.substr(begin, end - begin);
}

// The line end before the line that has `folded` if any has: the last one whose first word does not come after it, or
// the first.
std::size_t lineOf(std::string_view folded) {
  std::size_t low = 0, high = kWords.size() - 1;  // both at line ends
  for (;;) {
    std::size_t middle = kWords.rfind('\n', low + (high - low) / 2);
    if (middle == low) middle = kWords.find('\n', low + 1);
    if (middle == high) return low;
    (lettersAt(middle + 1) <= folded ? low : high) = middle;
  }
}

}  // namespace

Known lookUp(std::string_view folded) {
  constexpr std::size_t kShortest = 4;
  if (folded.size() < kShortest) return Known::no;
  std::size_t at = lineOf(folded) + 1,
              matched = 0;  // `matched`: letters that the word before shares with `folded`, which comes after it
  for (bool first = true; kWords[at] != '\n'; first = false) {
    const std::size_t shared = first ? 0 : static_cast<std::size_t>(kWords[at++] - '0');
    const std::string_view added = lettersAt(at);
    at += added.size();
    const bool isName = kWords[at] == '*';
    if (isName) ++at;
    if (shared < matched)
      return Known::no;  // it differs earlier than the word before, so it comes after `folded`, and so does the rest
    if (shared > matched) continue;  // it differs where the word before does, and comes before `folded` too
    const std::string_view left = folded.substr(matched);
    if (added == left) return isName ? Known::name : Known::word;
    if (left < added) return Known::no;
    matched += static_cast<std::size_t>(std::mismatch(added.begin(), added.end(), left.begin(), left.end()).first -
                                        added.begin());
  }
  return Known::no;
}

}  // namespace winnow::duplicates
