// Recursive descent over the query of one Ovid line.
#pragma once

#include <string>
#include <vector>

#include "../Ast.hpp"
#include "../Diagnostic.hpp"
#include "../Fault.hpp"
#include "Scanner.hpp"
#include "Vocabulary.hpp"

namespace winnow::search::ovid {

/// Reads one line. Construct, call read() once.
class OvidParser {
 public:
  /// Warnings are appended to `diagnostics`; `tree` may be null.
  OvidParser(const Line& line, const mesh::Tree* tree, std::vector<Diagnostic>& diagnostics);
  /// The tree of the line. Throws Fault.
  Node read();

 private:
  // Whole lines.
  std::optional<Node> readCombined();
  std::optional<Node> readNumbersFirst();
  std::optional<Node> readLimited();
  std::optional<Node> readSet();
  std::optional<std::string> keyword(std::size_t& i, std::initializer_list<const char*> words) const;
  // Expressions.
  Node readOr();
  Node readAnd();
  Node readNear();
  Node readOperand();
  Node readGroup();
  Operator::Kind andNot(Operator::Kind kind, std::size_t at);
  std::optional<std::string> closed() const;
  [[noreturn]] void failBehindOperand(std::size_t at) const;
  Node readPhrase();
  Node readHeading(const HeadingText& heading);
  Node readReferences(Node combined);
  bool readReferenceList(std::vector<Node>& refs);
  Node withSuffix(Node operand);
  Node withFrequency(Node operand);
  void skipNotes();
  void readEnd();
  // Words and places.
  std::optional<Operator> peekOperator() const;
  bool isStart() const;
  bool isFieldList(std::size_t i) const;
  std::optional<Node> reference();
  void checkWord(std::size_t begin, std::size_t end) const;
  [[noreturn]] void fail(const char* code, std::size_t at, std::string message, std::size_t length = 1,
                         std::optional<std::string> fix = {}) const;
  void warn(const char* code, std::size_t at, std::size_t length, std::string message,
            Severity severity = Severity::Warning);
  std::size_t end() const;
  std::string slice(std::size_t from, std::size_t to) const;
  Node spanned(Node node, std::size_t begin) const;
  void deeper();

  const Line& line_;
  std::u32string text_;
  Scanner scan_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t begin_, p_;
  std::uint32_t depth_ = 0;
  bool joined_ = false;      ///< the last readAnd() met an operator of its own level
  bool bareSuffix_ = false;  ///< the last operand was words with a suffix of their own, without brackets
};

}  // namespace winnow::search::ovid
