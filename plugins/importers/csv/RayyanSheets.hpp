// What reviewers decided in Rayyan, as rows of a decision sheet: out of its CSV, its RIS and its log.
#pragma once

#include <string>
#include <vector>

#include <winnow/record_writer.hpp>

#include "DelimitedText.hpp"
#include "SheetWriter.hpp"

namespace winnow::csv {

/// True for the heading row of Rayyan's customizations_log.csv.
bool isRayyanLog(const std::vector<std::string>& headings);
/// True for the heading row of Rayyan's articles.csv.
bool isRayyanTable(const std::vector<std::string>& headings);

/// Each reads what follows the heading row. One record an article or, in the log, a decision, with the cells record,
/// alias, record by doi, record by pmid, record by title, reviewer, decision, reason, note, time. A record is named by
/// our own id if it came back, else by Rayyan's.
winnow_status readRayyanTable(Host host, RowReader& rows, RecordWriter& writer,
                              const std::vector<std::string>& headings);
winnow_status readRayyanLog(Host host, RowReader& rows, RecordWriter& writer, const std::vector<std::string>& headings);

/// One record for the article, a group for each vote that its notes hold; without Rayyan's notes its names alone.
void writeRayyanArticle(SheetWriter& sheet, const Article& article, winnow_span at, std::uint32_t row);

}  // namespace winnow::csv
