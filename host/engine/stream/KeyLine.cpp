#include "KeyLine.hpp"

#include "PlainLine.hpp"
#include "engine/reading/StreamWriter.hpp"

namespace winnow::engine {

namespace {

bool readPlain(PlainLine in, KeyLine& key) {
  std::uint64_t space = 0;
  key.value.clear();
  key.record.clear();
  if (!in.skip("{\"space\":") || !in.number(space) || space > UINT32_MAX || !in.skip(",\"value\":") ||
      !in.text(key.value) || !in.skip(",\"record\":") || !in.text(key.record) || !in.skip("}"))
    return false;
  key.space = static_cast<std::uint32_t>(space);
  return in.isAtEnd();
}

}  // namespace

std::string keyJson(std::uint32_t space, std::string_view value, std::string_view record) {
  std::string json = "{\"space\":" + std::to_string(space) + ",\"value\":";
  appendJson(json, value);
  json += ",\"record\":";
  appendJson(json, record);
  json += '}';
  return json;
}

void readKey(StreamLine& line, KeyLine& key) {
  if (readPlain(PlainLine(line.text), key)) return;
  line.parse();
  key = {keySpace(line), line.string("value"), line.string("record")};
}

std::uint32_t keySpace(const StreamLine& line) {
  const std::uint64_t space = line.number("space");
  if (space > UINT32_MAX)
    line.refuse("stage.bad-line", "'space' is a number of 32 bits", "give the lines as 'winnow stage' wrote them",
                "space");
  return static_cast<std::uint32_t>(space);
}

}  // namespace winnow::engine
