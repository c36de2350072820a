#include "KeyLine.hpp"

#include <charconv>

#include "engine/reading/StreamWriter.hpp"

namespace winnow::engine {

namespace {

/// Takes `begin` from the front of the text; false if something else stands there.
bool skip(std::string_view& text, std::string_view begin) {
  if (!text.starts_with(begin)) return false;
  text.remove_prefix(begin.size());
  return true;
}

/// Takes a JSON string in which nothing is escaped, its quotes left away.
std::optional<std::string_view> plainText(std::string_view& text) {
  if (!skip(text, "\"")) return std::nullopt;
  const std::size_t end = text.find('"');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view value = text.substr(0, end);
  if (value.find('\\') != std::string_view::npos) return std::nullopt;
  text.remove_prefix(end + 1);
  return value;
}

bool readPlain(std::string_view text, KeyLine& key) {
  if (!skip(text, "{\"space\":")) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), key.space);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!skip(text, ",\"value\":")) return false;
  const std::optional<std::string_view> value = plainText(text);
  if (!value || !skip(text, ",\"record\":")) return false;
  const std::optional<std::string_view> record = plainText(text);
  if (!record || text != "}") return false;
  key.value = *value;
  key.record = *record;
  return true;
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
  if (readPlain(line.text, key)) return;
  line.parse();
  key = {keySpace(line), line.string("value"), line.string("record")};
}

std::optional<std::string_view> unescapedName(std::string_view line) {
  return skip(line, "{\"record\":") ? plainText(line) : std::nullopt;
}

std::uint32_t keySpace(const StreamLine& line) {
  const std::uint64_t space = line.number("space");
  if (space > UINT32_MAX)
    line.refuse("stage.bad-line", "'space' is a number of 32 bits", "give the lines as 'winnow stage' wrote them",
                "space");
  return static_cast<std::uint32_t>(space);
}

}  // namespace winnow::engine
