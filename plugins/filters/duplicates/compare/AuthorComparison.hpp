// Whether two lists of authors name the same people.
#pragma once

#include <cstddef>

#include "features/Authors.hpp"

namespace winnow::duplicates {

struct AuthorComparison {
  bool isMissing = true;    ///< one list is empty, or names a group where the other names persons
  bool sameFirst = false;   ///< first author equal
  double share = 0;         ///< matched / size of the shorter list
  std::size_t matched = 0;  ///< people found in both lists
  bool isOpen = false;      ///< one list says that more people follow
  bool sameCount = false;   ///< neither list goes on, and both are equally long

  /// The lists name the same people as far as both go.
  bool agree() const { return !isMissing && share >= 0.8; }
  bool contradict() const { return !isMissing && matched == 0; }
};

/// Families equal (spelling errors and particles allowed) and initials not contradicting. Symmetric. Thread: any.
AuthorComparison compareAuthors(const Authors& a, const Authors& b);

/// One person against one person. Symmetric.
bool samePerson(const Author& a, const Author& b);

}  // namespace winnow::duplicates
