#include "RisNotes.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

namespace winnow::ris {

namespace {

// Labels that follow the ones that are read. PsycINFO's stand without a blank behind the text before ("EnglishMajor
// Descriptor: ..."), so that only their words tell where it ends.
constexpr std::string_view kLabels[] = {"Major Descriptor:",
                                        "Minor Descriptor:",
                                        "Classification:",
                                        "Population:",
                                        "Location:",
                                        "Age Group:",
                                        "Tests & Measures:",
                                        "Methodology:",
                                        "Format Covered:",
                                        "Document Type:",
                                        "Publication Type:",
                                        "Release Date:",
                                        "Correction Date:",
                                        "Entry Date:",
                                        "Revision Date:",
                                        "Journal Subset:",
                                        "Special Interest:",
                                        "Instrumentation:",
                                        "NLM UID:",
                                        "Language:",
                                        "Subject Term:",
                                        "Source Info:",
                                        "Affiliation:",
                                        "Email Address:",
                                        "Number of Pages:",
                                        "Issue Info:",
                                        "Thesaurus Term:",
                                        "Full Text Word Count:",
                                        "Partial author list:",
                                        "References Available:",
                                        "Page Count:",
                                        "Dissertation Number:",
                                        "ISBN:",
                                        "Book Type:",
                                        "Grant Information:",
                                        "L3  - ",
                                        "PMID:",
                                        "Other Journal Title:"};

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The label stands alone: not as the last word of a longer one.
bool beginsHere(std::string_view note, std::size_t at) {
  return at < 2 || note[at - 1] != ' ' || !isLetter(note[at - 2]);
}

std::size_t endOfText(std::string_view text) {
  std::size_t end = std::min(text.find(". "), text.size());
  for (const std::string_view label : kLabels) end = std::min(end, text.substr(0, end).find(label));
  return std::min(end, text.size());
}

}  // namespace

std::string_view labelledText(std::string_view note, std::string_view label) {
  for (std::size_t at = note.find(label); at != std::string_view::npos; at = note.find(label, at + label.size())) {
    const std::string_view behind = note.substr(at + label.size());
    if (behind.substr(0, 2) != ": " || !beginsHere(note, at)) continue;
    std::string_view text = behind.substr(2);
    text = formats::trim(text.substr(0, endOfText(text)));
    while (!text.empty() && (text.back() == '.' || text.back() == ';')) text.remove_suffix(1);
    return text;
  }
  return {};
}

}  // namespace winnow::ris
