#include "CovidenceSheets.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

#include "SheetWriter.hpp"

namespace winnow::csv {

namespace {

constexpr std::string_view kReason = "Exclusion reason:";

/// What the notes say: "Exclusion reason: Wrong setting; (2020-11-28 10:15:03)(Select): ask the authors; ".
struct Notes {
  std::string reason, rest;
};
Notes readNotes(std::string_view text) {
  Notes notes;
  for (const std::string_view part : formats::split(text, ";")) {
    if (formats::startsWithIgnoringCase(part, kReason))
      notes.reason = formats::collapsed(part.substr(kReason.size()));
    else
      notes.rest.append(notes.rest.empty() ? "" : "; ").append(formats::collapsed(part));
  }
  return notes;
}

}  // namespace

bool isCovidenceTable(const std::vector<std::string>& headings) {
  return hasHeadings(headings, {"Title", "Covidence #"});
}

std::string_view covidenceDecision(std::string_view fileName) {
  const std::string words = " " + formats::foldForMatching(fileName.substr(fileName.rfind('/') + 1)) + " ";
  const auto has = [&](const char* word) { return words.find(word) != std::string::npos; };
  if (has(" irrelevant ") || has(" excluded ")) return "exclude";
  if (has(" select ") || has(" included ") || has(" extraction ") || has(" extract ")) return "include";
  return {};
}

winnow_status readCovidenceTable(Host host, RowReader& rows, RecordWriter& writer,
                                 const std::vector<std::string>& headings, std::string_view fileName) {
  SheetWriter sheet(host, writer);
  const std::string_view listed = covidenceDecision(fileName);
  std::uint32_t number = 1;
  for (Row row; rows.next(row);) {
    ++number;
    if (row.isBlank) {
      writer.declare(row.at, WINNOW_SEPARATOR);
      continue;
    }
    const Cells cells(headings, row);
    Notes notes = readNotes(cells["Notes"]);
    sheet.begin({{},
                 std::string(cells["DOI"]),
                 {},
                 std::string(cells["Title"]),
                 std::string(cells["Published Year"]),
                 std::string(cells["Authors"]),
                 std::string(cells["Accession Number"]),
                 std::string(cells["Notes"])},
                row.at, number);
    const std::string_view decision = notes.reason.empty() ? listed : "exclude";
    sheet.cell("program", "Covidence");
    sheet.cell("decision", decision);
    sheet.cell("reason", notes.reason);
    if (!formats::isBlank(cells["Tags"]))
      notes.rest.append(notes.rest.empty() ? "" : "; ").append("labels: ").append(cells["Tags"]);
    sheet.cell("note", notes.rest);
    sheet.end();
    if (!writer.full()) continue;
    if (const winnow_status status = writer.flush(); status != WINNOW_OK) return status;
    rows.discard();
  }
  return rows.status() != WINNOW_OK ? rows.status() : writer.flush();
}

}  // namespace winnow::csv
