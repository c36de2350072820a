#include "Search.hpp"

#include <stdexcept>

#include <nlohmann/json.hpp>

namespace winnow::appendix {

namespace {

using nlohmann::json;

[[noreturn]] void refuse(const std::string& what) {
  throw std::runtime_error("document \"search\" is not as its format says: " + what);
}

std::string textOf(const json& object, const char* key) {
  if (!object.is_object() || !object.contains(key) || !object[key].is_string())
    refuse(std::string("\"") + key + "\" is no text");
  return object[key].get<std::string>();
}

std::optional<std::uint64_t> countOf(const json& object, const char* key) {
  if (!object.contains(key) || object[key].is_null()) return std::nullopt;
  if (!object[key].is_number_unsigned()) refuse(std::string("\"") + key + "\" is no count");
  return object[key].get<std::uint64_t>();
}

const json& listOf(const json& object, const char* key) {
  if (!object.contains(key) || !object[key].is_array()) refuse(std::string("\"") + key + "\" is no list");
  return object[key];
}

}  // namespace

Search readSearch(std::string_view text) {
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object() || document.value("format", "") != "winnow-search/1") refuse("it is no winnow-search/1");
  Search search;
  if (document.contains("strategy") && !document["strategy"].is_null()) {
    search.file = textOf(document["strategy"], "file");
    search.text = textOf(document["strategy"], "text");
  }
  for (const json& r : listOf(document, "repairs")) search.repairs.push_back({textOf(r, "line"), textOf(r, "text")});
  for (const json& s : listOf(document, "sources"))
    search.sources.push_back({textOf(s, "kind"), textOf(s, "name"), textOf(s, "platform"), textOf(s, "wave"),
                              textOf(s, "searched"), textOf(s, "query"), countOf(s, "reported"), countOf(s, "taken"),
                              countOf(s, "imported").value_or(0)});
  return search;
}

}  // namespace winnow::appendix
