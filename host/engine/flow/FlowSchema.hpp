// The form of a winnow-flow/1 document, and how its numbers are read.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "FlowLaws.hpp"

namespace winnow::engine {

/// Unknown and missing keys, values of the wrong kind, each with its path; empty if the document is well-formed.
std::vector<FlowViolation> schemaViolations(const nlohmann::ordered_json& flow);

/// True for {"n": 3, "records": [...]}.
bool isCountedList(const nlohmann::ordered_json& value);

/// Value of a number of a well-formed flow: an integer, the length of a list, or the stated n.
std::int64_t numberOf(const nlohmann::ordered_json& value);

/// The record ids of a number; empty if it is a bare integer.
std::vector<std::string> recordsOf(const nlohmann::ordered_json& value);

}  // namespace winnow::engine
