#include "RisScanner.hpp"

namespace winnow::ris {

namespace {

bool isCapital(char c) { return c >= 'A' && c <= 'Z'; }
bool isTagCharacter(char c) { return isCapital(c) || (c >= '0' && c <= '9'); }

}  // namespace

bool parseTagLine(std::string_view line, TagLine& out) {
  std::size_t begin = 0;
  while (begin < line.size() && (line[begin] == ' ' || line[begin] == '\t')) ++begin;
  if (begin >= line.size() || !isCapital(line[begin])) return false;
  std::size_t end = begin;
  while (end < line.size() && end - begin < 5 && isTagCharacter(line[end])) ++end;
  const std::size_t length = end - begin;
  if (length < 2 || length > 4) return false;
  std::size_t hyphen = end;
  while (hyphen < line.size() && line[hyphen] == ' ' && hyphen - end < 3) ++hyphen;
  const std::size_t blanks = hyphen - end;
  // Words such as "BMJ - British Medical Journal" are text; longer tags are only known with two blanks, but for PMID.
  const bool isPmid = line.substr(begin, length) == "PMID";
  if (blanks == 0 || blanks > 2 || (length > 2 && blanks != 2 && !isPmid) || hyphen >= line.size() ||
      line[hyphen] != '-')
    return false;
  const bool atEnd = hyphen + 1 >= line.size();
  const bool blankAfter = !atEnd && (line[hyphen + 1] == ' ' || line[hyphen + 1] == '\t');
  if (!atEnd && !blankAfter && blanks != 2) return false;
  out.tag = line.substr(begin, length);
  std::size_t value = hyphen + 1;
  if (blankAfter) ++value;
  out.value = line.substr(value);
  out.column = static_cast<std::uint32_t>(begin + 1);
  out.indented = begin > 0;
  out.oddSpacing = blanks == 1 || (!atEnd && !blankAfter);
  return true;
}

}  // namespace winnow::ris
