#include "CitationText.hpp"

#include <algorithm>

#include <winnow/formats/ascii.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::csv {

namespace {

using formats::isDigit;

bool beginsWithYear(std::string_view text) {
  return text.size() >= 4 && std::all_of(text.begin(), text.begin() + 4, isDigit) &&
         (text.size() == 4 || !isDigit(text[4]));
}

/// Up to any of `marks`; the text goes on behind it.
std::string_view takeUntil(std::string_view& text, std::string_view marks) {
  const std::size_t end = std::min(text.find_first_of(marks), text.size());
  const std::string_view part = formats::trim(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

}  // namespace

Citation pubmedCitation(std::string_view text) {
  Citation out;
  for (std::size_t at = text.find(". "); at != std::string_view::npos; at = text.find(". ", at + 1)) {
    if (!beginsWithYear(text.substr(at + 2))) continue;
    out.journal = formats::trim(text.substr(0, at));
    std::string_view rest = text.substr(at + 2);
    const std::size_t mark = rest.find_first_of(".;");
    const bool hasNumbers = mark != std::string_view::npos && rest[mark] == ';';
    out.date = takeUntil(rest, ".;");
    if (!hasNumbers) return out;  // ahead of print: "2021 Dec 21. doi: ..."
    std::string_view numbers = takeUntil(rest, ".");
    std::string_view before = takeUntil(numbers, ":");
    out.pages = formats::trim(numbers);
    out.volume = takeUntil(before, "(");
    out.issue = takeUntil(before, ")");
    return out;
  }
  return out;
}

Citation embaseCitation(std::string_view text) {
  Citation out;
  for (std::size_t at = text.find(" ("); at != std::string_view::npos; at = text.find(" (", at + 1)) {
    if (!beginsWithYear(text.substr(at + 2)) || text.substr(at + 6, 1) != ")") continue;
    out.journal = formats::trim(text.substr(0, at));
    out.date = text.substr(at + 2, 4);
    std::string_view rest = text.substr(at + 7);
    rest = rest.substr(0, rest.find(". "));
    std::string_view numbers = takeUntil(rest, "(");
    out.pages = takeUntil(rest, ")");
    out.volume = takeUntil(numbers, ":");
    out.issue = formats::trim(numbers);
    if (!out.issue.empty() && out.issue.back() == '.') out.issue.remove_suffix(1);
    if (!out.volume.empty() && out.volume.back() == '.') out.volume.remove_suffix(1);
    return out;
  }
  return out;
}

Citation scieloCitation(std::string_view text) {
  Citation out;
  out.journal = takeUntil(text, ";");
  std::string_view numbers = takeUntil(text, ";");
  out.volume = takeUntil(numbers, "(");
  out.issue = takeUntil(numbers, ")");
  out.pages = takeUntil(text, ";");
  return out;
}

}  // namespace winnow::csv
