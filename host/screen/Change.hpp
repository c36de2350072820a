// What the page sends when a reader decides, read strictly.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::screen {

/// The longest text of a note or an answer and of one label or reason, in bytes; the most labels and categories of a
/// record, and the most answers.
inline constexpr std::size_t kLongestNote = 20000, kLongestWord = 500, kMostWords = 100, kMostAnswers = 1000;

/// A decision as the page sends it. Texts are valid UTF-8 without control characters other than tab and line end.
struct Change {
  std::string decision;  ///< "include", "exclude", "undecided", "not retrieved"; empty: null
  std::string reason, note;
  std::vector<std::string> labels, categories;
  std::uint64_t rev = 0;
  /// To a charting form, by item: one text, or several of a list. Trimmed, none of them empty.
  std::map<std::string, std::vector<std::string>> answers{};
};

/// A body that is no change: 400 and a sentence.
struct BadBody {
  std::string why;
};

/// Reads the JSON of a decision. Members that it does not know are ignored, so that an older server takes a newer page.
/// Throws BadBody.
Change changeIn(std::string_view json);

/// The "rev" of {"rev": n}, which undoing a decision sends. Throws BadBody.
std::uint64_t revIn(std::string_view json);

/// The "token" of {"token": "..."}. Throws BadBody.
std::string tokenIn(std::string_view json);

/// The joint decision of readers who differed.
struct Settlement {
  std::string final;  ///< as Change::decision, never empty
  std::vector<std::string> by;
  std::string reason, note;
  std::uint64_t rev = 0;
};
/// Throws BadBody.
Settlement settlementIn(std::string_view json);

/// The "same" of {"same": true}. Throws BadBody.
bool sameIn(std::string_view json);

/// True if the name that a page gave a change can be one: 8 to 64 letters of ASCII, digits and hyphens.
bool isChangeName(std::string_view name);

}  // namespace winnow::screen
