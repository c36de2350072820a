#include "KnownWords.hpp"

namespace winnow::duplicates {

namespace {

// Both compilers take literals far beyond the 65,536 bytes that the standard asks for.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"
// Sorted words, each between two line ends.
constexpr char kText[] =
#include "words.inc"
    ;
#pragma GCC diagnostic pop
constexpr std::string_view kWords{kText, sizeof kText - 1};  // the size is given: counting it exceeds what compilers do

}  // namespace

Known lookUp(std::string_view folded) {
  constexpr std::size_t kShortest = 4;
  if (folded.size() < kShortest) return Known::no;
  std::size_t low = 0, high = kWords.size() - 1;  // both at line ends
  while (low < high) {
    const std::size_t begin = kWords.rfind('\n', low + (high - low) / 2);  // the word that holds the middle
    const std::size_t end = kWords.find('\n', begin + 1);
    std::string_view word = kWords.substr(begin + 1, end - begin - 1);
    const bool isName = !word.empty() && word.back() == '*';
    if (isName) word.remove_suffix(1);
    if (word == folded) return isName ? Known::name : Known::word;
    if (word < folded)
      low = end;
    else
      high = begin;
  }
  return Known::no;
}

}  // namespace winnow::duplicates
