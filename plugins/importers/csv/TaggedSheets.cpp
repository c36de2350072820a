#include "TaggedSheets.hpp"

#include <nlohmann/json.hpp>

#include <winnow/formats/derive.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>

#include "AsreviewSheets.hpp"
#include "RayyanSheets.hpp"
#include "SheetWriter.hpp"

namespace winnow::csv {

namespace {

/// The record's key in the line that files of ours carry (exporters/bibliography); empty if the text is none.
std::string idInWinnowLine(std::string_view text) {
  if (text.substr(0, formats::kWinnowLine.size()) != formats::kWinnowLine) return {};
  const auto json = nlohmann::json::parse(text.substr(formats::kWinnowLine.size()), nullptr, false);
  return json.is_object() ? json.value("id", std::string()) : std::string();
}

void addNote(Article& article, std::string_view note) {
  article.notes.append(article.notes.empty() ? "" : " | ").append(note);
}

/// What a line says of which article it is, and of what was said about it.
void take(Article& article, std::string_view tag, std::string_view value) {
  const auto first = [&](std::string& to) {
    if (to.empty()) to = value;
  };
  if (value.empty()) return;
  if (tag == "ID") article.key = value;
  if (tag == "AN") first(article.number);
  if (tag == "DO") article.doi = value;
  if (tag == "TI" || tag == "T1") first(article.title);
  if (tag == "PY" || tag == "Y1") article.year = value.substr(0, 4);
  if (tag == "AU" || tag == "A1") first(article.authors);
  if (tag == "N1") addNote(article, value);
  if (tag == "C8")
    if (const std::string id = idInWinnowLine(value); !id.empty()) addNote(article, "winnow-id: " + id);
}

void write(SheetWriter& sheet, Article article, winnow_span at) {
  // The number that EndNote or another program gave the reference names nothing here.
  if (article.key.rfind("rayyan-", 0) != 0) article.key.clear();
  if (isAsreviewNote(article.notes))
    writeAsreviewArticle(sheet, std::move(article), at);
  else
    writeRayyanArticle(sheet, std::move(article), at, 0);
}

}  // namespace

bool isRis(std::string_view line) { return formats::signOf(line) == formats::Sign::Ris; }

winnow_status readTaggedSheet(Host host, RowReader& rows, RecordWriter& writer) {
  SheetWriter sheet(host, writer);
  Article article;
  winnow_span at{};
  const auto finish = [&] {
    if (at.line != 0) write(sheet, std::move(article), at);
    article = {};
    at = {};
  };
  for (Row row; rows.next(row);) {
    const std::string_view line = formats::trim(row.text);
    const bool hasValue = line.size() > 6 && line.substr(2, 4) == "  - ";
    const std::string_view tag = line.substr(0, 2),
                           value = hasValue ? formats::trim(line.substr(6)) : std::string_view{};
    if (tag == "TY" && !value.empty()) {
      finish();
      at = row.at;
    } else if (at.line == 0 && formats::signOf(line) == formats::Sign::None) {
      writer.declare(row.at, WINNOW_COMMENT);
    }
    if (at.line != 0) at.length = static_cast<std::uint32_t>(row.at.byte + row.at.length - at.byte);
    take(article, tag, value);
    if (tag == "ER") finish();
    rows.discard();
    if (!writer.full() || at.line != 0) continue;
    if (const winnow_status status = writer.flush(); status != WINNOW_OK) return status;
  }
  finish();
  return rows.status() != WINNOW_OK ? rows.status() : writer.flush();
}

}  // namespace winnow::csv
