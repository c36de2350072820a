#include <winnow/formats/ascii.hpp>
#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>

namespace winnow::formats {

namespace {

std::string percentDecoded(std::string_view text) {
  const auto hex = [](char c) {
    return isDigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Offset of "10." + registrant + "/", npos if there is none. The dot before may not belong to a longer number.
std::size_t findPrefix(std::string_view text) {
  for (std::size_t at = text.find("10."); at != std::string_view::npos; at = text.find("10.", at + 1)) {
    if (at > 0 && (isDigit(text[at - 1]) || text[at - 1] == '.')) continue;
    std::size_t end = at + 3;
    while (end < text.size() && isDigit(text[end])) ++end;
    const std::size_t digits = end - at - 3;
    while (end < text.size() && (text[end] == '.' || isDigit(text[end]))) ++end;
    if (digits >= 4 && digits <= 9 && end + 1 < text.size() && text[end] == '/') return at;
  }
  return std::string_view::npos;
}

/// Cuts what belongs to the sentence around a DOI and not to it: marks, and brackets that were opened before it.
std::string trimEnd(std::string doi) {
  constexpr std::string_view kOpen = "([{<", kClose = ")]}>", kMarks = ".,;:\"'|";
  if (doi.empty() ||
      (kMarks.find(doi.back()) == std::string_view::npos && kClose.find(doi.back()) == std::string_view::npos))
    return doi;
  std::ptrdiff_t surplus[kOpen.size()];  // closing brackets without an opening one, by kind
  for (std::size_t kind = 0; kind < kOpen.size(); ++kind)
    surplus[kind] = std::count(doi.begin(), doi.end(), kClose[kind]) - std::count(doi.begin(), doi.end(), kOpen[kind]);
  while (!doi.empty()) {
    const std::size_t kind = kClose.find(doi.back());
    const bool isSurplus = kind != std::string_view::npos && surplus[kind] > 0;
    if (!isSurplus && kMarks.find(doi.back()) == std::string_view::npos) return doi;
    if (isSurplus) --surplus[kind];
    doi.pop_back();
  }
  return doi;
}

/// "&lt;", "&#60;"
bool isEntity(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && end < 10 && (isDigit(text[end]) || isLetter(text[end]) || text[end] == '#')) ++end;
  return end > 2 && end < text.size() && text[end] == ';';
}

/// `isAlone`: the text is a DOI and nothing else, so that every sign may be its own (ANSI/NISO Z39.84 allows all that
/// can be printed), but for markup behind it, entities, and "|" before another DOI.
std::string doiAt(std::string_view text, std::size_t at, bool isAlone) {
  const std::size_t suffix = text.find('/', at) + 1;
  const bool isList = findPrefix(text.substr(suffix)) != std::string_view::npos;
  // Markup never begins with a digit, but the SICI of older DOIs does: "...171:1<325::AID-PSSA325>3.0.CO;2-1".
  const auto opensMarkup = [&](std::size_t i) {
    return !(i + 1 < text.size() && isDigit(text[i + 1])) && !(isAlone && i == suffix);
  };
  const auto endsDoi = [&](std::size_t i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) <= ' ' || c == '"') return true;
    if (c == '|') return !isAlone || isList;
    if (c == '&') return !isAlone || isEntity(text.substr(i));
    return c == '<' ? opensMarkup(i) : text.substr(i, 2) == "\xC2\xA0";
  };
  std::size_t end = at;
  while (end < text.size() && !endsDoi(end)) ++end;
  return trimEnd(std::string(text.substr(at, end - at)));
}

/// The first DOI of a text that begins at most `farthest` bytes behind its start, percent signs decoded where that
/// gives text.
std::string doiWithin(std::string_view text, std::size_t farthest, bool isAlone) {
  const auto doiIn = [&](std::string_view plain) {
    const std::size_t at = findPrefix(plain);
    std::string doi = at > farthest || at == std::string_view::npos ? std::string() : doiAt(plain, at, isAlone);
    if (!isUtf8(doi)) doi.clear();
    return doi;
  };
  if (text.find('%') != std::string_view::npos)
    if (std::string doi = doiIn(percentDecoded(text)); !doi.empty()) return doi;
  return doiIn(text);
}

/// Publishers' addresses hold the DOI between their own words: "https://PUBLISHER/doi/full/10.1234/abc/pdf?cookies=1".
/// In an address the signs of the DOI itself are percent-encoded, so "?" and "#" end it.
std::string_view withoutAddress(std::string_view text) {
  const std::size_t begin = text.find("10.");
  if (begin == std::string_view::npos || text.substr(0, begin).find("://") == std::string_view::npos) return text;
  text = text.substr(0, text.find_first_of("?#", begin));
  for (const std::string_view view : {"/full", "/fulltext", "/abstract", "/pdf", "/epdf", "/html", "/meta", ".pdf"})
    if (text.size() > begin + view.size() && text.substr(text.size() - view.size()) == view)
      return text.substr(0, text.size() - view.size());
  return text;
}

int checkValue(char c) { return c == 'X' ? 10 : c - '0'; }

bool isIssn(std::string_view eight) {
  int sum = 0;
  for (std::size_t i = 0; i < 8; ++i) sum += checkValue(eight[i]) * static_cast<int>(8 - i);
  return sum % 11 == 0;
}

bool isIsbn(std::string_view digits) {
  int sum = 0;
  if (digits.size() == 10) {
    for (std::size_t i = 0; i < 10; ++i) sum += checkValue(digits[i]) * static_cast<int>(10 - i);
    return sum % 11 == 0;
  }
  for (std::size_t i = 0; i < 13; ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return sum % 10 == 0;
}

void addOnce(std::vector<std::string>& list, std::string value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

void addNumber(std::string digits, SerialNumbers& found) {
  if (digits.size() == 8) {
    addOnce(found.issn, digits.substr(0, 4) + "-" + digits.substr(4));
  } else if (digits.size() == 10 || (digits.size() == 13 && digits.find('X') == std::string::npos)) {
    addOnce(found.isbn, std::move(digits));
  }
}

}  // namespace

bool hasRightCheckDigit(std::string_view serialNumber) {
  std::string digits(serialNumber);
  std::erase(digits, '-');
  return digits.size() == 8 ? isIssn(digits) : (digits.size() == 10 || digits.size() == 13) && isIsbn(digits);
}

std::string normaliseDoi(std::string_view text) {
  text = trim(text);
  return doiWithin(withoutAddress(text), std::string_view::npos, text.find("://") == std::string_view::npos);
}

std::string findLabelledDoi(std::string_view text) {
  constexpr std::size_t kFarthest = 24;      // "doi.org/", "doi: ", "DOI Number: "
  constexpr std::size_t kLongestDoi = 2048;  // no registrant comes near; keeps the time linear
  for (std::size_t at = text.find("10."); at != std::string_view::npos; at = text.find("10.", at + 3)) {
    const std::size_t from = at - std::min(at, kFarthest + 8);  // room for percent signs
    const std::size_t label = lower(text.substr(from, at - from)).rfind("doi");
    if (label == std::string::npos) continue;
    if (std::string doi = doiWithin(text.substr(from + label, kLongestDoi), kFarthest, false); !doi.empty()) return doi;
  }
  return {};
}

std::string comparableDoi(std::string_view doi) { return lower(doi); }

std::string normalisePmid(std::string_view text) {
  text = trim(text);
  if (startsWithIgnoringCase(text, "pmid")) {
    text.remove_prefix(4);
    while (!text.empty() && (text.front() == ':' || text.front() == ' ')) text.remove_prefix(1);
  }
  const bool digits = !text.empty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), isDigit);
  return digits ? std::string(text) : std::string();
}

std::string normalisePmcid(std::string_view text) {
  text = trim(text);
  if (startsWithIgnoringCase(text, "pmcid:")) text = trim(text.substr(6));
  if (!startsWithIgnoringCase(text, "pmc")) return {};
  std::size_t end = 3;
  while (end < text.size() && isDigit(text[end])) ++end;
  return end > 3 ? "PMC" + std::string(text.substr(3, end - 3)) : std::string();
}

std::string normaliseOrcid(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (isDigit(c) || (digits.size() == 15 && (c == 'X' || c == 'x'))) {
      digits += isDigit(c) ? c : 'X';
    } else if (c != '-' || digits.empty()) {
      if (digits.size() == 16) break;
      digits.clear();
    }
  }
  if (digits.size() != 16) return {};
  for (const std::size_t at : {12u, 8u, 4u}) digits.insert(at, 1, '-');
  return digits;
}

SerialNumbers findSerialNumbers(std::string_view text) {
  SerialNumbers found;
  std::string digits;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : '\0';
    const bool isX = (c == 'X' || c == 'x') && (digits.size() == 7 || digits.size() == 9);
    const bool joins = c == '-' && !digits.empty() && i + 1 < text.size() &&
                       (isDigit(text[i + 1]) || ((text[i + 1] == 'X' || text[i + 1] == 'x')));
    if (isDigit(c) || isX) {
      digits += isX ? 'X' : c;
    } else if (!joins) {
      // Blanks part numbers, but a long ISBN may be written in groups of digits.
      const bool grouped = c == ' ' && (digits.size() == 3) && (digits == "978" || digits == "979") &&
                           i + 1 < text.size() && isDigit(text[i + 1]);
      if (grouped) continue;
      addNumber(std::move(digits), found);
      digits.clear();
    }
  }
  return found;
}

}  // namespace winnow::formats
