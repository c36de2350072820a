#include "LabelledText.hpp"

#include <algorithm>

#include <winnow/formats/ascii.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::tagged {

namespace {

using formats::isLetter;

/// The label stands alone: not as the last word of a longer one.
bool beginsHere(std::string_view note, std::size_t at) {
  return at < 2 || note[at - 1] != ' ' || !isLetter(note[at - 2]);
}

/// PsycINFO's labels stand without a blank behind the text before ("EnglishMajor Descriptor: ..."), so that only their
/// words tell where it ends.
std::size_t endOfText(std::string_view text, const std::vector<std::string>& ends) {
  std::size_t end = std::min(text.find(". "), text.size());
  for (const std::string& label : ends) end = std::min(end, text.substr(0, end).find(label));
  return std::min(end, text.size());
}

}  // namespace

std::string_view labelledText(std::string_view note, std::string_view label, const std::vector<std::string>& ends) {
  for (std::size_t at = note.find(label); at != std::string_view::npos; at = note.find(label, at + label.size())) {
    const std::string_view behind = note.substr(at + label.size());
    if (behind.substr(0, 2) != ": " || !beginsHere(note, at)) continue;
    std::string_view text = behind.substr(2);
    text = formats::trim(text.substr(0, endOfText(text, ends)));
    while (!text.empty() && (text.back() == '.' || text.back() == ';')) text.remove_suffix(1);
    return text;
  }
  return {};
}

}  // namespace winnow::tagged
