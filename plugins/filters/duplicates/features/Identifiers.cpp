#include "Identifiers.hpp"

#include <algorithm>

#include <winnow/formats/ascii.hpp>

namespace winnow::duplicates {

namespace {

using formats::isDigit;
using formats::lower;

int hexValue(char c) {
  if (isDigit(c)) return c - '0';
  const char low = lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string percentDecoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0 && hexValue(text[i + 2]) >= 0) {
      out.push_back(lower(static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]))));
      i += 2;
    } else {
      out.push_back(lower(text[i]));
    }
  }
  return out;
}

/// "10." + four to nine digits (with dots) + "/" + at least one sign.
bool isDoi(std::string_view text) {
  if (text.substr(0, 3) != "10." || text.size() < 9) return false;
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash < 7 || slash > 16 || slash + 1 == text.size()) return false;
  for (const char c : text.substr(3, slash - 3))
    if (!isDigit(c) && c != '.') return false;
  return true;
}

/// Splits the version off: ".pub2", "/v2", ".v2".
void splitVersion(Doi& doi) {
  for (const std::string_view mark : {".pub", "/v", ".v"}) {
    const std::size_t at = doi.text.rfind(mark);
    if (at == std::string::npos || at + mark.size() >= doi.text.size()) continue;
    const std::string_view digits = std::string_view(doi.text).substr(at + mark.size());
    if (digits.size() > 2 || !std::all_of(digits.begin(), digits.end(), isDigit)) continue;
    doi.version = static_cast<std::uint32_t>(firstNumber(digits));
    doi.text.erase(at);
    return;
  }
  constexpr std::string_view kOpenReview = "10.12688/";  // F1000Research and its sisters: ".1", ".2"
  const std::size_t dot = doi.text.rfind('.');
  if (doi.text.compare(0, kOpenReview.size(), kOpenReview) != 0 || dot + 2 != doi.text.size() ||
      !isDigit(doi.text.back()))
    return;
  doi.version = static_cast<std::uint32_t>(doi.text.back() - '0');
  doi.text.erase(dot);
}

}  // namespace

bool Doi::isPreprint() const {
  const std::string_view all = text;
  if (all.substr(0, 8) == "10.1101/")
    return all.size() > 8 && isDigit(all[8]);  // journals of that house have letters there
  for (const std::string_view start : {"10.48550/", "10.21203/rs", "10.2139/ssrn", "10.20944/preprints", "10.31234/",
                                       "10.31235/", "10.31219/", "10.26434/chemrxiv", "10.36227/techrxiv", "10.64898/"})
    if (all.substr(0, start.size()) == start) return true;
  return false;
}

Doi parseDoi(std::string_view raw) {
  Doi doi;
  const std::size_t begin = raw.find("10.");
  if (begin == std::string_view::npos) return doi;
  raw.remove_prefix(begin);
  raw = raw.substr(0, raw.find_first_of(" \t\r\n\"<>"));
  doi.text = percentDecoded(raw);
  while (!doi.text.empty() && std::string_view(".,;:)]}/").find(doi.text.back()) != std::string_view::npos) {
    const bool closesOwnBracket = doi.text.back() == ')' && std::count(doi.text.begin(), doi.text.end(), '(') >=
                                                                std::count(doi.text.begin(), doi.text.end(), ')');
    if (closesOwnBracket) break;
    doi.text.pop_back();
  }
  if (!isDoi(doi.text)) doi.text.clear();
  splitVersion(doi);
  return doi;
}

std::uint64_t firstNumber(std::string_view text) {
  constexpr std::size_t kMostDigits = 15;
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return 0;
  std::uint64_t value = 0;
  std::size_t i = begin;
  for (; i < text.size() && isDigit(text[i]) && i - begin < kMostDigits; ++i)
    value = value * 10 + static_cast<std::uint64_t>(text[i] - '0');
  return i < text.size() && isDigit(text[i]) ? 0 : value;
}

void Identifiers::addTrials(std::string_view text) {
  struct Register {
    std::string_view prefix;
    std::size_t digits;
  };
  // Registers of the WHO network whose ids can be recognised by their form.
  constexpr Register kRegisters[] = {{"nct", 8},  {"isrctn", 8}, {"actrn", 14},
                                     {"drks", 8}, {"umin", 9},   {"jprnumin", 9}};
  for (std::size_t i = 0; i + 8 < text.size(); ++i) {
    const char c = lower(text[i]);
    if (c != 'n' && c != 'i' && c != 'a' && c != 'd' && c != 'u' && c != 'j') continue;
    for (const auto& [prefix, digits] : kRegisters) {
      std::string id;
      for (std::size_t k = i; k < text.size() && id.size() < prefix.size() + digits; ++k)
        if (text[k] != ' ' && text[k] != '-') id.push_back(lower(text[k]));
      const bool isId = id.size() == prefix.size() + digits &&
                        std::string_view(id).substr(0, prefix.size()) == prefix &&
                        std::all_of(id.begin() + static_cast<std::ptrdiff_t>(prefix.size()), id.end(), isDigit);
      if (isId && std::find(trials.begin(), trials.end(), id) == trials.end()) trials.push_back(id);
    }
  }
  std::sort(trials.begin(), trials.end());
}

void Identifiers::addIsbns(std::string_view text) {
  std::string signs;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (isDigit(c) || ((c == 'X' || c == 'x') && signs.size() == 9)) {
      signs.push_back(c);
      continue;
    }
    if (c == '-') continue;
    // An ISBN-13 is "978" + the first nine signs of the ISBN-10 + another check digit.
    if (signs.size() == 13) isbns.push_back(signs.substr(3, 9));
    if (signs.size() == 10) isbns.push_back(signs.substr(0, 9));
    signs.clear();
  }
  std::sort(isbns.begin(), isbns.end());
}

}  // namespace winnow::duplicates
