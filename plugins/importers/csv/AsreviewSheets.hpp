// What a reader decided in ASReview LAB (versions 1 to 3), as rows of a decision sheet: out of its CSV, TSV, XLSX and
// RIS.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <winnow/record_writer.hpp>

#include "DelimitedText.hpp"
#include "SheetWriter.hpp"

namespace winnow::csv {

/// True for the heading row of an export of ASReview: asreview_label (LAB 2 and later), or included beside
/// asreview_ranking (LAB 1).
bool isAsreviewTable(const std::vector<std::string>& headings);

/// Reads what follows the heading row: one record a reference with the cells record, record by doi ..., reviewer,
/// program, decision, note, time. A label of 1 is include, 0 exclude; references without a label have the cell "not
/// decided" instead. The reviewer is asreview_user_name; who it was where that is empty the review says.
winnow_status readAsreviewTable(Host host, RowReader& rows, RecordWriter& writer,
                                const std::vector<std::string>& headings);

/// True if the notes of a RIS record hold a label: ASReview_relevant, ASReview_irrelevant, ASReview_not_seen.
bool isAsreviewNote(std::string_view notes);
/// One record for the reference, with its vote if it has one.
void writeAsreviewArticle(SheetWriter& sheet, Article article, winnow_span at);

}  // namespace winnow::csv
