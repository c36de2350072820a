// The kinds of publication that a step can name: the reviewer's words over the controlled values of tags.hpp.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace winnow::publicationtype {

/// How a publication type stands to the others that a record states.
enum class Sort {
  Article,  ///< "journal article": what databases say of nearly everything (NLM: the predominant type)
  Kind,     ///< a kind of article (review, trial): says more than "journal article" and does not contradict it
  Form,     ///< something else than an article (editorial, book): "journal article" beside it is a contradiction
  Silent    ///< says nothing: "Research Support"
};

struct Kind {
  std::string_view word;                ///< as a step names it
  Sort sort;                            ///< of its types
  std::vector<std::string_view> types;  ///< controlled values; the kind's own first
  std::vector<std::string_view> items;  ///< CSL types that mean it alone
};

inline constexpr std::size_t kKinds = 26;
/// All words of kinds(), "|" between them.
inline constexpr std::string_view kWords =
    "editorial|report|opinion paper|conference paper|conference "
    "abstract|proceedings|letter|note|news|interview|erratum|"
    "retraction|preprint|thesis|book|chapter|dataset|patent|review|systematic review|meta-analysis|protocol|trial|"
    "case report|guideline|article";

/// kKinds of them, in the order of kWords. A later kind takes over a type that an earlier one covers, too.
const std::vector<Kind>& kinds();

Sort sortOf(std::string_view type);

/// True if a type that stays makes one that would leave doubtful.
bool contradicts(std::string_view staying, std::string_view leaving);

/// Words of a title that make a record look like something else than an article.
const std::vector<std::string_view>& titleTerms();

}  // namespace winnow::publicationtype
