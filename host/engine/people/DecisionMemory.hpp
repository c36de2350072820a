// What the ledger remembers of people's words in one step.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "Decisions.hpp"

namespace winnow::engine {

/// Whose word about what: kind of event, representative (0: none), wave of a batch, actor.
using Subject = std::tuple<std::string, RecordId, std::string, std::string>;

/// The newest word of each subject that was not taken back. Events about records that are in the review no more are
/// left out.
std::map<Subject, ledger::EventRow> rememberedWords(const PeopleInput& input, const config::Step& step);

/// What the files say now, as events.
std::map<Subject, ledger::EventRow> presentWords(const PeopleInput& input, const config::Step& step,
                                                 const StepDecisions& said);

/// Adds to another ledger, one that holds nothing of the step, what people said of records that are in the review, by
/// the keys that these have now. Inside a transaction of `to`. Returns how many of the words no file says any more.
std::size_t copyMemory(const PeopleInput& from, const config::Step& step, const StepDecisions& said,
                       ledger::Ledger& to);

/// "KBAA; ON".
std::string joinedNames(const std::vector<std::string>& names);
/// The names in "KBAA; ON", "KBAA, ON" or "KBAA & ON".
std::vector<std::string> splitNames(std::string_view text);

}  // namespace winnow::engine
