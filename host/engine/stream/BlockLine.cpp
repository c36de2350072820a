#include "BlockLine.hpp"

#include "KeyLine.hpp"
#include "PlainLine.hpp"
#include "engine/reading/StreamWriter.hpp"

namespace winnow::engine {

namespace {

bool readPlain(PlainLine in, BlockLine& block) {
  std::uint64_t space = kNoSpace;
  if (!in.skip("{") || (in.skip("\"space\":") && !(in.number(space) && in.skip(","))) || space > UINT32_MAX ||
      !in.skip("\"records\":["))
    return false;
  block.space = static_cast<std::uint32_t>(space);
  do
    if (!in.text(block.records.emplace_back())) return false;
  while (in.skip(","));
  return in.skip("]}") && in.isAtEnd() && block.records.size() > 1;
}

}  // namespace

std::string blockJson(const BlockLine& block) {
  std::string json = "{";
  if (block.space != kNoSpace) json += "\"space\":" + std::to_string(block.space) + ",";
  json += "\"records\":[";
  for (const std::string& record : block.records) {
    if (&record != &block.records.front()) json += ',';
    appendJson(json, record);
  }
  return json + "]}";
}

BlockLine readBlock(StreamLine& line) {
  BlockLine block;
  if (readPlain(PlainLine(line.text), block)) return block;
  line.parse();
  block = {line.json.contains("space") ? keySpace(line) : kNoSpace, {}};
  const auto names = line.json.find("records");
  bool isList = names != line.json.end() && names->is_array() && names->size() > 1;
  for (std::size_t i = 0; isList && i < names->size(); ++i) {
    std::optional<std::string> name = textOf((*names)[i]);
    if ((isList = name.has_value())) block.records.push_back(std::move(*name));
  }
  if (!isList)
    line.refuse("stage.bad-line", "a block needs 'records', the names of two or more", kAsWritten, "records");
  return block;
}

}  // namespace winnow::engine
