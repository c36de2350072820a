// What is doubtful about a strategy that can be read. docs/search-strategies.md has a paragraph a code.
#pragma once

#include <vector>

#include "../Parser.hpp"

namespace winnow::search::lint {

/// The parser's diagnostics and those of the rules, in order of line and column. `tree` may be null: headings are not
/// checked then. Pure; any thread.
std::vector<Diagnostic> lint(const Parsed& parsed, Platform platform, const mesh::Tree* tree);

}  // namespace winnow::search::lint
