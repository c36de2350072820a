// The identifiers of a RIS record, which stand in other tags than they should.
#pragma once

#include "RisFields.hpp"
#include "RisRecordView.hpp"

namespace winnow::ris {

/// Derives DOI, PMID, PMCID, accession number, the file's own id, ISSN and ISBN onto the writer's open record.
void deriveIdentifiers(const RecordView& record, const formats::Tags& tags, const Rules& rules, RecordWriter& writer);

}  // namespace winnow::ris
