// A line printed from its tree with the text it was read from: only what was changed looks different afterwards.
#include <algorithm>

#include "../Fault.hpp"
#include "../Parser.hpp"
#include "../text/CodePoints.hpp"
#include "OvidParser.hpp"

namespace winnow::search {

namespace {

bool isOperator(const Node& node) {
  return node.kind == Kind::And || node.kind == Kind::Or || node.kind == Kind::Not || node.kind == Kind::Adj;
}

/// Equal but for what is below.
bool isSameAlone(const Node& before, const Node& after) {
  if (before.args.size() != after.args.size()) return false;
  Node a = before, b = after;
  a.args.clear();
  b.args.clear();
  return a == b;
}

class Reprinter {
 public:
  explicit Reprinter(const Line& line) : line_(line), text_(decode(line.text)) {}

  std::string print(const Node& changed) const {
    const Node& read = *line_.tree;
    return piece(line_.body, read.span.column) + node(read, changed) +
           piece(end(read), static_cast<std::uint32_t>(text_.size()) + 1);
  }

  /// True if the line with this query gives the tree.
  bool gives(const std::string& query, const Node& tree, const mesh::Tree* mesh) const {
    Line line = line_;
    line.text = piece(1, line_.body) + query;
    std::vector<Diagnostic> warnings;
    try {
      return ovid::OvidParser(line, mesh, warnings).read() == tree;
    } catch (const Fault&) {
      return false;
    }
  }

 private:
  static std::uint32_t end(const Node& node) { return node.span.column + node.span.length; }

  /// The columns [from, to).
  std::string piece(std::uint32_t from, std::uint32_t to) const {
    const std::size_t begin = std::min<std::size_t>(from - 1, text_.size()),
                      stop = std::min<std::size_t>(to - 1, text_.size());
    return stop <= begin ? std::string() : encode(text_.substr(begin, stop - begin));
  }

  static bool areApart(const Node& above) {
    std::uint32_t at = above.span.column;
    for (const Node& arg : above.args) {
      if (arg.span.column == 0 || arg.span.column < at || end(arg) > end(above)) return false;
      at = end(arg);
    }
    return true;
  }

  std::string node(const Node& before, const Node& after) const {
    if (before == after) return piece(before.span.column, end(before));
    if (before.kind == Kind::Field && after.kind == Kind::Field && areApart(before)) return field(before, after);
    if (!isSameAlone(before, after) || before.args.empty() || !areApart(before)) return instead(before, after);
    std::string out;
    std::uint32_t at = before.span.column;
    for (std::size_t i = 0; i < before.args.size(); ++i) {
      out += piece(at, before.args[i].span.column) + node(before.args[i], after.args[i]);
      at = end(before.args[i]);
    }
    return out + piece(at, end(before));
  }

  /// The operand as it stands, other fields behind it.
  std::string field(const Node& before, const Node& after) const {
    const std::string behind = piece(end(before.args[0]), end(before));
    std::string out = piece(before.span.column, before.args[0].span.column) + node(before.args[0], after.args[0]);
    if (before.fields == after.fields) return out + behind;
    out += behind.substr(0, behind.find('.')) + ".";
    for (std::size_t i = 0; i < after.fields.size(); ++i) out += (i == 0 ? "" : ",") + after.fields[i];
    return out + ".";
  }

  std::string instead(const Node& before, const Node& after) const {
    const std::string text = printOvid(after);
    const bool bracketed =
        piece(before.span.column, before.span.column + 1) == "(" && piece(end(before) - 1, end(before)) == ")";
    return isOperator(after) && bracketed ? "(" + text + ")" : text;
  }

  const Line& line_;
  std::u32string text_;
};

}  // namespace

std::string reprint(const Line& line, const Node& changed, const mesh::Tree* tree) {
  if (!line.tree) return printOvid(changed);
  const Reprinter reprinter(line);
  const std::string query = reprinter.print(changed);
  return *line.tree == changed || reprinter.gives(query, changed, tree) ? query : printOvid(changed);
}

std::string restore(std::string_view text, const Strategy& strategy,
                    const std::map<std::size_t, std::string>& queries) {
  std::string out;
  std::size_t at = 0;
  for (const auto& [index, query] : queries) {
    const Line& line = strategy.lines[index];
    out += std::string(text.substr(at, line.begin - at)) + encode(decode(line.text).substr(0, line.body - 1)) + query;
    at = line.begin + line.size;
  }
  return out + std::string(text.substr(at));
}

}  // namespace winnow::search
