// From text to a strategy, for every platform that can be read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "Ast.hpp"
#include "Diagnostic.hpp"

namespace winnow::search {

namespace mesh {
class Tree;
}

enum class Platform { Ovid, PubMed };

/// "ovid", "pubmed"; nothing for others.
std::optional<Platform> platformNamed(std::string_view name);

struct Parsed {
  Strategy strategy;
  std::vector<Diagnostic> diagnostics;  ///< in order of line and column
};

/// Reads a strategy. Every non-empty line gives a Line; a line that cannot be read has no tree and at least one error
/// with its column, and the rest goes on. `tree` (may be null) tells headings from words where both are possible.
/// Bad UTF-8 is read as U+FFFD. Never throws for any text. Pure: any thread.
Parsed parse(std::string_view text, Platform platform, const mesh::Tree* tree = nullptr);

/// The canonical Ovid text of a tree, without number. parse(printOvid(x)) == x.
std::string printOvid(const Node& node);

/// The query of an Ovid line whose tree was changed: as it was read wherever the tree still says so, canonical
/// elsewhere. Unchanged, it is the text from Line::body on, to the letter. Parsing it gives `changed` again.
std::string reprint(const Line& line, const Node& changed, const mesh::Tree* tree = nullptr);

/// The strategy's text from its lines, byte for byte, with other queries in some of them (by index).
std::string restore(std::string_view text, const Strategy& strategy,
                    const std::map<std::size_t, std::string>& queries = {});

}  // namespace winnow::search
