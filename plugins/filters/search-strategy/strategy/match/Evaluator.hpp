// A strategy as a program that says of a record, line by line: found, not found, or not decidable from what it holds.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "../Ast.hpp"
#include "Document.hpp"

namespace winnow::search {
namespace mesh {
class Tree;
}

namespace match {

/// Kleene logic: AND is the minimum, OR the maximum.
enum class Truth : std::uint8_t { False = 0, Unknown = 1, True = 2 };

/// What headings are to this evaluation.
enum class Headings : std::uint8_t {
  Evaluate,  ///< found, not found, or unknown for a record that holds none
  Ignore,    ///< not found: only words count
  AsText     ///< the words of the name in title, abstract and keywords
};

/// Why a record was found: a run of words of a value, or a heading.
struct Evidence {
  std::uint32_t line = 0;             ///< index of the strategy's line
  std::uint32_t value = 0;            ///< index into Document::values
  std::uint32_t begin = 0, size = 0;  ///< bytes of that value
};

/// Compiled once for a strategy. Copies share the program and own their automaton and scratch: one copy a thread.
class Evaluator {
 public:
  /// `tree` may be null; it must live as long as this.
  Evaluator(const Strategy& strategy, const mesh::Tree* tree, Headings headings = Headings::Evaluate);
  Evaluator(const Evaluator& other);
  Evaluator& operator=(const Evaluator&) = delete;
  ~Evaluator();

  std::size_t lineCount() const;
  /// The value of every line on one record, in the order of the strategy's lines; a view until the next call.
  const std::vector<Truth>& evaluate(const Document& document);
  /// What the words and headings of line `index` hit in the record of the last evaluate(), in order of value and place;
  /// the lines it refers to are reported under their own index.
  std::vector<Evidence> evidence(const Document& document, std::size_t index);
  /// Values of line `index` are unknown on every record, whatever it holds (an entry date, a database's own limit).
  bool hasLimitOfEntryDate(std::size_t index) const;

 private:
  struct Program;
  struct Scratch;
  std::shared_ptr<const Program> program_;
  std::unique_ptr<Scratch> scratch_;
};

/// Index of the line that is the strategy's result: the highest number, or the given one (0: highest). lines.size() if
/// there is none.
std::size_t finalLine(const Strategy& strategy, std::uint32_t number);

}  // namespace match
}  // namespace winnow::search
