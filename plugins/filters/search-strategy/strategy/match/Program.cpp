#include "Program.hpp"

#include <algorithm>

#include "../mesh/Tree.hpp"
#include "../ovid/Vocabulary.hpp"
#include "../text/CodePoints.hpp"

namespace winnow::search::match {

namespace {

/// Fields whose values are compared whole: a heading, a type, a language.
bool comparesWhole(const std::vector<std::string>& codes) {
  return !codes.empty() && std::all_of(codes.begin(), codes.end(), [](const std::string& c) {
    return c == "sh" || c == "mh" || c == "fs" || c == "fx" || c == "xs" || c == "pt" || c == "la" || c == "lg" ||
           c == "kw" || c == "jn" || c == "do";
  });
}

bool onlyYears(FieldSet fields) { return fields == bit(Field::Year); }

}  // namespace

std::uint32_t Compiler::add(Op op) {
  ops_.push_back(std::move(op));
  return static_cast<std::uint32_t>(ops_.size() - 1);
}

std::uint32_t Compiler::line(std::size_t index) {
  at_ = index;
  inlined_ = 0;
  const Line& line = strategy_.lines[index];
  Op undecided;
  undecided.kind = Op::Undecided;
  if (!line.tree || line.tree->kind == Kind::Comment) return add(std::move(undecided));
  return node(*line.tree, fieldsOf({"mp"}), false, false);
}

std::uint32_t Compiler::words(const std::string& text, FieldSet fields, bool whole) {
  Op op;
  op.fields = fields;
  const std::size_t range = text.find_first_of("-:");
  if (onlyYears(fields) && range != std::string::npos) {
    op.kind = Op::Years;
    op.from = std::string(trimmed(text.substr(0, range))).substr(0, 4);
    op.to = std::string(trimmed(text.substr(range + 1))).substr(0, 4);
    return add(std::move(op));
  }
  op.kind = Op::Words;
  op.text = true;
  op.whole = whole;
  for (const std::string& pattern : patternsOf(text)) op.patterns.push_back(automaton_.add(pattern));
  if (op.patterns.empty()) op.kind = Op::Undecided;  // nothing that could stand in a record
  scanned_ |= fields;
  return add(std::move(op));
}

std::uint32_t Compiler::many(Op::Kind kind, const Node& from, FieldSet fields, bool whole, bool spans) {
  Op op;
  op.kind = kind;
  op.fields = fields;
  op.n = from.n;
  op.text = kind == Op::Any || kind == Op::Adj;
  for (const Node& arg : from.args) {
    op.args.push_back(node(arg, fields, whole, spans || kind == Op::Adj));
    op.text = op.text && ops_[op.args.back()].text;
  }
  if (kind == Op::Adj && !op.text) op.kind = Op::Undecided;  // a set that is no free text
  return add(std::move(op));
}

/// The value of the other line; where places of words are needed, its tree is taken in.
std::uint32_t Compiler::reference(const Node& ref, bool spans) {
  const Line* target = strategy_.find(ref.n, at_);
  Op op;
  op.kind = Op::Undecided;
  if (target == nullptr) return add(std::move(op));
  const auto index = static_cast<std::size_t>(target - strategy_.lines.data());
  if (!spans) {
    op.kind = Op::Line;
    op.n = static_cast<std::uint32_t>(index);
    return add(std::move(op));
  }
  constexpr std::uint32_t kMostInlined = 2000;
  if (!target->tree || ++inlined_ > kMostInlined) return add(std::move(op));
  const std::size_t before = at_;
  at_ = index;
  const std::uint32_t made = node(*target->tree, fieldsOf({"mp"}), false, true);
  at_ = before;
  return made;
}

std::uint32_t Compiler::node(const Node& from, FieldSet fields, bool whole, bool spans) {
  Op op;
  switch (from.kind) {
    case Kind::Term:
    case Kind::Phrase:
      return words(from.text, fields, whole);
    case Kind::Field:
      return node(from.args[0], fieldsOf(from.fields), comparesWhole(from.fields), spans);
    case Kind::And:
      return many(Op::And, from, fields, whole, spans);
    case Kind::Or:
      return many(Op::Any, from, fields, whole, spans);
    case Kind::Not:
      return many(Op::Not, from, fields, whole, spans);
    case Kind::Adj:
      return many(Op::Adj, from, fields, false, true);
    case Kind::Heading:
      return heading(from);
    case Kind::Ref:
      return reference(from, spans);
    case Kind::Freq: {
      op.kind = Op::Freq;
      op.n = from.n;
      const Node& inner = from.args[0];
      op.fields = inner.kind == Kind::Field ? fieldsOf(inner.fields) : fields;
      op.args.push_back(node(inner, fields, whole, true));
      if (!ops_[op.args[0]].text) op.kind = Op::Undecided;
      return add(std::move(op));
    }
    case Kind::Limit:
      op.kind = Op::And;
      op.args.push_back(node(from.args[0], fields, whole, false));
      for (const Limit& one : from.limits) op.args.push_back(limit(one));
      return add(std::move(op));
    case Kind::Dedup:
    case Kind::Keep:
    case Kind::Use:
      op.kind = Op::Kept;
      op.args.push_back(node(from.args[0], fields, whole, false));
      return add(std::move(op));
    case Kind::Comment:
      break;
  }
  op.kind = Op::Undecided;
  return add(std::move(op));
}

std::uint32_t Compiler::numberOf(std::string_view heading) {
  return numbers_.emplace(mesh::foldName(heading), static_cast<std::uint32_t>(numbers_.size())).first->second;
}

std::uint32_t Compiler::heading(const Node& from) {
  Op op;
  if (headings_ == Headings::Ignore) return add(std::move(op));
  if (headings_ == Headings::AsText)
    return words(from.text, bit(Field::Title) | bit(Field::Abstract) | bit(Field::Keyword), false);
  op.kind = Op::Heading;
  op.fields = bit(Field::Heading);
  op.focus = from.focus;
  op.headings.push_back(numberOf(from.text));
  const mesh::Heading* known = tree_ == nullptr ? nullptr : tree_->find(from.text);
  if (known != nullptr && from.explode)
    for (const mesh::Heading* below : tree_->explode(*known)) op.headings.push_back(numberOf(below->name));
  std::sort(op.headings.begin(), op.headings.end());
  op.doubtful = tree_ == nullptr ? from.explode : known == nullptr;
  for (const std::string& code : from.subheadings) op.subheadings.insert(std::string(ovid::subheadingName(code)));
  return add(std::move(op));
}

std::uint32_t Compiler::limit(const Limit& from) {
  Op op;
  switch (from.kind) {
    case LimitKind::Language:
      op.kind = Op::Language;
      op.names.insert(lower(from.value));
      for (const std::string_view name : languageNames(from.value)) op.names.emplace(name);
      break;
    case LimitKind::PublicationType:
      op.kind = Op::Type;
      op.names.insert(lower(squeezed(from.value)));
      break;
    case LimitKind::Year:
    case LimitKind::Date:
      op.kind = from.kind == LimitKind::Year ? Op::Years : Op::Dates;
      op.field = from.field;
      op.from = from.from;
      op.to = from.to;
      break;
    case LimitKind::Humans:
    case LimitKind::Animals:
      op.kind = Op::Heading;
      op.headings.push_back(numberOf(from.kind == LimitKind::Humans ? "humans" : "animals"));
      break;
    case LimitKind::Any:
      op.kind = Op::Any;
      for (const Limit& one : from.of) op.args.push_back(limit(one));
      break;
    case LimitKind::Age:
    case LimitKind::Other:
      op.kind = Op::Undecided;
      break;
  }
  return add(std::move(op));
}

}  // namespace winnow::search::match
