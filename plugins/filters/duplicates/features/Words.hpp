// Word lists that give single words of a title their meaning.
#pragma once

#include <string_view>

namespace winnow::duplicates {

/// True for articles, prepositions and the like of the languages that fill bibliographic databases.
bool isStopWord(std::string_view folded);

/// As isStopWord(), and what an apostrophe left of "d'" and "l'".
inline bool isStopWordOrElision(std::string_view folded) {
  return folded == "d" || folded == "l" || isStopWord(folded);
}

/// The digits of a number word ("two" = "2") or of a Roman number. One-letter Roman numbers count only where
/// `previous` is a word that numbers things ("part", "type", "phase"). Otherwise the word itself.
std::string_view plainNumber(std::string_view folded, std::string_view previous);

}  // namespace winnow::duplicates
