// A page for browsers that is one file and makes no request: its policy allows the style and script that it carries, by
// their hashes, and nothing else.
#pragma once

#include <string>
#include <string_view>

namespace winnow::page {

struct Page {
  std::string title;
  std::string style;   ///< behind baseStyle()
  std::string script;  ///< may be empty
  std::string data;    ///< JSON for the script, in the element "data"; may be empty
  std::string body;    ///< HTML between <body> and </body>
};

/// The file. Deterministic.
std::string html(const Page& page);

/// What all pages share: light and dark, print, focus, tables.
std::string_view baseStyle();

/// JSON within a page: no "<" that could end the element that holds it.
std::string safeJson(std::string json);

}  // namespace winnow::page
