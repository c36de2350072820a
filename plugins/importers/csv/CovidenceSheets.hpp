// What a team decided in Covidence, as rows of a decision sheet: out of the CSV of one of its lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <winnow/record_writer.hpp>

#include "DelimitedText.hpp"

namespace winnow::csv {

/// True for the heading row of a CSV that Covidence exports.
bool isCovidenceTable(const std::vector<std::string>& headings);

/// Reads what follows the heading row: one record a study with the cells record by doi, record by title, number,
/// program, decision, reason, note. Covidence exports outcomes, not votes, a list at a time: the list is recognised by
/// the words of the file's name (irrelevant, excluded, select, included, extraction), and an exclusion also by notes
/// ("Exclusion reason: Wrong setting;"). Where neither tells, the rows have no decision. Who decided the review says.
winnow_status readCovidenceTable(Host host, RowReader& rows, RecordWriter& writer,
                                 const std::vector<std::string>& headings, std::string_view fileName);

/// The decision that the name of an exported list tells: "include", "exclude", or empty.
std::string_view covidenceDecision(std::string_view fileName);

}  // namespace winnow::csv
