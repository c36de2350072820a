// All word patterns of a strategy as one automaton: a text is walked once, whatever the number of patterns.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "Runs.hpp"

namespace winnow::search::match {

/// The words of a text as patterns: "co-production*" -> "co", "production*". Letters are folded; `*` `$` `:` stand for
/// any number of letters, `$N` `*N` for at most N, `#` for one, `?` for none or one. Pieces of wildcards alone are left
/// out.
std::vector<std::string> patternsOf(std::string_view text);

/// Deterministic states are made when a text first needs them, so that several hundred patterns with wildcards in the
/// middle never cost more than the texts ask for. Not thread-safe: one automaton a thread.
class WordAutomaton {
 public:
  /// The number of a pattern (from patternsOf); equal patterns have one number. Only before the first scan().
  std::uint32_t add(const std::string& pattern);
  std::size_t size() const noexcept { return patterns_; }

  /// Walks the text and calls `hit(pattern, word)` for every word and each of its patterns, in order of words; `word`
  /// counts from 0. Returns the number of words.
  template <class Hit>
  std::uint32_t scan(std::string_view text, Hit&& hit);

  /// Byte ranges [begin, end) of the words of a text, as scan() counts them.
  static std::vector<std::pair<std::uint32_t, std::uint32_t>> words(std::string_view text);

 private:
  struct Step {
    enum Kind : std::uint8_t { Letter, Any, Optional, Many, Accept } kind;
    char32_t letter = 0;
    std::uint32_t pattern = 0;
  };
  struct State {
    std::vector<std::uint32_t> steps;    ///< sorted indexes into steps_
    std::vector<std::uint32_t> accepts;  ///< sorted patterns
  };
  static constexpr std::uint32_t kUnknown = UINT32_MAX, kDead = 0, kStart = 1;
  static constexpr std::size_t kMostStates = 20000;

  void prepare();
  std::uint32_t classOf(char32_t letter) const;
  void addClosed(std::vector<std::uint32_t>& set, std::uint32_t step) const;
  std::uint32_t stateOf(std::vector<std::uint32_t> set);
  std::uint32_t make(std::uint32_t state, char32_t letter, std::uint32_t letterClass);
  std::uint32_t next(std::uint32_t state, char32_t letter) {
    const std::uint32_t letterClass = letter < 128 ? ascii_[letter] : classOf(letter);
    const std::uint32_t known = table_[state * classes_ + letterClass];
    return known != kUnknown ? known : make(state, letter, letterClass);
  }
  /// A run that holds more than ASCII; `close(state)` at the end of each word.
  template <class Close>
  void mixed(std::string_view run, Close&& close);
  std::uint32_t slow(std::uint32_t state, std::string_view text, std::size_t& at, bool& inWord);

  std::vector<Step> steps_;
  std::vector<std::uint32_t> starts_;
  std::unordered_map<std::string, std::uint32_t> known_;
  std::uint32_t patterns_ = 0;
  std::unordered_map<char32_t, std::uint32_t> letters_;
  std::array<std::uint32_t, 128> ascii_{};
  std::array<char, 128> lower_{};
  std::uint32_t classes_ = 0;
  std::vector<State> states_;
  std::vector<std::uint32_t> table_;
  std::unordered_map<std::string, std::uint32_t> bySet_;
  bool ready_ = false;
};

template <class Hit>
std::uint32_t WordAutomaton::scan(std::string_view text, Hit&& hit) {
  if (!ready_) prepare();
  std::uint32_t word = 0;
  const auto close = [&](std::uint32_t state) {
    for (const std::uint32_t pattern : states_[state].accepts) hit(pattern, word);
    ++word;
  };
  forRuns(text, [&](std::size_t begin, std::size_t end, bool isAscii) {
    if (!isAscii) return mixed(text.substr(begin, end - begin), close);
    std::uint32_t state = kStart;
    for (std::size_t i = begin; i < end && state != kDead; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      const std::uint32_t known = table_[state * classes_ + ascii_[byte]];
      state = known != kUnknown ? known : make(state, static_cast<char32_t>(lower_[byte]), ascii_[byte]);
    }
    if (state != kDead)
      close(state);
    else
      ++word;
  });
  return word;
}

template <class Close>
void WordAutomaton::mixed(std::string_view run, Close&& close) {
  std::uint32_t state = kStart;
  bool inWord = false;
  for (std::size_t i = 0; i < run.size();) {
    const auto byte = static_cast<unsigned char>(run[i]);
    if (byte < 0x80) {
      state = next(state, static_cast<char32_t>(lower_[byte]));
      inWord = true;
      ++i;
      continue;
    }
    const bool before = inWord;
    const std::uint32_t after = slow(state, run, i, inWord);
    if (before && !inWord) {
      close(state);
      state = kStart;
    } else {
      state = after;
    }
  }
  if (inWord) close(state);
}

}  // namespace winnow::search::match
