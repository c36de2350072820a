#include "KeyLine.hpp"

#include "PlainLine.hpp"
#include "engine/reading/StreamWriter.hpp"

namespace winnow::engine {

namespace {

bool readPlain(PlainLine in, KeyLine& key) {
  key.record.clear();
  key.keys.clear();
  if (!in.skip("{\"record\":") || !in.text(key.record) || !in.skip(",\"keys\":[")) return false;
  do {
    std::uint64_t space = 0;
    KeyLine::Key& one = key.keys.emplace_back();
    if (!in.skip("[") || !in.number(space) || space > UINT32_MAX || !in.skip(",") || !in.text(one.value) ||
        !in.skip("]"))
      return false;
    one.space = static_cast<std::uint32_t>(space);
  } while (in.skip(","));
  return in.skip("]}") && in.isAtEnd();
}

/// [1,"10.5555/12"]; false for anything else.
bool readOne(const nlohmann::json& json, KeyLine::Key& key) {
  if (!json.is_array() || json.size() != 2 || !json[0].is_number_unsigned() ||
      json[0].get<std::uint64_t>() > UINT32_MAX)
    return false;
  std::optional<std::string> value = textOf(json[1]);
  if (!value) return false;
  key = {json[0].get<std::uint32_t>(), std::move(*value)};
  return true;
}

}  // namespace

void appendKey(std::string& list, std::uint32_t space, std::string_view value) {
  if (!list.empty()) list += ',';
  list += '[';
  list += std::to_string(space);
  list += ',';
  appendJson(list, value);
  list += ']';
}

std::string keyJson(std::string_view record, std::string_view list) {
  std::string json = "{\"record\":";
  appendJson(json, record);
  json += ",\"keys\":[";
  json += list;
  json += "]}";
  return json;
}

void readKeys(StreamLine& line, KeyLine& key) {
  if (readPlain(PlainLine(line.text), key)) return;
  line.parse();
  key.record = line.string("record");
  key.keys.clear();
  const auto list = line.json.find("keys");
  bool isList = list != line.json.end() && list->is_array();
  for (std::size_t i = 0; isList && i < list->size(); ++i) isList = readOne((*list)[i], key.keys.emplace_back());
  if (!isList)
    line.refuse("stage.bad-line", "'keys' is a list of keys, each a space (a number of 32 bits) and a value",
                kAsWritten, "keys");
}

std::uint32_t keySpace(const StreamLine& line) {
  const std::uint64_t space = line.number("space");
  if (space > UINT32_MAX) line.refuse("stage.bad-line", "'space' is a number of 32 bits", kAsWritten, "space");
  return static_cast<std::uint32_t>(space);
}

}  // namespace winnow::engine
