// The name of a journal or meeting as words: what tells it from others, and what only says what kind of thing it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::duplicates {

using Tokens = std::vector<std::string>;

enum class ContainerKind : std::uint8_t {
  unknown,
  serial,  ///< "Journal of ...", "Transactions on ...", "... Record"
  meeting  ///< "Proceedings of ...", "... Conference", "Workshop on ..."
};

struct ContainerName {
  ContainerKind kind = ContainerKind::unknown;
  Tokens words;          ///< all but stop words and a supplement's mark
  Tokens subject;        ///< of a meeting: without year, ordinal and the words that every meeting bears
  std::string initials;  ///< of all words but counts, small words too
};

/// Reads a folded name. Linear in its size. Thread: any.
ContainerName readContainerName(std::string_view folded);

/// True if `a` is `b`, or one abbreviates the other: its beginning ("clin"), without vowels ("jpn"), or beginning and
/// last letter ("natl"). Symmetric. Thread: any.
bool isFormOf(std::string_view a, std::string_view b);

/// True for a word of at most eight letters that no dictionary knows: "acm", "ecor". Thread: any.
bool looksLikeAcronym(std::string_view word);

}  // namespace winnow::duplicates
