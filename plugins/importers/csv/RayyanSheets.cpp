#include "RayyanSheets.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <winnow/formats/rayyan.hpp>
#include <winnow/formats/text.hpp>

#include "CsvImporter.hpp"
#include "SheetWriter.hpp"

namespace winnow::csv {

namespace {

constexpr std::string_view kReasonPrefix = "__EXR__";  // before the words of a reason, in the log

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

/// An exclusion has one reason here: the reader's own, else the first that is not known to be another's; the rest for
/// the note.
std::pair<std::string, std::string> reasonAndRest(std::vector<std::string> others, const std::string& own) {
  const std::string reason = own.empty() && !others.empty() ? others.front() : own;
  others.erase(std::remove(others.begin(), others.end(), reason), others.end());
  return {reason, others.empty() ? std::string() : "reasons also given: " + joined(others, ", ")};
}

/// Parts of a note.
std::string noteOf(const std::vector<std::string>& parts) {
  std::string note;
  for (const std::string& part : parts)
    if (!part.empty()) note += (note.empty() ? "" : "; ") + part;
  return note;
}
std::string labelled(const std::vector<std::string>& labels) {
  return labels.empty() ? std::string() : "labels: " + joined(labels, ", ");
}

/// What one reviewer said of one article, taken together when the log has been read.
struct Standing {
  std::vector<std::string> reasons, labels;
  std::size_t last = 0;  ///< index of the decision that counts
  bool isTakenBack = false;
};

struct LoggedDecision {
  winnow_span at;
  std::string article, reviewer, decision, time;
};

/// Events of the log, in its order.
class Log {
 public:
  /// True for a decision, which becomes a row of the sheet; what else the log says (reasons, labels, a decision taken
  /// back) goes into those rows.
  bool add(const Cells& cells, winnow_span at) {
    std::string key = formats::collapsed(cells["key"]);
    while (key.size() > 1 && key.front() == '"' && key.back() == '"') key = key.substr(1, key.size() - 2);
    const std::string_view value = cells["value"];
    const std::string article(cells["article_id"]);
    // The number of the account, not its address: personal data stay in the file.
    const std::string reviewer = "rayyan-user-" + std::string(cells["user_id"]);
    Standing& standing = standings_[{article, reviewer}];
    if (key == "included")
      return decide(standing, {at, article, reviewer, std::string(value), std::string(cells["created_at"])});
    const bool isReason = key.substr(0, kReasonPrefix.size()) == kReasonPrefix;
    std::vector<std::string>& words = isReason ? standing.reasons : standing.labels;
    const std::string word = isReason ? key.substr(kReasonPrefix.size()) : key;
    words.erase(std::remove(words.begin(), words.end(), word), words.end());
    if (value == "1") words.push_back(word);
    return false;
  }

  /// Every decision, the one that counts with its reasons and labels.
  void write(SheetWriter& sheet, RecordWriter& writer) const {
    for (std::size_t i = 0; i < decisions_.size(); ++i) {
      const LoggedDecision& d = decisions_[i];
      const Standing& standing = standings_.at({d.article, d.reviewer});
      writer.begin(d.at);
      sheet.cell("record", "rayyan-" + d.article);
      sheet.cell("reviewer", d.reviewer);
      sheet.cell("time", d.time);
      sheet.cell("decision", standing.isTakenBack ? "taken back" : d.decision);
      if (standing.last == i) {
        const auto [reason, others] = reasonAndRest(standing.reasons, {});
        if (d.decision == "exclude") sheet.cell("reason", reason);
        sheet.cell("note", noteOf({d.decision == "exclude" ? others : std::string(), labelled(standing.labels)}));
      }
      writer.end();
    }
  }

 private:
  bool decide(Standing& standing, LoggedDecision decision) {
    const std::string& value = decision.decision;
    standing.isTakenBack = value != "1" && value != "0" && value != "-1";
    if (standing.isTakenBack) return false;
    decision.decision = value == "1" ? "include" : value == "0" ? "maybe" : "exclude";
    standing.last = decisions_.size();
    decisions_.push_back(std::move(decision));
    return true;
  }

  std::map<std::pair<std::string, std::string>, Standing> standings_;
  std::vector<LoggedDecision> decisions_;
};

}  // namespace

void writeRayyanArticle(SheetWriter& sheet, const Article& article, winnow_span at, std::uint32_t row) {
  const formats::RayyanNotes notes = formats::readRayyanNotes(article.notes);
  std::vector<std::string> nobodys = notes.reasons;  // reasons that are not known to be one reviewer's
  for (const formats::RayyanNotes::Vote& vote : notes.votes)
    nobodys.erase(std::remove(nobodys.begin(), nobodys.end(), vote.reason), nobodys.end());
  sheet.begin(article, at, row);
  for (const formats::RayyanNotes::Vote& vote : notes.votes) {
    const std::uint16_t group = sheet.writer().group();
    sheet.cell("reviewer", vote.reviewer, group);
    sheet.cell("decision", vote.decision, group);
    std::string others;
    if (vote.decision == "exclude") {
      auto [reason, rest] = reasonAndRest(nobodys, vote.reason);
      sheet.cell("reason", reason, group);
      others = std::move(rest);
    }
    sheet.cell("note", noteOf({vote.note, others, labelled(notes.labels)}), group);
  }
  sheet.end();
}

bool isRayyanLog(const std::vector<std::string>& headings) {
  return hasHeadings(headings, {"created_at", "user_id", "article_id", "key", "value"});
}

bool isRayyanTable(const std::vector<std::string>& headings) {
  return hasHeadings(headings, {"key", "title", "notes", "pubmed_id"});
}

winnow_status readRayyanTable(Host host, RowReader& rows, RecordWriter& writer,
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
    writeRayyanArticle(sheet,
                       {std::string(cells["key"]),
                        std::string(cells["doi"]),
                        std::string(cells["pubmed_id"]),
                        std::string(cells["title"]),
                        std::string(cells["year"]),
                        std::string(cells["authors"]),
                        {},
                        std::string(cells["notes"])},
                       row.at, number);
    if (!writer.full()) continue;
    if (const winnow_status status = writer.flush(); status != WINNOW_OK) return status;
    rows.discard();
  }
  return rows.status() != WINNOW_OK ? rows.status() : writer.flush();
}

winnow_status readRayyanLog(Host host, RowReader& rows, RecordWriter& writer,
                            const std::vector<std::string>& headings) {
  Log log;
  for (Row row; rows.next(row); rows.discard()) {
    const bool isRecord = !row.isBlank && log.add(Cells(headings, row), row.at);
    if (!isRecord) writer.declare(row.at, row.isBlank ? WINNOW_SEPARATOR : WINNOW_STRUCTURE);
  }
  if (rows.status() != WINNOW_OK) return rows.status();
  SheetWriter sheet(host, writer);
  log.write(sheet, writer);
  return writer.flush();
}

}  // namespace winnow::csv
