#include "Evaluator.hpp"

#include <algorithm>
#include <tuple>

#include "../mesh/Tree.hpp"
#include "../text/CodePoints.hpp"
#include "Program.hpp"

namespace winnow::search::match {

namespace {

/// Words of different values are farther apart than any distance a strategy can ask for.
constexpr std::uint32_t kGap = 200;
/// More places than this of one operand say nothing new about a record.
constexpr std::size_t kMostSpans = 2000;

/// A heading that no line names.
constexpr std::uint32_t kOther = UINT32_MAX;

struct Hit {
  std::uint32_t word;
  FieldSet field;
};

/// A run of words: first and last.
struct Span {
  std::uint32_t first, last;
  FieldSet field;
};

struct Range {
  std::uint32_t begin, end;  ///< words of one value
  std::uint32_t value;
};

Truth least(Truth a, Truth b) { return std::min(a, b); }
Truth greatest(Truth a, Truth b) { return std::max(a, b); }
Truth opposite(Truth a) { return static_cast<Truth>(2 - static_cast<int>(a)); }

bool holdsEntryDate(const Node& node) {
  if (node.kind == Kind::Limit &&
      std::any_of(node.limits.begin(), node.limits.end(), [](const Limit& l) { return l.kind == LimitKind::Date; }))
    return true;
  return std::any_of(node.args.begin(), node.args.end(), holdsEntryDate);
}

}  // namespace

struct Evaluator::Scratch {
  WordAutomaton automaton;
  std::vector<std::vector<Hit>> hits;  ///< by pattern
  std::vector<std::uint32_t> touched;
  std::vector<Range> ranges;
  FieldSet present = 0;
  std::vector<Truth> lines;
  const Document* document = nullptr;
  std::vector<std::uint32_t> headings;  ///< of the document, as the program numbers them; kOther: in no line
  std::string folded;

  void scan(const Document& of, const Program& program);
  void spans(const Program& program, const Op& op, std::vector<Span>& out) const;
  void wordSpans(const Op& op, std::vector<Span>& out) const;
  bool canHold(const Program& program, const Op& op) const;
  Truth truth(const Program& program, std::uint32_t op) const;
  Truth textTruth(const Program& program, const Op& op) const;
  Truth headingTruth(const Op& op) const;
  bool isHeading(const Op& op, std::size_t heading) const;
  Truth valueTruth(const Op& op, Field field) const;
  Truth yearTruth(const Op& op) const;
  Truth dateTruth(const Op& op) const;
  bool isMissing(FieldSet fields) const;
  bool isPresent(Field field) const { return (present & bit(field)) != 0; }
};

void Evaluator::Scratch::scan(const Document& of, const Program& program) {
  const FieldSet wanted = program.scanned;
  headings.clear();
  if (!program.headings.empty())
    for (const HeadingValue& heading : of.headings) {
      mesh::foldName(heading.name, folded);
      const auto known = program.headings.find(folded);
      headings.push_back(known == program.headings.end() ? kOther : known->second);
    }
  for (const std::uint32_t pattern : touched) hits[pattern].clear();
  touched.clear();
  ranges.clear();
  document = &of;
  present = of.headings.empty() ? 0 : bit(Field::Heading) | bit(Field::Subheading);
  std::uint32_t base = 0;
  for (std::uint32_t i = 0; i < of.values.size(); ++i) {
    const Value& value = of.values[i];
    const FieldSet field = bit(value.field);
    if (value.text.empty()) continue;
    present |= field;
    if ((wanted & field) == 0) continue;
    const std::uint32_t count = automaton.scan(value.text, [&](std::uint32_t pattern, std::uint32_t word) {
      if (hits[pattern].empty()) touched.push_back(pattern);
      hits[pattern].push_back({base + word, field});
    });
    ranges.push_back({base, base + count, i});
    base += count + kGap;
  }
}

/// Words that stand next to each other, in order, in one of the fields.
void Evaluator::Scratch::wordSpans(const Op& op, std::vector<Span>& out) const {
  for (const std::uint32_t pattern : op.patterns)
    if (hits[pattern].empty()) return;
  const auto size = static_cast<std::uint32_t>(op.patterns.size());
  for (const Hit& first : hits[op.patterns[0]]) {
    if ((first.field & op.fields) == 0) continue;
    bool all = true;
    for (std::uint32_t k = 1; all && k < size; ++k) {
      const auto& next = hits[op.patterns[k]];
      const auto at = std::lower_bound(next.begin(), next.end(), first.word + k,
                                       [](const Hit& h, std::uint32_t w) { return h.word < w; });
      all = at != next.end() && at->word == first.word + k;
    }
    if (all && op.whole) {
      const auto range = std::upper_bound(ranges.begin(), ranges.end(), first.word,
                                          [](std::uint32_t w, const Range& r) { return w < r.begin; }) -
                         1;
      all = range->begin == first.word && range->end == first.word + size;
    }
    if (all && out.size() < kMostSpans) out.push_back({first.word, first.word + size - 1, first.field});
  }
}

void Evaluator::Scratch::spans(const Program& program, const Op& op, std::vector<Span>& out) const {
  const auto order = [&] {
    const auto less = [](const Span& a, const Span& b) {
      return a.first != b.first ? a.first < b.first : a.last < b.last;
    };
    std::sort(out.begin(), out.end(), less);
    out.erase(std::unique(out.begin(), out.end(),
                          [](const Span& a, const Span& b) { return a.first == b.first && a.last == b.last; }),
              out.end());
    if (out.size() > kMostSpans) out.resize(kMostSpans);
  };
  if (op.kind == Op::Words) return wordSpans(op, out);
  if (op.kind == Op::Any) {
    for (const std::uint32_t arg : op.args) spans(program, program.ops[arg], out);
    return order();
  }
  if (op.kind != Op::Adj) return;
  spans(program, program.ops[op.args[0]], out);
  for (std::size_t k = 1; k < op.args.size() && !out.empty(); ++k) {
    std::vector<Span> right, joined;
    spans(program, program.ops[op.args[k]], right);
    for (const Span& a : out)
      for (const Span& b : right) {
        const bool after = b.first > a.last, before = a.first > b.last;
        const std::uint32_t between = after ? b.first - a.last - 1 : before ? a.first - b.last - 1 : kGap;
        const bool fits = op.n == 0 ? after && between == 0 : between < op.n;
        if (fits && joined.size() < 2 * kMostSpans)
          joined.push_back({std::min(a.first, b.first), std::max(a.last, b.last), a.field});
      }
    out = std::move(joined);
    order();
  }
}

/// False if a word that the operand needs stands nowhere: most operands of most records, and no place need be looked
/// at.
bool Evaluator::Scratch::canHold(const Program& program, const Op& op) const {
  const auto argument = [&](std::uint32_t arg) { return canHold(program, program.ops[arg]); };
  if (op.kind == Op::Any) return std::any_of(op.args.begin(), op.args.end(), argument);
  if (op.kind == Op::Adj) return std::all_of(op.args.begin(), op.args.end(), argument);
  return std::none_of(op.patterns.begin(), op.patterns.end(),
                      [&](std::uint32_t pattern) { return hits[pattern].empty(); });
}

/// A field without value that its source normally fills.
bool Evaluator::Scratch::isMissing(FieldSet fields) const {
  static const FieldSet kMultiPurpose = fieldsOf({"mp"});
  if ((fields & kMultiPurpose) == kMultiPurpose) return !isPresent(Field::Abstract) || !isPresent(Field::Title);
  // A record has an original title only if it was translated, and substances only if it was indexed with some.
  FieldSet needed = fields & ~(bit(Field::OriginalTitle) | bit(Field::Other));
  if (isPresent(Field::Heading)) needed &= ~(bit(Field::Substance) | bit(Field::Subheading));
  return (needed & ~present) != 0 || fields == bit(Field::Other);
}

Truth Evaluator::Scratch::textTruth(const Program& program, const Op& op) const {
  if (op.kind == Op::Words && op.patterns.size() == 1 && !op.whole) {
    for (const Hit& hit : hits[op.patterns[0]])
      if ((hit.field & op.fields) != 0) return Truth::True;
  } else if (canHold(program, op)) {
    std::vector<Span> found;
    spans(program, op, found);
    if (!found.empty()) return Truth::True;
  }
  return isMissing(op.fields) ? Truth::Unknown : Truth::False;
}

/// True if the document's heading is one that the op asks for.
bool Evaluator::Scratch::isHeading(const Op& op, std::size_t heading) const {
  const HeadingValue& value = document->headings[heading];
  if (headings[heading] == kOther || (op.focus && !value.major) ||
      !std::binary_search(op.headings.begin(), op.headings.end(), headings[heading]))
    return false;
  return op.subheadings.empty() ||
         std::any_of(value.subheadings.begin(), value.subheadings.end(),
                     [&](std::string_view name) { return op.subheadings.count(lower(name)) != 0; });
}

Truth Evaluator::Scratch::headingTruth(const Op& op) const {
  if (document->headings.empty()) return Truth::Unknown;
  for (std::size_t i = 0; i < headings.size(); ++i)
    if (isHeading(op, i)) return Truth::True;
  return op.doubtful ? Truth::Unknown : Truth::False;
}

Truth Evaluator::Scratch::valueTruth(const Op& op, Field field) const {
  if (!isPresent(field)) return Truth::Unknown;
  for (const Value& value : document->values)
    if (value.field == field && op.names.count(lower(squeezed(value.text))) != 0) return Truth::True;
  return Truth::False;
}

Truth Evaluator::Scratch::yearTruth(const Op& op) const {
  for (const Value& value : document->values) {
    if (value.field != Field::Year) continue;
    const std::string_view year = value.text.substr(0, 4);
    return (op.from.empty() || year >= op.from) && (op.to.empty() || year <= op.to) ? Truth::True : Truth::False;
  }
  return Truth::Unknown;
}

Truth Evaluator::Scratch::dateTruth(const Op& op) const {
  for (const DateValue& date : document->dates) {
    if (date.field != op.field) continue;
    const bool after = op.from.empty() || date.value >= op.from.substr(0, date.value.size());
    return after && (op.to.empty() || date.value.substr(0, op.to.size()) <= op.to) ? Truth::True : Truth::False;
  }
  return Truth::Unknown;
}

Truth Evaluator::Scratch::truth(const Program& program, std::uint32_t index) const {
  const Op& op = program.ops[index];
  Truth value = op.kind == Op::And ? Truth::True : Truth::False;
  switch (op.kind) {
    case Op::Words:
    case Op::Adj:
      return textTruth(program, op);
    case Op::Any:
      for (const std::uint32_t arg : op.args)
        if ((value = greatest(value, truth(program, arg))) == Truth::True) break;
      return value;
    case Op::And:
      for (const std::uint32_t arg : op.args)
        if ((value = least(value, truth(program, arg))) == Truth::False) break;
      return value;
    case Op::Not:
      return least(truth(program, op.args[0]), opposite(truth(program, op.args[1])));
    case Op::Line:
      return lines[op.n];
    case Op::Heading:
      return headingTruth(op);
    case Op::Freq: {
      std::vector<Span> found;
      spans(program, program.ops[op.args[0]], found);
      return found.size() >= op.n ? Truth::True : isMissing(op.fields) ? Truth::Unknown : Truth::False;
    }
    case Op::Language:
      return valueTruth(op, Field::Language);
    case Op::Type:
      return valueTruth(op, Field::Type);
    case Op::Years:
      return yearTruth(op);
    case Op::Dates:
      return dateTruth(op);
    case Op::Kept:
      return least(truth(program, op.args[0]), Truth::Unknown);
    case Op::Undecided:
      return Truth::Unknown;
    case Op::Never:
      return Truth::False;
  }
  return Truth::Unknown;
}

Evaluator::Evaluator(const Strategy& strategy, const mesh::Tree* tree, Headings headings) {
  auto program = std::make_shared<Program>();
  Compiler compiler(strategy, tree, headings, program->automaton, program->ops, program->scanned, program->headings);
  for (std::size_t i = 0; i < strategy.lines.size(); ++i) {
    program->lines.push_back(compiler.line(i));
    program->entryDate.push_back(strategy.lines[i].tree && holdsEntryDate(*strategy.lines[i].tree));
  }
  program_ = std::move(program);
  scratch_ = std::make_unique<Scratch>();
  scratch_->automaton = program_->automaton;
  scratch_->hits.resize(scratch_->automaton.size());
}

Evaluator::Evaluator(const Evaluator& other) : program_(other.program_), scratch_(std::make_unique<Scratch>()) {
  scratch_->automaton = program_->automaton;
  scratch_->hits.resize(scratch_->automaton.size());
}
Evaluator::~Evaluator() = default;

std::size_t Evaluator::lineCount() const { return program_->lines.size(); }
bool Evaluator::hasLimitOfEntryDate(std::size_t index) const { return program_->entryDate[index]; }

const std::vector<Truth>& Evaluator::evaluate(const Document& document) {
  scratch_->scan(document, *program_);
  scratch_->lines.assign(program_->lines.size(), Truth::Unknown);
  for (std::size_t i = 0; i < program_->lines.size(); ++i)
    scratch_->lines[i] = scratch_->truth(*program_, program_->lines[i]);
  return scratch_->lines;
}

std::vector<Evidence> Evaluator::evidence(const Document& document, std::size_t index) {
  std::vector<Evidence> all;
  std::vector<bool> seen(program_->lines.size(), false);
  std::vector<std::pair<std::size_t, std::uint32_t>> open{{index, program_->lines[index]}};
  seen[index] = true;
  while (!open.empty()) {
    const auto [line, number] = open.back();
    open.pop_back();
    const Op& op = program_->ops[number];
    if (op.kind == Op::Line) {
      if (!seen[op.n] && scratch_->lines[op.n] == Truth::True) open.emplace_back(op.n, program_->lines[op.n]);
      seen[op.n] = true;
      continue;
    }
    if (op.kind == Op::Heading) {
      for (std::size_t i = 0; i < scratch_->headings.size(); ++i)
        if (scratch_->isHeading(op, i))
          all.push_back({static_cast<std::uint32_t>(line), document.headings[i].value, 0,
                         static_cast<std::uint32_t>(document.headings[i].name.size())});
      continue;
    }
    if (op.kind != Op::Words && op.kind != Op::Adj) {
      for (const std::uint32_t arg : op.args) open.emplace_back(line, arg);
      continue;
    }
    std::vector<Span> found;
    scratch_->spans(*program_, op, found);
    for (const Span& span : found) {
      const auto range = std::upper_bound(scratch_->ranges.begin(), scratch_->ranges.end(), span.first,
                                          [](std::uint32_t w, const Range& r) { return w < r.begin; }) -
                         1;
      const auto words = WordAutomaton::words(document.values[range->value].text);
      if (span.last - range->begin >= words.size()) continue;
      const std::uint32_t begin = words[span.first - range->begin].first;
      all.push_back(
          {static_cast<std::uint32_t>(line), range->value, begin, words[span.last - range->begin].second - begin});
    }
  }
  std::sort(all.begin(), all.end(), [](const Evidence& a, const Evidence& b) {
    return std::tie(a.line, a.value, a.begin, a.size) < std::tie(b.line, b.value, b.begin, b.size);
  });
  return all;
}

std::size_t finalLine(const Strategy& strategy, std::uint32_t number) {
  std::size_t best = strategy.lines.size();
  for (std::size_t i = 0; i < strategy.lines.size(); ++i) {
    const Line& line = strategy.lines[i];
    if (line.tree && line.tree->kind == Kind::Comment) continue;
    if (number != 0 ? line.number == number
                    : best == strategy.lines.size() || line.number >= strategy.lines[best].number)
      best = i;
  }
  return best;
}

}  // namespace winnow::search::match
