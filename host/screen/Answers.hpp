// What the page receives, as JSON (docs/screening-interface.md).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ChartingStep.hpp"
#include "DecidingStep.hpp"
#include "DecisionFile.hpp"
#include "Request.hpp"

namespace winnow::screen {

using Json = nlohmann::ordered_json;

/// An answer of 200 with that body.
Response answerOf(const Json& json);

Json jsonOf(const Counts& counts);
/// How far a reader is in a step, and what may be claimed about recall where the step has an order.
Json progressOf(const ReadingStep& reading);
/// The reader's own word; null where there is none, nor a note or label.
Json jsonOf(const Own& own);
/// A record with the reader's own word. `proposal` as it may be shown.
Json jsonOf(const RecordText& text, const Own& own, std::size_t revision, const std::optional<Proposal>& proposal,
            const std::string& plugin);
/// A row about a record, nothing said yet.
Row rowOf(const RecordText& text);
/// A step of the page that has nothing but a name, a kind and a question; what a kind has besides is put over it.
Json plainStep(const config::Step& step, const char* kind, const std::string& question);
/// Everything the page needs to know of a step. Asks the ledger for the reasons of a filter.
Json stepOf(const engine::Workspace& work, const DecidingStep& reading, const std::string& reader);
/// The same of a charting step, with the form as data.
Json stepOf(const engine::Workspace& work, const ChartingStep& charting);

}  // namespace winnow::screen
