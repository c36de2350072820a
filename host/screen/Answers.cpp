#include "Answers.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/outputs/SheetDocument.hpp"
#include "engine/steps/ReadingOrder.hpp"

namespace winnow::screen {

namespace {

constexpr const char* kNothingYet = "no record has come to this step yet";

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
    case Kind::Chart:
      return "chart";
    case Kind::Screen:
      break;
  }
  return "screen";
}

// ---- the charting form

const char* word(config::ItemType type) {
  using config::ItemType;
  switch (type) {
    case ItemType::Number:
      return "whole";
    case ItemType::OneOf:
      return "closed";
    case ItemType::AnyOf:
      return "multiple";
    case ItemType::YesNo:
      return "yes-no";
    case ItemType::Decimal:
      return "decimal";
    case ItemType::Range:
      return "range";
    case ItemType::Date:
      return "date";
    case ItemType::Link:
      return "link";
    case ItemType::Quotation:
      return "quotation";
    case ItemType::Text:
      break;
  }
  return "text";
}

/// "7.2.1" is an item in the second turn of a repeated group; its label begins with that turn: "arms 2: participants".
bool isRepeated(const config::FormItem& item) {
  return !item.extra && std::count(item.id.begin(), item.id.end(), '.') == 2;
}

Json itemOf(const config::FormItem& item) {
  Json choices = Json::array();
  for (const std::string& value : item.values) choices.push_back(named(value, value));
  const std::size_t colon = isRepeated(item) ? item.label.find(": ") : std::string::npos;
  const bool hasGroup = colon != std::string::npos;
  return {{"id", item.id},
          {"name", hasGroup ? item.label.substr(colon + 2) : item.label},
          {"type", word(item.type)},
          {"choices", std::move(choices)},
          {"unit", item.unit},
          {"if", item.condition ? Json{{"item", item.condition->item}, {"is", item.condition->values}} : Json(nullptr)},
          {"group", hasGroup ? Json(item.label.substr(0, colon)) : Json(nullptr)},
          {"from", item.from},
          {"heading", engine::columnHeading(item)}};
}

Json jsonOf(const engine::Answers& answers) {
  Json json = Json::object();
  for (const auto& [item, values] : answers) json[item] = values.size() == 1 ? Json(values.front()) : Json(values);
  return json;
}

}  // namespace

Response answerOf(const Json& json) {
  return {200, "application/json", json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Json jsonOf(const Counts& counts) {
  return {{"total", counts.total},     {"open", counts.open},           {"include", counts.include},
          {"exclude", counts.exclude}, {"undecided", counts.undecided}, {"notRetrieved", counts.notRetrieved}};
}

Json progressOf(const ReadingStep& reading) {
  Json progress = jsonOf(reading.counts());
  if (const Learned* learned = reading.learned(); learned != nullptr && !learned->recall.empty())
    progress["recall"] = learned->recall;
  return progress;
}

Json jsonOf(const Own& own) {
  if (own.isEmpty() && own.note.empty() && own.labels.empty()) return nullptr;
  return {{"decision", own.decision.empty() ? Json(nullptr) : Json(own.decision)},
          {"reason", own.reason},
          {"note", own.note},
          {"labels", own.labels},
          {"categories", own.categories},
          {"answers", jsonOf(own.answers)}};
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
            {"firstFamily", text.firstFamily},
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

Json plainStep(const config::Step& step, const char* kind, const std::string& question) {
  return {{"id", step.id},
          {"name", step.label},
          {"kind", kind},
          {"question", question},
          {"include", Json::array()},
          {"exclude", Json::array()},
          {"reasons", Json::array()},
          {"reasonRequired", false},
          {"undecidedAllowed", false},
          {"notRetrieved", false},
          {"categories", Json::array()},
          {"manyCategories", false},
          {"items", Json::array()},
          {"words", {{"include", step.highlight.include}, {"exclude", step.highlight.exclude}}},
          {"blind", true},
          {"order", step.order                      ? "rank"
                    : engine::isOrderedByHash(step) ? "hash"
                                                    : "import"},
          {"progress", nullptr},
          {"closed", nullptr}};
}

Json stepOf(const engine::Workspace& work, const DecidingStep& reading, const std::string& reader) {
  const config::Step& step = reading.step();
  const Json sheet = engine::sheetOf(work, reading.result(), reader);
  Json json = plainStep(step, word(reading.kind()), work.review.question);
  json["include"] = criteriaOf(work.review, step, false);
  json["exclude"] = criteriaOf(work.review, step, true);
  json["reasons"] = reasonsIn(sheet);
  json["reasonRequired"] = step.verb == Verb::Screen && step.reasonRequired;
  json["undecidedAllowed"] = reading.kind() != Kind::Map;
  json["notRetrieved"] = reading.kind() == Kind::FullText;
  json["categories"] = categoriesIn(sheet);
  json["manyCategories"] = step.severalCategories;
  json["proposes"] = step.verb == Verb::Remove && !step.plugin.empty();
  json["progress"] = jsonOf(reading.counts());
  if (reading.counts().total != 0) return json;
  const auto& screening = reading.result().screening;
  json["closed"] = screening && screening->undrawn.contains(reader)
                       ? "the sample is drawn when no record waits in an earlier step"
                       : kNothingYet;
  return json;
}

Json stepOf(const engine::Workspace& work, const ChartingStep& charting) {
  Json json = plainStep(charting.step(), "chart", work.review.question);
  for (const config::FormItem& item : charting.form().items) json["items"].push_back(itemOf(item));
  json["formVersion"] = charting.form().version;
  json["progress"] = jsonOf(charting.counts());
  if (charting.counts().total == 0) json["closed"] = kNothingYet;
  return json;
}

}  // namespace winnow::screen
