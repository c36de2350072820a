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

/// "KBAA; ON".
std::string joinedNames(const std::vector<std::string>& names);
/// The names in "KBAA; ON", "KBAA, ON" or "KBAA & ON".
std::vector<std::string> splitNames(std::string_view text);

}  // namespace winnow::engine
