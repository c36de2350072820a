#include "Answers.hpp"

#include "engine/outputs/SheetDocument.hpp"

namespace winnow::screen {

namespace {

using config::CriterionKind;
using config::Verb;

Json named(const std::string& id, const std::string& text) { return {{"id", id}, {"text", text.empty() ? id : text}}; }

Json criteriaOf(const config::Review& review, const config::Step& step, bool excludes) {
  Json list = Json::array();
  for (const config::Criterion& c : review.criteria)
    if ((c.kind == CriterionKind::NoneOf) == excludes) list.push_back(named(c.id, c.text));
  if (excludes)
    for (const config::Criterion& c : step.reasons) list.push_back(named(c.id, c.text));
  return list;
}

Json reasonsIn(const Json& sheet) {
  Json list = Json::array();
  if (sheet.contains("reasons"))
    for (const Json& reason : sheet["reasons"]) list.push_back(named(reason["id"], reason["text"]));
  return list;
}

Json categoriesIn(const Json& sheet) {
  Json list = Json::array();
  if (sheet.contains("categories"))
    for (const Json& category : sheet["categories"]) list.push_back(named(category, category));
  return list;
}

const char* word(Kind kind) {
  switch (kind) {
    case Kind::Map:
      return "map";
    case Kind::FullText:
      return "full-text";
    case Kind::Screen:
      break;
  }
  return "screen";
}

}  // namespace

Response answerOf(const Json& json) {
  return {200, "application/json", json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Json jsonOf(const Counts& counts) {
  return {{"total", counts.total},     {"open", counts.open},           {"include", counts.include},
          {"exclude", counts.exclude}, {"undecided", counts.undecided}, {"notRetrieved", counts.notRetrieved}};
}

Json jsonOf(const Own& own) {
  if (own.isEmpty() && own.note.empty() && own.labels.empty()) return nullptr;
  return {{"decision", own.decision.empty() ? Json(nullptr) : Json(own.decision)},
          {"reason", own.reason},
          {"note", own.note},
          {"labels", own.labels},
          {"categories", own.categories},
          {"answers", Json::object()}};
}

Json jsonOf(const RecordText& text, const Own& own, std::size_t revision, const std::optional<Proposal>& proposal,
            const std::string& plugin) {
  Json json{{"id", text.key},
            {"title", text.title},
            {"abstract", text.abstract},
            {"authors", text.authors},
            {"year", text.year},
            {"journal", text.journal},
            {"volume", text.volume},
            {"issue", text.issue},
            {"pages", text.pages},
            {"doi", text.doi},
            {"pmid", text.pmid},
            {"number", text.number},
            {"firstAuthor", text.firstAuthor()},
            {"url", text.url},
            {"language", text.language},
            {"type", text.type},
            {"keywords", text.keywords},
            {"pdf", false},
            {"own", jsonOf(own)},
            {"rev", revision},
            {"why", own.why.empty() ? Json(nullptr) : Json(own.why)},
            {"proposals", Json::array()}};
  if (proposal)
    json["proposals"].push_back({{"by", plugin},
                                 {"decision", proposal->decision},
                                 {"reason", proposal->reason},
                                 {"field", proposal->field},
                                 {"begin", proposal->begin},
                                 {"length", proposal->length}});
  return json;
}

Row rowOf(const RecordText& text) {
  Row row;
  row.record = text.key;
  row.number = text.number;
  row.doi = text.doi;
  row.pmid = text.pmid;
  row.title = text.title;
  row.year = text.year;
  row.firstAuthor = text.firstAuthor();
  return row;
}

Json stepOf(const engine::Workspace& work, const ReadingStep& reading, const std::string& reader) {
  const config::Step& step = reading.step();
  const Json sheet = engine::sheetOf(work, reading.result(), reader);
  const auto& undrawn = reading.result().screening;
  std::string closed;
  if (undrawn && undrawn->undrawn.contains(reader))
    closed = "the sample is drawn when no record waits in an earlier step";
  else if (reading.counts().total == 0)
    closed = "no record has come to this step yet";
  return {{"id", step.id},
          {"name", step.label},
          {"kind", word(reading.kind())},
          {"question", work.review.question},
          {"include", criteriaOf(work.review, step, false)},
          {"exclude", criteriaOf(work.review, step, true)},
          {"reasons", reasonsIn(sheet)},
          {"reasonRequired", step.verb == Verb::Screen && step.reasonRequired},
          {"undecidedAllowed", reading.kind() != Kind::Map},
          {"notRetrieved", reading.kind() == Kind::FullText},
          {"categories", categoriesIn(sheet)},
          {"manyCategories", step.severalCategories},
          {"items", Json::array()},
          {"words", {{"include", step.highlight.include}, {"exclude", step.highlight.exclude}}},
          {"blind", true},
          {"order", step.order ? "rank" : "import"},
          {"progress", jsonOf(reading.counts())},
          {"closed", closed.empty() || reading.counts().total != 0 ? Json(nullptr) : Json(closed)}};
}

}  // namespace winnow::screen
