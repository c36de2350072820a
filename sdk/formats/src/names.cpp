#include <winnow/formats/names.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <iterator>

namespace winnow::formats {

namespace {

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLowerLetter(char c) { return c >= 'a' && c <= 'z'; }
bool isNonAscii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// "Z.", "YW", "M.-H.", "J. A.": capital letters with full stops and hyphens alone, at most four.
bool isInitials(std::string_view word) {
  int letters = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (isUpper(c) || isNonAscii(c)) {
      letters += isUpper(c) || (static_cast<unsigned char>(c) & 0xC0) == 0xC0 ? 1 : 0;
    } else if (c != '.' && c != '-') {
      return false;
    }
  }
  const bool hasStop = word.find('.') != std::string_view::npos;
  return letters > 0 && letters <= (hasStop ? 6 : 3);
}

bool isSuffix(std::string_view word) {
  static constexpr std::string_view kSuffixes[] = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "2nd", "3rd", "4th"};
  const std::string low = lower(word);
  return std::find(std::begin(kSuffixes), std::end(kSuffixes), low) != std::end(kSuffixes);
}

PersonName literal(std::string_view text) {
  PersonName name;
  name.literal = collapsed(text);
  return name;
}

PersonName withCommas(std::string_view text) {
  std::vector<std::string_view> parts;
  parts.reserve(4);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(trim(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  while (!parts.empty() && parts.back().empty()) parts.pop_back();
  if (parts.size() == 1) return literal(parts[0]);
  PersonName name;
  name.family = collapsed(parts[0]);
  if (parts.size() > 2 && isSuffix(parts.back())) {
    name.suffix = collapsed(parts.back());
    parts.pop_back();
  } else if (parts.size() > 2 && isSuffix(parts[1])) {  // "King, Jr., Martin"
    name.suffix = collapsed(parts[1]);
    parts.erase(parts.begin() + 1);
  }
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (!name.given.empty()) name.given += ", ";
    name.given += collapsed(parts[i]);
  }
  if (name.family.empty()) {
    name.literal = std::move(name.given);
    name.given.clear();
  }
  return name;
}

std::vector<std::string_view> words(std::string_view text) { return split(text, " \t"); }

std::string joined(const std::vector<std::string_view>& list, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i) {
    if (!out.empty()) out += ' ';
    out += list[i];
  }
  return out;
}

PersonName initialsLast(std::string_view text) {
  const std::vector<std::string_view> list = words(text);
  PersonName name;
  std::size_t end = list.size();
  if (end > 2 && isSuffix(list[end - 1])) name.suffix = list[--end];
  std::size_t first = end;
  while (first > 1 && isInitials(list[first - 1])) --first;
  if (first == end) return literal(text);
  name.family = joined(list, 0, first);
  name.given = joined(list, first, end);
  return name;
}

/// "van der Berg", and "Van Der Berg" in databases that write every word with a capital: words of the list of
/// citeproc-js.
bool isParticle(std::string_view word) {
  static constexpr std::string_view kWords[] = {"al", "da",  "das", "de", "del", "della", "den", "der", "des", "di",
                                                "do", "dos", "du",  "el", "la",  "le",    "ten", "ter", "van", "von"};
  return isLowerLetter(word[0]) || std::find(std::begin(kWords), std::end(kWords), lower(word)) != std::end(kWords);
}

PersonName givenFirst(std::string_view text) {
  const std::vector<std::string_view> list = words(text);
  if (list.size() < 2) return literal(text);
  PersonName name;
  std::size_t end = list.size();
  if (end > 2 && isSuffix(list[end - 1])) name.suffix = list[--end];
  std::size_t family = end - 1;
  while (family > 1 && isParticle(list[family - 1])) --family;  // they belong to the family name
  name.given = joined(list, 0, family);
  name.family = joined(list, family, end);
  return name;
}

/// "M. M. H. Mia", "A. van Berg", as IEEE writes names: single letters with full stops, then one family name. Words
/// such as "U.S. Army" do not begin with a single letter.
bool beginsWithInitials(std::string_view text) {
  const std::vector<std::string_view> list = words(text);
  const auto isInitial = [](std::string_view word) { return word.size() == 2 && isUpper(word[0]) && word[1] == '.'; };
  std::size_t family = 0;
  while (family < list.size() && isInitial(list[family])) ++family;
  if (family == 0 || family == list.size()) return false;
  while (family + 1 < list.size() && isLowerLetter(list[family][0])) ++family;
  return family + 1 == list.size() && !isInitials(list[family]);
}

bool isAnonymous(std::string_view text) {
  static constexpr std::string_view kWords[] = {"[anonymous]", "anon", "anonymous", "anon."};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return equalsIgnoringCase(text, word); });
}

/// Cut points of names that stand without any separator: a full stop directly before a capital that begins a word of
/// three letters or more, "K.Lewis".
std::vector<std::string_view> splitRunTogether(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t i = 1; i + 2 < text.size(); ++i) {
    const bool cut = text[i - 1] == '.' && (isUpper(text[i]) || isNonAscii(text[i])) &&
                     (isLowerLetter(text[i + 1]) || isNonAscii(text[i + 1]) || text[i + 1] == '\'') &&
                     text[i + 1] != '.';
    if (!cut) continue;
    parts.push_back(trim(text.substr(begin, i - begin)));
    begin = i;
  }
  parts.push_back(trim(text.substr(begin)));
  return parts;
}

void splitAtWord(std::string_view text, std::string_view word, std::vector<std::string_view>& out) {
  for (;;) {
    const std::size_t at = text.find(word);
    if (const std::string_view part = trim(text.substr(0, at)); !part.empty()) out.push_back(part);
    if (at == std::string_view::npos) return;
    text.remove_prefix(at + word.size());
  }
}

}  // namespace

PersonName parseName(std::string_view text, NameStyle style) {
  text = trim(text);
  if (text.empty()) return {};
  if (isAnonymous(text)) return literal(text);
  if (text.front() == '{' && text.back() == '}') return literal(text.substr(1, text.size() - 2));
  if (text.find(',') != std::string_view::npos) return withCommas(text);
  if (style == NameStyle::GivenFirst || beginsWithInitials(text)) return givenFirst(text);
  return initialsLast(text);
}

std::vector<std::string_view> splitNames(std::string_view text) {
  if (text.find_first_of(";\r\n") != std::string_view::npos) return split(text, ";\r\n");
  std::vector<std::string_view> parts;
  if (text.find(" and ") != std::string_view::npos) {
    splitAtWord(text, " and ", parts);
    return parts;
  }
  if (text.find(" & ") != std::string_view::npos) {
    splitAtWord(text, " & ", parts);
    return parts;
  }
  const std::vector<std::string_view> atCommas = split(text, ",");
  const bool areAllWithInitials =
      atCommas.size() > 1 && std::all_of(atCommas.begin(), atCommas.end(), [](std::string_view part) {
        const auto list = words(part);
        return list.size() > 1 && isInitials(list.back());
      });
  if (areAllWithInitials) return atCommas;
  if (text.find(',') == std::string_view::npos) return splitRunTogether(text);
  return {trim(text)};
}

}  // namespace winnow::formats
