#include "Translator.hpp"

#include <algorithm>
#include <optional>

#include "Fields.hpp"
#include "HeadingsAndLimits.hpp"
#include "TextWriter.hpp"

namespace winnow::search {

namespace {

constexpr std::size_t kLongest = 1u << 20;  // bytes of a line
constexpr std::size_t kMostNodes = 5000;    // of a tree with its references written out

Piece nothing(std::string_view code, std::string message, Exactness exactness = Exactness::Exact) {
  Piece piece;
  piece.loss.add(exactness, code, message);
  return piece;
}

/// Translates the lines in their order; a line sees what became of those before it.
class Lines {
 public:
  Lines(const Strategy& strategy, const Dialect& dialect, const mesh::Tree* tree, bool inlined)
      : strategy_(strategy), d_(dialect), tree_(tree), inlined_(inlined) {}

  const std::vector<Piece>& all() {
    for (const Line& line : strategy_.lines) {
      Piece piece = line.tree ? translate(*line.tree, {})
                              : nothing("T19", "the line has an error and is not translated", Exactness::Unknown);
      if (piece.text.size() > kLongest) {
        piece.text.clear();
        piece.loss.add(Exactness::Unknown, "T20", messageOf("T20"));
      }
      done_.push_back(std::move(piece));
    }
    return done_;
  }

 private:
  using Fields = std::vector<std::string>;

  Piece translate(const Node& node, const Fields& fields) {
    if (isFreeText(node)) return inFields(d_, fields, node);
    switch (node.kind) {
      case Kind::Field:
        return translate(node.args[0], node.fields);
      case Kind::And:
        return both(d_, operands(node, fields));
      case Kind::Or:
        return either(d_, operands(node, fields));
      case Kind::Not:
        return without(d_, translate(node.args[0], fields), translate(node.args[1], fields));
      case Kind::Adj:
        return adjacent(node, fields);
      case Kind::Heading:
        return headingPiece(d_, node, tree_);
      case Kind::Ref:
        return reference(node.n);
      case Kind::Freq:
        return moreThan(translate(node.args[0], fields), "the number of occurrences");
      case Kind::Limit:
        return limited(node, fields);
      case Kind::Dedup:
        return line(node, "removal of duplicates");
      case Kind::Keep:
        return line(node, "a choice of hits by their place");
      case Kind::Use:
        return line(node, "a choice of database");
      default:
        return nothing("T16", node.kind == Kind::Comment ? "a comment; there is nothing to search"
                                                         : std::string(messageOf("T16")));
    }
  }

  std::vector<Piece> operands(const Node& node, const Fields& fields) {
    std::vector<Piece> pieces;
    for (const Node& arg : node.args) pieces.push_back(translate(arg, fields));
    return pieces;
  }

  static Piece moreThan(Piece piece, const std::string& what) {
    piece.loss.add(Exactness::Superset, "T16", std::string(messageOf("T16")) + ": " + what);
    return piece;
  }

  /// A line that does something to the hits of another: nothing to write; references to it mean its operand. Written
  /// out in one query it is its operand.
  Piece line(const Node& node, const std::string& what) {
    if (inlined_) return moreThan(translate(node.args[0], {}), what);
    return nothing("T16", std::string(messageOf("T16")) + ": " + what);
  }

  Piece limited(const Node& node, const Fields& fields) {
    std::vector<Piece> pieces = limitPieces(d_, node.limits);
    const bool written = std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return !piece.empty(); });
    if (written || inlined_) pieces.insert(pieces.begin(), translate(node.args[0], fields));
    return both(d_, pieces);
  }

  /// The line that a reference in the line under translation means.
  const Line* find(std::uint32_t number) const { return strategy_.find(number, done_.size()); }

  Piece reference(std::uint32_t number) {
    const Line* line = find(number);
    const std::string name = "line " + std::to_string(number);
    if (line == nullptr || !line->tree)
      return nothing("T19", name + " has an error and is not translated", Exactness::Unknown);
    const Piece& target = done_[static_cast<std::size_t>(line - strategy_.lines.data())];
    if (inlined_) return target;
    if (target.empty()) return replaced(*line, name);
    Piece piece{fill(d_.reference, {{"n", std::to_string(number)}}), true, {}};
    if (target.loss.exactness != Exactness::Exact) piece.loss.add(target.loss.exactness, "T18", name + " is not exact");
    return piece;
  }

  /// A line without text: what it works on, if it is one that only restricts.
  Piece replaced(const Line& line, const std::string& name) {
    const Node& tree = *line.tree;
    const bool restricts =
        tree.kind == Kind::Limit || tree.kind == Kind::Dedup || tree.kind == Kind::Keep || tree.kind == Kind::Use;
    if (!restricts || tree.args[0].kind != Kind::Ref || depth_ > 100)
      return nothing("T16", name + " has no counterpart and is left out");
    const std::size_t here = static_cast<std::size_t>(&line - strategy_.lines.data());
    const Line* operand = strategy_.find(tree.args[0].n, here);
    if (operand == nullptr || operand->number != tree.args[0].n)
      return nothing("T16", name + " has no counterpart and is left out");
    ++depth_;
    Piece piece = reference(operand->number);
    --depth_;
    piece.loss.add(Exactness::Superset, "T16", name + " has no counterpart; the set that it restricts stands for it");
    return piece;
  }

  /// adj between operands that are not all words: references are written out; what still is no text is joined with AND.
  Piece adjacent(const Node& node, const Fields& fields) {
    std::size_t room = kMostNodes;
    if (const std::optional<Node> text = asText(node, done_.size(), room)) return inFields(d_, fields, *text);
    Piece piece = both(d_, operands(node, fields));
    piece.loss.add(Exactness::Unknown, "T01", messageOf("T01"));
    return piece;
  }

  /// The tree with its references written out and its suffixes gone; nothing if it is not free text or too large.
  std::optional<Node> asText(const Node& node, std::size_t from, std::size_t& room) const {
    if (room == 0) return std::nullopt;
    --room;
    if (node.kind == Kind::Term || node.kind == Kind::Phrase) return node;
    if (node.kind == Kind::Field) return asText(node.args[0], from, room);
    if (node.kind == Kind::Ref) {
      const Line* line = strategy_.find(node.n, from);
      if (line == nullptr || !line->tree) return std::nullopt;
      return asText(*line->tree, static_cast<std::size_t>(line - strategy_.lines.data()), room);
    }
    if (node.kind != Kind::Or && node.kind != Kind::Adj) return std::nullopt;
    Node text = node;
    text.combined = false;
    for (Node& arg : text.args) {
      std::optional<Node> below = asText(arg, from, room);
      if (!below) return std::nullopt;
      arg = std::move(*below);
    }
    return text;
  }

  const Strategy& strategy_;
  const Dialect& d_;
  const mesh::Tree* tree_;
  bool inlined_;
  int depth_ = 0;
  std::vector<Piece> done_;
};

}  // namespace

Translation translate(const Strategy& strategy, const Dialect& dialect, const mesh::Tree* tree, std::uint32_t final) {
  Translation result;
  std::vector<Piece> pieces = Lines(strategy, dialect, tree, false).all();
  const Line* last = nullptr;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Line& line = strategy.lines[i];
    result.lines.push_back({&line, std::move(pieces[i].text), std::move(pieces[i].loss)});
    if (final != 0 ? line.number == final : last == nullptr || line.number >= last->number) last = &line;
  }
  if (last == nullptr) return result;
  Lines inlined(strategy, dialect, tree, true);
  const Piece& piece = inlined.all()[static_cast<std::size_t>(last - strategy.lines.data())];
  result.single = {last, piece.text, piece.loss};
  return result;
}

}  // namespace winnow::search
