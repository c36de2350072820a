// Whether two records name the same journal.
#pragma once

#include "Agreement.hpp"
#include "features/Journal.hpp"

namespace winnow::duplicates {

/// Equal: one name spelt alike or one ISSN shared. Compatible: an abbreviation, an acronym, or nearly the same words.
/// Symmetric. Thread: any.
Agreement compareJournals(const Journal& a, const Journal& b);

/// True if `shorter` abbreviates `longer` word by word: "j clin oncol", "journal of clinical oncology".
bool abbreviates(std::string_view shorter, std::string_view longer);

}  // namespace winnow::duplicates
