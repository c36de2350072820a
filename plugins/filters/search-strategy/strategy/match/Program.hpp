// The compiled form of a strategy; only Evaluator knows it.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "../Ast.hpp"
#include "Evaluator.hpp"
#include "WordAutomaton.hpp"

namespace winnow::search::match {

struct Op {
  enum Kind : std::uint8_t {
    Words,
    Adj,
    Any,
    And,
    Not,
    Line,
    Heading,
    Freq,
    Language,
    Type,
    Years,
    Dates,
    Undecided,
    Never,
    Kept
  } kind = Never;
  FieldSet fields = 0;
  std::uint32_t n = 0;                  ///< Adj: distance; Freq: times; Line: index
  bool whole = false;                   ///< Words: the value is these words and no more
  bool text = false;                    ///< found by the places of words: Words, Adj, and Any of such
  bool focus = false;                   ///< Heading
  bool doubtful = false;                ///< Heading: its absence proves nothing (no tree, or a heading not in it)
  std::vector<std::uint32_t> patterns;  ///< Words
  std::vector<std::uint32_t> args;
  std::vector<std::uint32_t> headings;       ///< Heading: numbers of Program::headings, sorted
  std::set<std::string> names, subheadings;  ///< Language, Type; Heading: in lower case
  std::string field, from, to;               ///< Years, Dates
};

/// The headings that any line names, by folded name: a record's heading is looked up once, not once a line.
using HeadingNumbers = std::unordered_map<std::string, std::uint32_t>;

struct Evaluator::Program {
  WordAutomaton automaton;
  std::vector<Op> ops;
  std::vector<std::uint32_t> lines;  ///< the op of every line
  std::vector<bool> entryDate;       ///< lines that limit by a date of entry
  FieldSet scanned = 0;              ///< fields whose words are needed
  HeadingNumbers headings;
};

/// Compiles the lines of a strategy into ops.
class Compiler {
 public:
  Compiler(const Strategy& strategy, const mesh::Tree* tree, Headings headings, WordAutomaton& automaton,
           std::vector<Op>& ops, FieldSet& scanned, HeadingNumbers& numbers)
      : strategy_(strategy),
        tree_(tree),
        headings_(headings),
        automaton_(automaton),
        ops_(ops),
        scanned_(scanned),
        numbers_(numbers) {}
  /// The op of the line at `index`.
  std::uint32_t line(std::size_t index);

 private:
  std::uint32_t node(const Node& node, FieldSet fields, bool whole, bool spans);
  std::uint32_t words(const std::string& text, FieldSet fields, bool whole);
  std::uint32_t heading(const Node& node);
  std::uint32_t numberOf(std::string_view heading);
  std::uint32_t limit(const Limit& limit);
  std::uint32_t reference(const Node& node, bool spans);
  std::uint32_t many(Op::Kind kind, const Node& node, FieldSet fields, bool whole, bool spans);
  std::uint32_t add(Op op);
  const Strategy& strategy_;
  const mesh::Tree* tree_;
  Headings headings_;
  WordAutomaton& automaton_;
  std::vector<Op>& ops_;
  FieldSet& scanned_;
  HeadingNumbers& numbers_;
  std::size_t at_ = 0;
  std::uint32_t inlined_ = 0;
};

}  // namespace winnow::search::match
