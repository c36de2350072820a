// The numbers of the flow diagram, counted from what became of every record: winnow-flow/1, and the documents beside it
// that exporters may ask for (docs/documents.md).
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "engine/Evaluation.hpp"

namespace winnow::engine {

/// winnow-flow/1. With several waves also `waves`. Steps still open have `waiting`.
nlohmann::ordered_json flowOf(const Evaluation& evaluation, const config::Review& review);
/// The record of a work that the diagram counts as the work: the first that its lane and wave delivered. The others are
/// its duplicates.
RecordId countedAs(const Evaluation& evaluation, const config::Review& review, RecordId representative);
/// winnow-steps/1: every step with its counts and categories, and how it was done (Conduct.hpp).
nlohmann::ordered_json stepsOf(const Evaluation& evaluation, const config::Review& review);
/// winnow-votes/1: doubly read records of every screening step, first votes.
nlohmann::ordered_json votesOf(const Evaluation& evaluation, const config::Review& review);
/// winnow-form/1: the form of a charting step.
nlohmann::ordered_json formOf(const config::Form& form);
/// winnow-review/1: title, question, criteria, definitions.
nlohmann::ordered_json reviewOf(const config::Review& review);

}  // namespace winnow::engine
