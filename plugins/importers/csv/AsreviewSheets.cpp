#include "AsreviewSheets.hpp"

#include <winnow/formats/text.hpp>

namespace winnow::csv {

namespace {

constexpr std::string_view kRelevant = "ASReview_relevant", kIrrelevant = "ASReview_irrelevant",
                           kNotSeen = "ASReview_not_seen";
constexpr std::string_view kProgram = "ASReview";

/// "1", "1.0" (pandas writes labels beside missing ones as decimals) -> include.
std::string_view decisionOf(std::string_view label) {
  if (label == "1" || label == "1.0") return "include";
  if (label == "0" || label == "0.0") return "exclude";
  return {};
}

std::string_view first(std::string_view a, std::string_view b) { return a.empty() ? b : a; }

/// Notes of LAB 2 and 3, those of the extension for LAB 1, and every tag that is set.
std::string notesOf(const std::vector<std::string>& headings, const Row& row) {
  std::string notes, labels;
  for (std::size_t i = 0; i < headings.size() && i < row.cells.size(); ++i) {
    const std::string heading = formats::lower(headings[i]);
    const std::string_view text = formats::trim(row.cells[i].text);
    if (text.empty()) continue;
    if (heading == "asreview_note" || heading.rfind("exported_notes", 0) == 0)
      notes.append(notes.empty() ? "" : "; ").append(formats::collapsed(text));
    constexpr std::string_view kTag = "asreview_tag_";
    if (heading.rfind(kTag, 0) == 0 && (text == "1" || text == "1.0" || formats::lower(text) == "true"))
      labels.append(labels.empty() ? "" : ", ").append(headings[i].substr(kTag.size()));
  }
  if (!labels.empty()) notes.append(notes.empty() ? "" : "; ").append("labels: " + labels);
  return notes;
}

}  // namespace

bool isAsreviewTable(const std::vector<std::string>& headings) {
  return hasHeadings(headings, {"asreview_label"}) || hasHeadings(headings, {"included", "asreview_ranking"});
}

winnow_status readAsreviewTable(Host host, RowReader& rows, RecordWriter& writer,
                                const std::vector<std::string>& headings) {
  SheetWriter sheet(host, writer);
  std::uint32_t number = 1;
  for (Row row; rows.next(row);) {
    ++number;
    if (row.isBlank) {
      writer.declare(row.at, WINNOW_SEPARATOR);
      continue;
    }
    const Cells cells(headings, row);
    Article article{std::string(first(cells["winnow_id"], cells["record"])),
                    std::string(cells["doi"]),
                    std::string(first(cells["pubmed_id"], cells["pmid"])),
                    std::string(first(cells["title"], cells["primary_title"])),
                    std::string(cells["year"]),
                    std::string(first(cells["authors"], cells["first_authors"])),
                    std::string(cells["accession_number"]),
                    std::string(cells["notes"])};
    sheet.begin(article, row.at, number);
    const std::string_view decision = decisionOf(first(cells["asreview_label"], cells["included"]));
    if (!decision.empty()) {
      sheet.cell("reviewer", cells["asreview_user_name"]);
      sheet.cell("program", kProgram);
      sheet.cell("decision", decision);
      sheet.cell("time", cells["asreview_time"]);
      sheet.cell("note", notesOf(headings, row));
    } else {
      sheet.cell("not decided", kProgram);
    }
    sheet.end();
    if (!writer.full()) continue;
    if (const winnow_status status = writer.flush(); status != WINNOW_OK) return status;
    rows.discard();
  }
  return rows.status() != WINNOW_OK ? rows.status() : writer.flush();
}

bool isAsreviewNote(std::string_view notes) {
  for (const std::string_view mark : {kRelevant, kIrrelevant, kNotSeen})
    if (notes.find(mark) != std::string_view::npos) return true;
  return false;
}

void writeAsreviewArticle(SheetWriter& sheet, Article article, winnow_span at) {
  const bool isRelevant = article.notes.find(kRelevant) != std::string::npos;
  const bool isIrrelevant = article.notes.find(kIrrelevant) != std::string::npos;
  sheet.begin(article, at);
  if (isRelevant != isIrrelevant) {
    sheet.cell("program", kProgram);
    sheet.cell("decision", isRelevant ? "include" : "exclude");
  } else {
    sheet.cell("not decided", kProgram);
  }
  sheet.end();
}

}  // namespace winnow::csv
