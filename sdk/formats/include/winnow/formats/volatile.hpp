// winnow/formats/volatile.hpp: what another export of the same record says differently: when it was exported, how often
// it was cited, when somebody looked at it. Importers flag such raw fields WINNOW_FIELD_VOLATILE, so that a record
// exported again is the same record. Pure functions; any thread.
#pragma once

#include <string_view>

namespace winnow::formats {

/// True for a heading, a field or a path whose name says so: "Times Cited, All Databases", "urldate", "cited_by_count",
/// "Date of Export". Case, blanks and signs do not matter. Codes ("TC") tell nothing: tables name them.
bool isVolatileName(std::string_view name);

/// True for a note that databases write about the record instead of from it: "Export Date: 15 February 2020", "Cited By
/// :12" (Scopus), "Times Cited in Web of Science Core Collection: 3", "Last updated - 2020-02-15" (ProQuest).
bool isVolatileRemark(std::string_view note);

}  // namespace winnow::formats
