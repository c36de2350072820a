#include "Numbering.hpp"

#include <string>

#include "Fold.hpp"
#include "Pages.hpp"

namespace winnow::duplicates {

Numbering parseNumbering(std::string_view raw) {
  constexpr std::size_t kLongest = 40;  // longer cells hold prose: addresses, conference names
  Numbering numbering;
  if (raw.empty() || raw.size() > kLongest) return numbering;
  const bool isRemnant = raw.find(')') != std::string_view::npos && raw.find('(') == std::string_view::npos;
  if (isRemnant) return numbering;  // "1)" is left of "64 (1)": no one can tell what it counts
  std::uint64_t value = 0;
  std::size_t at = raw.find_first_of("0123456789");
  for (; at < raw.size() && raw[at] >= '0' && raw[at] <= '9'; ++at)
    value = value * 10 + static_cast<std::uint64_t>(raw[at] - '0');
  numbering.number = value > 0xFFFFFFFFu ? 0 : static_cast<std::uint32_t>(value);
  const bool hasLetters = raw.find_first_of("sSxXvViIlL") != std::string_view::npos;
  if (!hasLetters) return numbering;
  const std::string folded = fold(raw);
  numbering.isSupplement = folded.find("sup") != std::string::npos;
  if (numbering.number == 0) numbering.number = romanNumber(folded);
  return numbering;
}

}  // namespace winnow::duplicates
