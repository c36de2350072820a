// Whether two records name the same journal, book or meeting.
#pragma once

#include "Agreement.hpp"
#include "features/Journal.hpp"

namespace winnow::duplicates {

struct JournalComparison {
  Agreement agreement = Agreement::empty;
  bool isPart = false;  ///< one name begins with the other: a journal and its part, or two journals
};

/// Equal: one name spelt alike or one ISSN shared. Compatible: an abbreviation, an acronym, the same meeting named in
/// another way, or nearly the same words. Empty: a name is missing, or the two can't be told apart nor matched: a
/// journal and a part of it ("Pomona", "Pomona - Clinical Practice"), a meeting by its acronym and by its subject.
/// Contradiction: two names. Both must be finished (Journal::finish). Symmetric. Thread: any.
JournalComparison compareJournals(const Journal& a, const Journal& b);

}  // namespace winnow::duplicates
