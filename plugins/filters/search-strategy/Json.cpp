#include "Json.hpp"

#include <nlohmann/json.hpp>

namespace winnow::search {

namespace {

using Json = nlohmann::ordered_json;

const char* kindName(Kind kind) {
  switch (kind) {
    case Kind::Term:
      return "term";
    case Kind::Phrase:
      return "phrase";
    case Kind::Field:
      return "field";
    case Kind::And:
      return "and";
    case Kind::Or:
      return "or";
    case Kind::Not:
      return "not";
    case Kind::Adj:
      return "adj";
    case Kind::Heading:
      return "heading";
    case Kind::Ref:
      return "ref";
    case Kind::Freq:
      return "freq";
    case Kind::Limit:
      return "limit";
    case Kind::Dedup:
      return "dedup";
    case Kind::Keep:
      return "keep";
    case Kind::Use:
      return "use";
    case Kind::Comment:
      return "comment";
  }
  return "";
}

Json year(const std::string& text) { return text.empty() || text.size() > 9 ? Json(nullptr) : Json(std::stol(text)); }
Json orNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json limitOf(const Limit& limit) {
  Json any = Json::array();
  switch (limit.kind) {
    case LimitKind::Language:
      return {{"type", "language"}, {"value", limit.value}};
    case LimitKind::Year:
      return {{"type", "year"}, {"from", year(limit.from)}, {"to", year(limit.to)}};
    case LimitKind::Date:
      return {{"type", "date"}, {"field", limit.field}, {"from", orNull(limit.from)}, {"to", orNull(limit.to)}};
    case LimitKind::Any:
      for (const Limit& one : limit.of) any.push_back(limitOf(one));
      return {{"type", "any"}, {"of", any}};
    case LimitKind::PublicationType:
      return {{"type", "publication_type"}, {"value", limit.value}};
    case LimitKind::Humans:
      return {{"type", "humans"}};
    case LimitKind::Animals:
      return {{"type", "animals"}};
    case LimitKind::Age:
      return {{"type", "age"}, {"value", limit.value}};
    case LimitKind::Other:
      return {{"type", "other"}, {"value", limit.value}};
  }
  return nullptr;
}

void addOwn(const Node& node, Json& out) {
  switch (node.kind) {
    case Kind::Phrase:
      out["quoted"] = node.quoted;
      [[fallthrough]];
    case Kind::Term:
    case Kind::Comment:
      out["text"] = node.text;
      break;
    case Kind::Field:
      out["fields"] = node.fields;
      break;
    case Kind::Adj:
    case Kind::Freq:
      out["n"] = node.n;
      break;
    case Kind::Heading:
      out["name"] = node.text;
      out["explode"] = node.explode;
      out["focus"] = node.focus;
      out["subheadings"] = node.subheadings;
      break;
    case Kind::Ref:
      out["number"] = node.n;
      break;
    case Kind::Limit:
      out["limits"] = Json::array();
      for (const Limit& one : node.limits) out["limits"].push_back(limitOf(one));
      break;
    case Kind::Keep:
      out["items"] = node.text;
      break;
    case Kind::Use:
      out["database"] = node.text;
      break;
    default:
      break;
  }
}

}  // namespace

nlohmann::ordered_json toJson(const Node& node) {
  Json out{{"k", kindName(node.kind)}, {"span", {node.span.column, node.span.length}}};
  addOwn(node, out);
  if (node.args.empty()) return out;
  out["args"] = Json::array();
  for (const Node& arg : node.args) out["args"].push_back(toJson(arg));
  return out;
}

nlohmann::ordered_json toJson(const Diagnostic& d) {
  constexpr const char* kWords[] = {"error", "warning", "info"};
  return {{"severity", kWords[static_cast<int>(d.severity)]},
          {"code", d.code},
          {"line", d.line},
          {"number", d.number},
          {"column", d.column},
          {"length", d.length},
          {"message", d.message},
          {"fix", d.fix ? Json(*d.fix) : Json(nullptr)}};
}

nlohmann::ordered_json toJson(const std::vector<Diagnostic>& diagnostics) {
  Json all = Json::array();
  for (const Diagnostic& d : diagnostics) all.push_back(toJson(d));
  return all;
}

std::string printed(const nlohmann::ordered_json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace winnow::search
