#include <winnow/formats/derive.hpp>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <winnow/tags.hpp>

namespace winnow::formats {

namespace {

using Json = nlohmann::ordered_json;

bool isWellFormed(const Json& json) {
  if (!json.is_object() || !json.contains("replace") || !json["replace"].is_array()) return false;
  for (const Json& tag : json["replace"])
    if (!tag.is_string()) return false;
  if (!json.contains("fields")) return true;
  if (!json["fields"].is_array()) return false;
  for (const Json& group : json["fields"]) {
    if (!group.is_object()) return false;
    for (const auto& [tag, value] : group.items()) {
      if (value.is_string()) continue;
      if (!value.is_array()) return false;
      for (const Json& one : value)
        if (!one.is_string()) return false;
    }
  }
  return true;
}

}  // namespace

bool applyWinnowLine(std::string_view line, const Host& host, RecordWriter& writer, RecordWriter::Origin from) {
  if (line.substr(0, kWinnowLine.size()) != kWinnowLine) return false;
  const Json json = Json::parse(line.substr(kWinnowLine.size()), nullptr, false);
  if (!isWellFormed(json)) return false;
  std::vector<std::uint32_t> replaced;
  for (const Json& tag : json["replace"]) replaced.push_back(host.tag(tag.get_ref<const std::string&>()));
  writer.removeDerived(replaced);
  if (json.contains("id") && json["id"].is_string())
    writer.derive(host.tag(tags::kWinnowId), writer.keep(json["id"].get_ref<const std::string&>()), from);
  if (!json.contains("fields")) return true;
  for (const Json& group : json["fields"]) {
    from.group = writer.group();
    for (const auto& [tag, value] : group.items()) {
      const std::uint32_t number = host.tag(tag);
      const auto add = [&](const Json& one) {
        writer.derive(number, writer.keep(one.get_ref<const std::string&>()), from);
      };
      if (value.is_string())
        add(value);
      else
        for (const Json& one : value) add(one);
    }
  }
  return true;
}

std::string_view findWinnowId(std::string_view note) {
  constexpr std::string_view kLabel = "winnow-id: ";
  const std::size_t at = note.find(kLabel);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + kLabel.size();
  return note.substr(begin, note.find_first_of(" \t\r\n|;,", begin) - begin);
}

}  // namespace winnow::formats
