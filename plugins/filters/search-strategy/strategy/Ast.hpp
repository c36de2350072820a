// A search strategy as a tree: what every platform's parser gives, every printer and the evaluation take.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow::search {

/// A place in one physical line, the printed number included: column from 1, both in code points. Column 0: none.
struct Span {
  std::uint32_t column = 0, length = 0;
};

enum class Kind {
  Term,     ///< `text`: one word, wildcards as typed
  Phrase,   ///< `text`: words that stand next to each other, in order; `quoted`
  Field,    ///< `fields`, args[0]
  And,      ///< two or more args
  Or,       ///< two or more args
  Not,      ///< args[0] without args[1]
  Adj,      ///< `n`, two or more args, read from the left: ((a adj b) adj c). n 0: adjacent, in order
  Heading,  ///< `text` (the name), `explode`, `focus`, `subheadings`
  Ref,      ///< `n`: the number of an earlier line
  Freq,     ///< `n`: at least so often; args[0]
  Limit,    ///< args[0], all of `limits`
  Dedup,    ///< args[0]
  Keep,     ///< `text`: the items "1-10"; args[0]
  Use,      ///< `text`: the database; args[0]
  Comment   ///< `text`
};

enum class LimitKind { Language, Year, Date, Any, PublicationType, Humans, Animals, Age, Other };

/// One restriction of a limit line.
struct Limit {
  LimitKind kind = LimitKind::Other;
  std::string value;      ///< Language, PublicationType, Age, Other
  std::string field;      ///< Date: "ed", "em", "dt", "ep", "up"
  std::string from, to;   ///< Year "2000", Date "20001231"; empty: open
  std::vector<Limit> of;  ///< Any: one of them suffices
};

/// A node and what is below it; a value, copied and compared as one.
struct Node {
  Kind kind = Kind::Term;
  Span span;
  std::string text;
  std::uint32_t n = 0;
  bool quoted = false, explode = false, focus = false;
  bool combined = false;                         ///< And, Or, Not: written `or/1-3`
  std::vector<std::string> fields, subheadings;  ///< lower case, as typed and in order
  std::vector<Limit> limits;
  std::vector<Node> args;
};

/// True if both say the same; spans do not count.
bool operator==(const Node& a, const Node& b);
bool operator==(const Limit& a, const Limit& b);

/// One numbered set. Every non-empty physical line is one.
struct Line {
  std::uint32_t line = 0;           ///< physical line, from 1
  std::uint32_t number = 0;         ///< of the set: printed, or its position
  std::string text;                 ///< as read, without the line end
  std::size_t begin = 0, size = 0;  ///< its bytes in the strategy's text, without the line end
  std::uint32_t body = 1;           ///< column where the query begins, after the number
  std::optional<Node> tree;         ///< nothing: the line has an error, and its value is unknown
};

/// A strategy in its order. A reference of a good line always leads to an earlier line (which may be a bad one).
struct Strategy {
  std::vector<Line> lines;
  /// The line that a reference in line `from` (index) to set `number` means: the last of that number before it; the
  /// last anywhere with `from` = lines.size(). Null if there is none.
  const Line* find(std::uint32_t number, std::size_t from) const;
};

}  // namespace winnow::search
