// What the page is told, as JSON (docs/screening-interface.md).
#pragma once

#include <nlohmann/json.hpp>

#include "DecisionFile.hpp"
#include "ReadingStep.hpp"
#include "Request.hpp"

namespace winnow::screen {

using Json = nlohmann::ordered_json;

/// An answer of 200 with that body.
Response answerOf(const Json& json);

Json jsonOf(const Counts& counts);
/// The reader's own word; null where there is none, nor a note or label.
Json jsonOf(const Own& own);
/// A record with the reader's own word. `proposal` as it may be shown.
Json jsonOf(const RecordText& text, const Own& own, std::size_t revision, const std::optional<Proposal>& proposal,
            const std::string& plugin);
/// A row about a record, nothing said yet.
Row rowOf(const RecordText& text);
/// Everything the page needs to know of a step. Asks the ledger for the reasons of a filter.
Json stepOf(const engine::Workspace& work, const ReadingStep& reading, const std::string& reader);

}  // namespace winnow::screen
