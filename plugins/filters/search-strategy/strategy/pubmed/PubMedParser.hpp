// Recursive descent over the query of one PubMed line.
#pragma once

#include <string>
#include <vector>

#include "../Ast.hpp"
#include "../Diagnostic.hpp"

namespace winnow::search::pubmed {

/// Reads one line: terms with [tags], AND OR NOT from left to right, #N. Tags become Ovid's field codes, [mh] headings,
/// [tiab:~N] a proximity. Construct, call read() once. Source: PubMed Help, "Search field descriptions and tags".
class PubMedParser {
 public:
  PubMedParser(const Line& line, std::vector<Diagnostic>& diagnostics);
  /// The tree of the line. Throws Fault.
  Node read();

 private:
  Node readExpression();
  Node readOperand();
  Node readWords();
  Node tagged(Node operand, std::size_t from);
  bool readDateRange(Node& node, std::size_t from);
  std::string peekWord() const;
  std::size_t skip(std::size_t i) const;
  char32_t at(std::size_t i) const { return i < text_.size() ? text_[i] : U'\0'; }
  std::string slice(std::size_t from, std::size_t to) const;
  Node spanned(Node node, std::size_t from) const;
  [[noreturn]] void fail(const char* code, std::size_t at, std::string message, std::size_t length = 1) const;
  void warn(const char* code, std::size_t at, std::size_t length, std::string message);

  const Line& line_;
  std::u32string text_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t p_;
  std::uint32_t depth_ = 0;
};

}  // namespace winnow::search::pubmed
