#include <winnow/formats/ascii.hpp>
#include <winnow/formats/names.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <iterator>

namespace winnow::formats {

namespace {

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
  if (word.size() < 2 || word.size() > 3) return false;
  static constexpr std::string_view kSuffixes[] = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "2nd", "3rd", "4th"};
  const std::string low = lower(word);
  return std::find(std::begin(kSuffixes), std::end(kSuffixes), low) != std::end(kSuffixes);
}

PersonName literal(std::string_view text) {
  PersonName name;
  name.literal = collapsed(text);
  return name;
}

/// Degrees and licences, which belong to no name: MD, Ph.D., LCSW. Letters are compared as they are written, so that a
/// given name (Ma, Do) is none.
bool isDegree(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "MD",    "PhD", "DPhil", "MPH",   "DrPH", "MSc",  "MS",   "MA",    "BSc",    "BA",    "BS",  "MBA", "MBBS",
      "MBChB", "RN",  "FAAN",  "FRCP",  "DO",   "DVM",  "DDS",  "DMD",   "PharmD", "PsyD",  "EdD", "EdM", "MEd",
      "DNP",   "DSc", "MSN",   "BSN",   "APRN", "CNM",  "CRNA", "LCSW",  "LMFT",   "LICSW", "MSW", "DPT", "OTR",
      "MHS",   "MHA", "MPP",   "MPhil", "FACP", "FACS", "FAHA", "FRCPC", "FRACP",  "JD",    "ScD"};
  if (std::count_if(word.begin(), word.end(), isUpper) < 2) return false;  // each of them has two
  std::string letters;
  for (const char c : word)
    if (c != '.') letters += c;
  return std::find(std::begin(kWords), std::end(kWords), letters) != std::end(kWords);
}

/// "Anna Ph.D." is "Anna": behind a name that is written out. Initials may look like degrees.
std::string_view withoutDegrees(std::string_view given) {
  for (;;) {
    given = trim(given);
    const std::size_t last = given.rfind(' ');
    if (last == std::string_view::npos || isInitials(given.substr(0, given.find(' '))) ||
        !isDegree(given.substr(last + 1)))
      return given;
    given = given.substr(0, last);
  }
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
  while (parts.size() > 2 && isDegree(parts.back())) parts.pop_back();
  parts[1] = withoutDegrees(parts[1]);
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
  return isLower(word[0]) || std::find(std::begin(kWords), std::end(kWords), lower(word)) != std::end(kWords);
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
  if (text.size() < 2 || text[1] != '.') return false;
  const std::vector<std::string_view> list = words(text);
  const auto isInitial = [](std::string_view word) { return word.size() == 2 && isUpper(word[0]) && word[1] == '.'; };
  std::size_t family = 0;
  while (family < list.size() && isInitial(list[family])) ++family;
  if (family == 0 || family == list.size()) return false;
  while (family + 1 < list.size() && isLower(list[family][0])) ++family;
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
                     (isLower(text[i + 1]) || isNonAscii(text[i + 1]) || text[i + 1] == '\'') && text[i + 1] != '.';
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

bool isBody(std::string_view text) {
  static constexpr std::string_view kWords[] = {
      "organization", "organisation",  "university",    "universitet",   "ministry",    "institute",  "institution",
      "department",   "society",       "association",   "agency",        "council",     "committee",  "commission",
      "consortium",   "collaboration", "collaborators", "investigators", "centre",      "center",     "foundation",
      "federation",   "government",    "hospital",      "network",       "nations",     "group",      "union",
      "authority",    "directorate",   "academy",       "laboratory",    "corporation", "initiative", "programme",
      "team",         "school",        "college"};
  static constexpr std::string_view kSmall[] = {"of", "for", "on", "the", "in"};  // no particles of names
  for (const std::string_view word : split(text, " \t,()"))
    if (std::find(std::begin(kSmall), std::end(kSmall), word) != std::end(kSmall) ||
        std::find(std::begin(kWords), std::end(kWords), lower(word)) != std::end(kWords))
      return true;
  return false;
}

bool isNobody(std::string_view text) {
  static constexpr std::string_view kWords[] = {"et al", "et al.",       "others",  "and others",
                                                "...",   "\xE2\x80\xA6", "[et al.]"};
  constexpr std::size_t kLongest = 10;
  text = trim(text);
  if (text.size() > kLongest) return false;
  return text.empty() || std::any_of(std::begin(kWords), std::end(kWords),
                                     [&](std::string_view word) { return equalsIgnoringCase(text, word); });
}

namespace {

using Names = std::vector<std::string_view>;

/// By its last two bytes: nearly all names end otherwise.
bool mayHaveTail(std::string_view text) {
  if (text.size() < 2) return true;
  const auto isL = [](char c) { return c == 'l' || c == 'L'; };
  const char last = text.back(), before = text[text.size() - 2];
  return last == ',' || last == '\xA6' || isL(last) || (last == '.' && (before == '.' || isL(before)));
}

/// A list without the sign that it was cut, and without the comma before that or behind the last name. The only comma
/// of a text stays: "Some Body," is one name without a given name, as RIS is written.
std::string_view withoutTail(std::string_view text) {
  text = trim(text);
  if (!mayHaveTail(text)) return text;
  bool isCut = false;
  for (;;) {
    text = trim(text);
    const std::size_t before = text.size();
    for (const std::string_view tail : {"...", "\xE2\x80\xA6", ", et al.", ", et al", " et al.", " et al"})
      if (text.size() > tail.size() && equalsIgnoringCase(text.substr(text.size() - tail.size()), tail))
        text.remove_suffix(tail.size());
    isCut = isCut || text.size() != before;
    if (!text.empty() && text.back() == ',' && (isCut || text.find(',') + 1 < text.size())) text.remove_suffix(1);
    if (text.size() == before) return text;
  }
}

/// "['Berg, Anna', \"O'Neil, Sean\"]": how Python prints a list, and tables of programs hold it.
Names pythonList(std::string_view text) {
  if (text.size() < 4 || text.front() != '[' || text.back() != ']') return {};
  Names names;
  std::string_view rest = trim(text.substr(1, text.size() - 2));
  while (!rest.empty()) {
    const char quote = rest.front();
    if (quote != '\'' && quote != '"') return {};
    std::size_t close = 1;
    while (close < rest.size() && (rest[close] != quote || rest[close - 1] == '\\')) ++close;
    if (close == rest.size()) return {};
    names.push_back(trim(rest.substr(1, close - 1)));
    rest = trim(rest.substr(close + 1));
    if (!rest.empty() && rest.front() != ',') return {};
    if (!rest.empty()) rest = trim(rest.substr(1));
  }
  return names;
}

bool isWordBreak(char c) { return c == ' ' || c == '\t'; }

std::string_view firstWord(std::string_view part) {
  return part.substr(0, static_cast<std::size_t>(std::find_if(part.begin(), part.end(), isWordBreak) - part.begin()));
}

std::string_view lastWord(std::string_view part) {
  const auto length = std::find_if(part.rbegin(), part.rend(), isWordBreak) - part.rbegin();
  return part.substr(part.size() - static_cast<std::size_t>(length));
}

bool endsInInitials(std::string_view part) {
  if (const std::string_view last = lastWord(part); !isInitials(last) && !isSuffix(last)) return false;
  Names list = words(part);
  if (list.size() > 2 && isSuffix(list.back())) list.pop_back();
  return list.size() > 1 && isInitials(list.back()) && !isInitials(list.front());
}

/// "A Berg", "A.B. van Berg": initials, then a name that is none.
bool beginsInInitials(std::string_view part) { return isInitials(firstWord(part)) && !isInitials(lastWord(part)); }

/// The parts between commas, each as a view; empty parts stay, because pairs are counted.
Names commaParts(std::string_view text) {
  Names parts;
  parts.reserve(4);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(trim(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

/// Joins each family name with what follows it; empty where the parts are no pairs of which every second is `given`.
template <class Given>
Names pairsOf(const Names& parts, Given&& isGiven) {
  Names pairs;
  for (std::size_t i = 0; i < parts.size();) {
    if (i + 1 == parts.size() || parts[i].empty() || isInitials(parts[i]) || !isGiven(parts[i + 1])) return {};
    const char* begin = parts[i].data();
    std::size_t last = i + 1;
    if (last + 1 < parts.size() && isSuffix(parts[last + 1])) ++last;
    pairs.emplace_back(begin, static_cast<std::size_t>(parts[last].data() + parts[last].size() - begin));
    i = last + 1;
  }
  return pairs;
}

/// "C.D.", "B.-C.", "J. A.", "AB".
bool areInitials(std::string_view part) {
  const Names list = words(part);
  return !list.empty() && std::all_of(list.begin(), list.end(), [](std::string_view word) { return isInitials(word); });
}

/// A text without ';' that may be a list by its commas; empty if it is one name. The full stop behind the last name is
/// the list's where no other name has one ("Berg A, Lund B.").
Names splitCommas(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return {};
  const std::string_view behind = trim(text.substr(comma + 1));
  if (isInitials(behind)) return {};                 // "Berg, A.": nearly all are so
  if (behind.find(',') == std::string_view::npos) {  // "Berg, Anna" differs from "Berg A, Lund B" without a list
    const std::string_view first = trim(text.substr(0, comma));
    if (!endsInInitials(first) && !endsInInitials(behind) && !(beginsInInitials(first) && beginsInInitials(behind)))
      return {};
  }
  if (text.find('.') == text.size() - 1) text.remove_suffix(1);
  const Names parts = commaParts(text);
  const auto areAll = [&](auto&& is) { return parts.size() > 1 && std::all_of(parts.begin(), parts.end(), is); };
  const auto isPersonOrBody = [](std::string_view part) { return endsInInitials(part) || isBody(part); };
  if (areAll(beginsInInitials) || (std::any_of(parts.begin(), parts.end(), endsInInitials) && areAll(isPersonOrBody)))
    return parts;
  return parts.size() < 4 ? Names{} : pairsOf(parts, areInitials);
}

void append(Names& names, const Names& more) {
  for (const std::string_view name : more)
    if (!isNobody(name)) names.push_back(name);
}

/// Parts of " and " are people where each has the form of a person's name.
Names splitAtAnd(std::string_view text, std::string_view word) {
  if (text.find(word) == std::string_view::npos) return {};
  Names parts;
  splitAtWord(text, word, parts);
  return std::any_of(parts.begin(), parts.end(), isBody) ? Names{} : parts;
}

}  // namespace

std::vector<std::string_view> splitNames(std::string_view text, NameList list) {
  text = withoutTail(text);
  Names names;
  if (const Names python = pythonList(text); !python.empty()) {
    append(names, python);
    return names;
  }
  const auto isBetween = [&](char c) {
    return c == ';' || c == '|' || (list == NameList::Any && (c == '\r' || c == '\n'));
  };
  if (std::any_of(text.begin(), text.end(), isBetween)) {
    for (const std::string_view part : split(text, list == NameList::Any ? ";|\r\n" : ";|")) {
      const Names more = splitCommas(withoutTail(part));
      append(names, more.empty() ? Names{part} : more);
    }
    return names;
  }
  if (list == NameList::Any)
    for (const std::string_view word : {", and ", ", & ", " and ", " & "})
      if (const Names parts = splitAtAnd(text, word); !parts.empty()) {
        for (const std::string_view part : parts) append(names, splitNames(part, list));
        return names;
      }
  append(names, splitCommas(text));
  if (!names.empty()) return names;
  if (list == NameList::Any && text.find(',') == std::string_view::npos) append(names, splitRunTogether(text));
  if (names.empty() && !isNobody(text)) names.push_back(text);
  return names;
}

std::vector<std::string_view> splitPairs(std::string_view text) {
  text = withoutTail(text);
  const Names parts = commaParts(text);
  Names pairs = parts.size() % 2 == 0 ? pairsOf(parts, [](std::string_view part) { return !part.empty(); }) : Names{};
  return pairs.empty() ? splitNames(text, NameList::Sure) : pairs;
}

}  // namespace winnow::formats
