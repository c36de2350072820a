// The words of Ovid's language: field codes, subheading codes, operators.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow::search::ovid {

/// True for a two-letter code of a field in any of Ovid's databases; `code` in lower case.
bool isField(std::string_view code);
/// True for the codes that strategies use often: only these may stand without the final ".".
bool isCommonField(std::string_view code);
/// True for the codes before which a "." may separate fields (".ti.ab."), as no word of a query looks like them.
bool mayFollowDot(std::string_view code);

/// "dt" -> "drug therapy"; empty for an unknown code. Source: NLM's list of MeSH qualifiers.
std::string_view subheadingName(std::string_view code);

/// An operator of the query language.
struct Operator {
  enum Kind { And, Or, Not, Adj } kind;
  std::uint32_t n = 0;  ///< Adj: the distance, 0 for plain adj
};
/// The operator that a word is, ignoring case; adj with a distance above 99 is none.
std::optional<Operator> operatorNamed(std::string_view word);

/// True for operators of other platforms: near, near/3, w/2, pre/1, next, n3 ...
bool isForeignOperator(std::string_view word);

}  // namespace winnow::search::ovid
