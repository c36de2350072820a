// The sheets that people fill in next: for readers, for those who decide together, for charting.
#pragma once

#include <string>
#include <vector>

#include "OutputWriter.hpp"
#include "engine/steps/ReadingOrder.hpp"

namespace winnow::engine {

/// What every reader of a step said about a record, and their joint word: for those who decide together, and for other
/// programs. Borrows the step.
ExtraFields wordsOfAll(const StepResult& step);

/// `given` in the order in which it should be read: what is open as the step's ranker says, then what the reader has
/// decided, as listed; as it is where the step has no ranker.
std::vector<RecordId> ordered(const Workspace& work, const Evaluation& evaluation, const StepResult& step,
                              const std::string& reviewer, std::vector<RecordId> given);

/// What a machine proposes about the records of a step, for the person who confirms; empty where none does. Borrows
/// both.
ExtraFields proposalsOf(const Workspace& work, const StepResult& step);

/// Where a reader's sheet of a step lies, relative to the review's folder, without its extension. Whatever the names
/// are, it lies among the sheets.
std::string sheetPath(const config::Review& review, const std::string& step, const std::string& reviewer);

/// Writes a sheet for every reader with open work, in <out>/sheets/<step>/<reader>.csv or .xlsx, beside CSV a text with
/// question, definitions and criteria. A sheet holds everything that its reader was given in the step, with the
/// reader's own words, so that saving it over an older one loses nothing. One that somebody filled in with what the
/// review does not know is never overwritten.
std::vector<OutputReport> writeSheets(const Workspace& work, const Evaluation& evaluation);

}  // namespace winnow::engine
