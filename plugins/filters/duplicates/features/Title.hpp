// A title as it is compared: folded words, what was hung on to it by databases taken off and remembered.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::duplicates {

/// A title that announces a text about another work.
enum class Notice : std::uint8_t { none, erratum, reply, retraction };

/// One word of a title.
struct Word {
  std::uint32_t begin = 0, size = 0;  ///< bytes of Title::text
  std::uint32_t hash = 0;
  bool isContent = false;  ///< neither a stop word nor a single letter
};

struct Title {
  std::string text;                  ///< folded words, number words and Roman numbers as digits
  std::vector<Word> words;           ///< in order
  std::string letters;               ///< `text` without spaces
  std::vector<std::uint32_t> parts;  ///< letters before each part behind a colon, dash or stop: where subtitles begin
  std::uint32_t contentWords = 0;    ///< number of words with isContent
  std::uint64_t subject = 0;         ///< hash of the content words in any order; 0 if there are none
  Notice notice = Notice::none;
  bool isTranslated = false;   ///< stood in brackets, or a language was named behind it
  bool isGeneric = false;      ///< says nothing about the work: "Editorial", "Reply", fewer than three content words
  bool isSectionName = false;  ///< names a recurring section of a journal: "Editorial", "Book reviews"
  bool isEditorial = false;    ///< names a section that an issue has once: "Editorial", "Editor's comments: Growth"

  bool empty() const noexcept { return words.empty(); }
  std::string_view word(std::size_t index) const noexcept {
    return std::string_view(text).substr(words[index].begin, words[index].size);
  }
};

/// Makes the compared form of a title. Taken off: bracketed tails ("[Review] [33 refs]", "[French]"), a citation behind
/// it ("(vol 3, pg 4, 2001)": the mark of a correction in Web of Science), "Retracted:" before it. Thread: any.
Title parseTitle(std::string_view raw);

/// Share of its words of four letters or more that an English dictionary knows, 0 to 1; 1 if it has none. Thread: any.
double englishShare(const Title& title);

/// True if one title is English and the other is not. Thread: any.
bool areOtherLanguages(const Title& a, const Title& b);

/// 32 bits of a word, the same on every platform.
std::uint32_t hashWord(std::string_view word);

}  // namespace winnow::duplicates
