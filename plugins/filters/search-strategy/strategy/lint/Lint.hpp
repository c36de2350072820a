// What is doubtful about a strategy that can be read. docs/search-strategies.md has a paragraph a code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../Parser.hpp"
#include "WordList.hpp"

namespace winnow::search::lint {

/// The parser's diagnostics and those of the rules, in order of line and column. `tree` may be null: headings are not
/// checked then. `declared`: the names of the fields that the review searches; none: not compared. `words`: misspelt
/// words are reported against it; empty: not. Pure; any thread.
std::vector<Diagnostic> lint(const Parsed& parsed, Platform platform, const mesh::Tree* tree,
                             const std::vector<std::string>& declared = {}, const WordList& words = {});

/// True for a name that `declared` may hold: "title", "abstract", "keywords", ...
bool isFieldName(std::string_view name);
/// All of them, for messages.
std::string fieldNames();

}  // namespace winnow::search::lint
