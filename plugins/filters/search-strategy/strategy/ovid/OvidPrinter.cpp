// A tree as canonical Ovid text: lower-case operators, one blank, only needed brackets.
#include <algorithm>

#include "../Parser.hpp"
#include "../text/CodePoints.hpp"
#include "Limits.hpp"
#include "Vocabulary.hpp"

namespace winnow::search {

namespace {

/// `inField`: under a field suffix, where a number is a word.
std::string print(const Node& node, bool inField = false);

bool isDigits(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Words that would be read as something else.
bool needsQuotes(const Node& node) {
  if (node.quoted) return true;
  if (node.text.find_first_of("()/<>[]") != std::string::npos && node.text.find_first_of("()[]<>") != std::string::npos)
    return true;
  std::size_t begin = 0;
  while (begin <= node.text.size()) {
    const std::size_t end = std::min(node.text.find(' ', begin), node.text.size());
    const std::string word = node.text.substr(begin, end - begin);
    if (ovid::operatorNamed(word)) return true;
    begin = end + 1;
  }
  return false;
}

std::string words(const Node& node, bool inField) {
  const bool number = !inField && isDigits(node.text);
  return needsQuotes(node) || number ? "\"" + node.text + "\"" : node.text;
}

std::string suffix(const Node& node) {
  std::string out = ".";
  for (const std::string& field : node.fields) out += (out.size() == 1 ? "" : ",") + field;
  return out + ".";
}

/// Bracketed if the operator above would take the operand apart.
std::string operand(const Node& node, Kind above, bool first, std::uint32_t n, bool inField) {
  const auto bracketed = [&] { return "(" + print(node, inField) + ")"; };
  switch (node.kind) {
    case Kind::Or:
      return node.combined && above != Kind::Adj ? "(" + print(node, inField) + ")" : bracketed();
    case Kind::And:
      return above == Kind::Or && !node.combined             ? print(node, inField)
             : above != Kind::Adj && first && !node.combined ? print(node, inField)
                                                             : bracketed();
    case Kind::Not:
      return above == Kind::Or && !node.combined             ? print(node, inField)
             : above != Kind::Adj && first && !node.combined ? print(node, inField)
                                                             : bracketed();
    case Kind::Adj:
      return above != Kind::Adj || (first && node.n != n) ? print(node, inField) : bracketed();
    case Kind::Field: {
      if (above != Kind::Adj) return print(node, inField);
      return "(" + print(node.args[0], true) + ")" + suffix(node);
    }
    default:
      return print(node, inField);
  }
}

std::string joined(const Node& node, const std::string& with, bool inField) {
  std::string out;
  for (std::size_t i = 0; i < node.args.size(); ++i)
    out += (i == 0 ? "" : with) + operand(node.args[i], node.kind, i == 0, node.n, inField);
  return out;
}

/// or/1-3,5 from the references.
std::string references(const Node& node) {
  std::string out;
  for (std::size_t i = 0; i < node.args.size();) {
    std::size_t last = i;
    while (last + 1 < node.args.size() && node.args[last + 1].n == node.args[last].n + 1) ++last;
    if (!out.empty()) out += ",";
    out += std::to_string(node.args[i].n);
    if (last > i) out += (last == i + 1 ? "," : "-") + std::to_string(node.args[last].n);
    i = last + 1;
  }
  return out;
}

std::string field(const Node& node) {
  const Node& inner = node.args[0];
  const bool plain =
      (inner.kind == Kind::Term || inner.kind == Kind::Phrase) && (needsQuotes(inner) || inner.text.back() != '.');
  if (plain) return words(inner, true) + suffix(node);
  return "(" + (inner.kind == Kind::Term || inner.kind == Kind::Phrase ? words(inner, true) : print(inner, true)) +
         ")" + suffix(node);
}

std::string heading(const Node& node) {
  const bool operators = [&] {
    Node plain = node;
    plain.quoted = false;
    return needsQuotes(plain);
  }();
  const bool quoted = operators || node.text.find_first_of("./()[]\"=") != std::string::npos || isDigits(node.text) ||
                      lower(node.text).rfind("exp ", 0) == 0;
  std::string out = node.explode ? "exp " : "";
  out += (node.focus ? "*" : "") + (quoted ? "\"" + node.text + "\"" : node.text) + "/";
  for (std::size_t i = 0; i < node.subheadings.size(); ++i) out += (i == 0 ? "" : ",") + node.subheadings[i];
  return out;
}

const char* combineWord(Kind kind) { return kind == Kind::And ? "and/" : kind == Kind::Or ? "or/" : "not/"; }

std::string print(const Node& node, bool inField) {
  switch (node.kind) {
    case Kind::Term:
    case Kind::Phrase:
      return words(node, inField);
    case Kind::Field:
      return field(node);
    case Kind::Freq:
      return print(node.args[0]) + " /freq=" + std::to_string(node.n);
    case Kind::And:
    case Kind::Or:
    case Kind::Not:
      if (node.combined) return combineWord(node.kind) + references(node);
      return joined(node, node.kind == Kind::And ? " and " : node.kind == Kind::Or ? " or " : " not ", inField);
    case Kind::Adj:
      return joined(node, " adj" + (node.n == 0 ? std::string() : std::to_string(node.n)) + " ", inField);
    case Kind::Heading:
      return heading(node);
    case Kind::Ref:
      return std::to_string(node.n);
    case Kind::Limit:
      return "limit " + print(node.args[0]) + " to " + ovid::printLimits(node.limits);
    case Kind::Dedup:
      return "remove duplicates from " + print(node.args[0]);
    case Kind::Keep:
      return "from " + print(node.args[0]) + " keep " + node.text;
    case Kind::Use:
      return print(node.args[0]) + " use " + node.text;
    case Kind::Comment:
      return "# " + node.text;
  }
  return {};
}

}  // namespace

std::string printOvid(const Node& node) { return print(node); }

}  // namespace winnow::search
