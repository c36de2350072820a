// The sheet on which people say whether reports are of one study.
#pragma once

#include <string>
#include <vector>

#include "engine/people/Studies.hpp"

namespace winnow::engine {

/// A row for each report of each proposal: proposed (the registration number), record, decision (same or alone), study
/// (a name, if another than the number), title, year, authors. Filled in, it is a file of `studies:`.
std::string studySheet(const PeopleInput& input, const std::vector<StudyProposal>& proposals);

}  // namespace winnow::engine
