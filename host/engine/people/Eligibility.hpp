// A decision that follows from answers about single criteria: yes, no, unclear, in three values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "RowProblems.hpp"
#include "Sheets.hpp"

namespace winnow::engine {

/// What a reader answers to one criterion.
enum class Holds { Yes, No, Unclear };

/// "yes", "no", "unclear", and what people write for them ("y", "n", "?"); nothing for other words.
std::optional<Holds> holdsIn(std::string_view text);

/// The heading of a criterion's column: "context?".
std::string criterionColumn(const config::Criterion& criterion);

/// What follows from the answers so far.
struct Judgement {
  std::string decision;  ///< "include", "exclude", "maybe"; empty: too little is answered
  std::string reason;    ///< id of the first criterion that decides for exclude
};

/// By id of the criterion; what is not answered is absent. One criterion that is broken excludes, whatever else is
/// open. Otherwise every criterion that applies must be answered; then unclear ones make it "maybe". A criterion with a
/// condition applies where the other criterion's answer meets it: it counts for nothing where the condition is not met,
/// and is unclear where that is unclear.
Judgement judge(const std::vector<config::Criterion>& criteria, const std::map<std::string, Holds>& answers);

/// Decides rows of a screening sheet that has columns of criteria: fills in the cells "decision" and "reason" where the
/// decision is empty. Answers that are none, and decisions that contradict the answers, are reported.
void decideByCriteria(const config::Review& review, std::vector<SheetRow>& rows, RowProblems& problems);

}  // namespace winnow::engine
