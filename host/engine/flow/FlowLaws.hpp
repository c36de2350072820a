// The laws of the flow diagram: what must hold between its numbers before it is drawn (winnow-flow/1).
// A flow that is still under way may state `waiting` at a stage or a lane: records that wait for people. They count
// like excluded ones in `stage-out` and `included-reports`, and as an exit.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::engine {

/// A law that does not hold. `law` is its name, "schema" if the document itself is malformed.
/// `where`: "db", "other", "LANE/STAGE", "waves/WAVE/LANE", "included" or "total"; for "schema" the path of the value
/// ("db/screend", "db/stages/0/by/human").
struct FlowViolation {
  std::string law, where, message;
  std::vector<std::string> records;  ///< ids of the records concerned, where lists of ids were given
};

/// Reads a flow document, order of keys kept. Gives what is wrong with the text itself (law "schema"): no JSON, a
/// repeated key (the first value stays), nesting deeper than any flow. `out` is complete only if nothing is wrong.
/// Thread: any.
std::vector<FlowViolation> parseFlow(std::string_view text, nlohmann::ordered_json& out);

/// Checks a flow document against its schema and, if that holds, against all laws. Empty: the flow is consistent.
/// Every law is checked on the stated numbers, so that one fault gives one violation; a law with a negative operand is
/// left to `non-negative`. Deterministic order. Thread: any.
std::vector<FlowViolation> checkFlow(const nlohmann::ordered_json& flow);
std::vector<FlowViolation> checkFlow(const nlohmann::json& flow);

/// True if `violations` speak of the document instead of its numbers (exit code 2 of `winnow flow`).
bool isSchemaFault(const std::vector<FlowViolation>& violations);

}  // namespace winnow::engine
