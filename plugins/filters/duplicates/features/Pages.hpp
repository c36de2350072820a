// Where in its volume a work stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace winnow::duplicates {

/// How much a page says.
enum class PageKind : std::uint8_t {
  none,
  print,       ///< counted through the volume: "943-947", "S12"
  electronic,  ///< a number of the article: "e12724", "CD006273", "104532"
  generic      ///< counted within the article: "1-6"
};

struct Pages {
  PageKind kind = PageKind::none;
  std::uint32_t first = 0, last = 0;  ///< last is 0 if unknown; "221-8" is 221 to 228
  std::string prefix;                 ///< letters before the first number: "s", "e", "cd"
  bool isSpreadsheetDate = false;     ///< "01-Jun" for 1-6: either order is possible

  bool empty() const noexcept { return kind == PageKind::none; }
};

/// Reads an exported page cell. What is no page gives PageKind::none. Thread: any.
Pages parsePages(std::string_view raw);

/// Reads an article number. Thread: any.
Pages parseArticleNumber(std::string_view raw);

/// Value of a Roman number in lower case, or 0. Thread: any.
std::uint32_t romanNumber(std::string_view text);

}  // namespace winnow::duplicates
