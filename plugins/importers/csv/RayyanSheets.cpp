#include "RayyanSheets.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <winnow/formats/derive.hpp>
#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/rayyan.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>

#include "CsvImporter.hpp"

namespace winnow::csv {

namespace {

constexpr std::string_view kReason = "__EXR__";  // before the words of a reason, in the log

bool hasAll(const std::vector<std::string>& headings, std::initializer_list<std::string_view> names) {
  return std::all_of(names.begin(), names.end(), [&](std::string_view name) {
    return std::find(headings.begin(), headings.end(), name) != headings.end();
  });
}

/// The cells of a row by their headings.
class Cells {
 public:
  Cells(const std::vector<std::string>& headings, const Row& row) : headings_(headings), row_(row) {}
  std::string_view operator[](std::string_view heading) const {
    const auto found = std::find(headings_.begin(), headings_.end(), heading);
    const auto i = static_cast<std::size_t>(found - headings_.begin());
    return i < row_.cells.size() ? cellValue(row_.cells[i].text) : std::string_view{};
  }

 private:
  const std::vector<std::string>& headings_;
  const Row& row_;
};

/// What names an article, and the notes about it.
struct Article {
  std::string key, doi, pmid, title, notes;
};

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

/// Writes the cells of sheets.
class SheetWriter {
 public:
  SheetWriter(Host host, RecordWriter& writer) : host_(host), writer_(writer) {}

  /// One row an article: how it is called, and every vote in a group of its own.
  void article(const Article& article, winnow_span at) {
    writer_.begin(at);
    const formats::RayyanNotes notes = formats::readRayyanNotes(article.notes);
    const std::string_view ours = formats::findWinnowId(article.notes);
    cell("record", ours.empty() ? std::string_view(article.key) : ours);
    cell("alias", article.key);
    if (const std::string doi = formats::normaliseDoi(article.doi); !doi.empty()) cell("record by doi", "doi:" + doi);
    if (const std::string pmid = formats::normalisePmid(article.pmid); !pmid.empty())
      cell("record by pmid", "pmid:" + pmid);
    if (!article.title.empty()) cell("record by title", "title:" + article.title);
    for (const formats::RayyanNotes::Vote& vote : notes.votes) {
      const std::uint16_t group = writer_.group();
      cell("reviewer", vote.reviewer, group);
      cell("decision", vote.decision, group);
      if (vote.decision == "exclude") cell("reason", joined(notes.reasons, "; "), group);
      if (!notes.labels.empty()) cell("note", "labels: " + joined(notes.labels, ", "), group);
    }
    writer_.end();
  }

  void cell(std::string_view heading, std::string_view value, std::uint16_t group = 0) {
    if (formats::isBlank(value)) return;
    writer_.derive(host_.tag("cell." + std::string(heading)), writer_.keep(formats::collapsed(value)),
                   {WINNOW_NONE, 0, group, 0});
  }

 private:
  Host host_;
  RecordWriter& writer_;
};

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
    const bool isReason = key.substr(0, kReason.size()) == kReason;
    std::vector<std::string>& words = isReason ? standing.reasons : standing.labels;
    const std::string word = isReason ? key.substr(kReason.size()) : key;
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
      if (standing.last == i && d.decision == "exclude") sheet.cell("reason", joined(standing.reasons, "; "));
      if (standing.last == i && !standing.labels.empty())
        sheet.cell("note", "labels: " + joined(standing.labels, ", "));
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

bool isRayyanLog(const std::vector<std::string>& headings) {
  return hasAll(headings, {"created_at", "user_id", "article_id", "key", "value"});
}

bool isRayyanTable(const std::vector<std::string>& headings) {
  return hasAll(headings, {"key", "title", "notes", "pubmed_id"});
}

winnow_status readRayyanTable(Host host, RowReader& rows, RecordWriter& writer,
                              const std::vector<std::string>& headings) {
  SheetWriter sheet(host, writer);
  for (Row row; rows.next(row);) {
    if (row.isBlank) {
      writer.declare(row.at, WINNOW_SEPARATOR);
      continue;
    }
    const Cells cells(headings, row);
    sheet.article({std::string(cells["key"]), std::string(cells["doi"]), std::string(cells["pubmed_id"]),
                   std::string(cells["title"]), std::string(cells["notes"])},
                  row.at);
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

winnow_status readRayyanRis(Host host, RowReader& rows, RecordWriter& writer) {
  SheetWriter sheet(host, writer);
  Article article;
  winnow_span at{};
  const auto finish = [&] {
    if (at.line != 0) sheet.article(article, at);
    article = {};
    at = {};
  };
  for (Row row; rows.next(row);) {
    const std::string_view line = formats::trim(row.text);
    const std::string_view tag = line.substr(0, 2), value = line.size() > 6 && line.substr(2, 4) == "  - "
                                                                ? formats::trim(line.substr(6))
                                                                : std::string_view{};
    if (tag == "TY" && !value.empty()) {
      finish();
      at = row.at;
    } else if (at.line == 0 && formats::signOf(line) == formats::Sign::None)
      writer.declare(row.at, WINNOW_COMMENT);
    if (at.line != 0) at.length = static_cast<std::uint32_t>(row.at.byte + row.at.length - at.byte);
    if (tag == "ID" || (tag == "AN" && article.key.empty()))
      article.key = value;
    else if (tag == "DO")
      article.doi = value;
    else if (tag == "TI" || (tag == "T1" && article.title.empty()))
      article.title = value;
    else if (tag == "N1" && !value.empty())
      article.notes.append(article.notes.empty() ? "" : " | ").append(value);
    else if (tag == "ER")
      finish();
    rows.discard();
    if (!writer.full() || at.line != 0) continue;
    if (const winnow_status status = writer.flush(); status != WINNOW_OK) return status;
  }
  finish();
  return rows.status() != WINNOW_OK ? rows.status() : writer.flush();
}

}  // namespace winnow::csv
