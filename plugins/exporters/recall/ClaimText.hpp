// A claim in words and for programs: one wording for the command, the run, the report and the screening page.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "Claim.hpp"

namespace winnow::recall {

/// "86.1 %", rounded down: never more than was shown.
std::string percentText(double share);

/// "recall >= 86.1 % (62 of at most 72)", or that nothing was found. No full stop, no line end; so are the others.
std::string boundText(const Claim& claim);

/// What it takes to claim the target: how many more records, or the next planned look.
std::string nextStepText(const Claim& claim);

/// Said of a claim that isContradicted.
std::string contradictionText(const Claim& claim);

/// One object of format winnow-recall/1 (docs/documents.md); null where nothing is defined.
nlohmann::ordered_json jsonOf(const Claim& claim);

}  // namespace winnow::recall
