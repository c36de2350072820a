// What databases hang on to a title: bracketed notes, citations, retraction marks.
#pragma once

#include <string_view>

namespace winnow::duplicates {

/// A title without what databases added.
struct BareTitle {
  std::string_view text;      ///< a part of the given title
  bool isTranslated = false;  ///< it stood in brackets, or "[French]" stood behind it
  bool hasCitation = false;   ///< "(vol 3, pg 4, 2001)" or "[Erratum]" stood behind it
};

/// Takes the additions off. The result is a view of `title`. Thread: any.
BareTitle bareTitle(std::string_view title);

/// A title in two languages: "X [Y]" and "X = Y" (ISBD: the parallel title).
struct ParallelTitle {
  std::string_view first, second;  ///< parts of the given title; second is empty if it is no title by itself
};

/// Splits a title whose second part is four words or more. Thread: any.
ParallelTitle splitParallelTitle(std::string_view title);

}  // namespace winnow::duplicates
