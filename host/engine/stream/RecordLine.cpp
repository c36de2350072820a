#include "RecordLine.hpp"

#include <limits>

#include <winnow/plugin.hpp>

#include "engine/reading/StreamWriter.hpp"

namespace winnow::engine {

namespace {

constexpr const char* kAsWritten = "give the lines as 'winnow stage' wrote them";

/// ["title","Sleep and memory"], or with what is not as of most fields: ["raw:T1","Sleep",{"flags":17,"line":3}].
void appendField(std::string& json, const winnow_field& field, const plugins::TagTable& tags) {
  json += '[';
  appendJson(json, tags.name(field.tag));
  json += ',';
  appendJson(json, view(field.value));
  std::string more;
  const auto member = [&more](const char* name, const std::string& value) {
    more += (more.empty() ? ",{\"" : ",\"") + std::string(name) + "\":" + value;
  };
  if (field.group != 0) member("group", std::to_string(field.group));
  if (field.flags != WINNOW_FIELD_DERIVED) member("flags", std::to_string(field.flags));
  if (field.origin != WINNOW_NONE) member("origin", std::to_string(field.origin));
  if (field.line != 0) member("line", std::to_string(field.line));
  if (field.rule != 0) {
    std::string rule;
    appendJson(rule, tags.name(field.rule));
    member("rule", rule);
  }
  json += more;
  json += more.empty() ? "]" : "}]";
}

template <class Number>
Number optionalNumber(const StreamLine& line, const nlohmann::json& object, const char* member, Number missing) {
  const auto found = object.find(member);
  if (found == object.end()) return missing;
  if (!found->is_number_unsigned() || found->get<std::uint64_t>() > std::numeric_limits<Number>::max())
    line.refuse("stage.bad-line", "'" + std::string(member) + "' of a field is a whole number", kAsWritten, member);
  return found->get<Number>();
}

/// A list of as many whole numbers.
std::vector<std::uint64_t> numbersOf(const StreamLine& line, const char* member, std::size_t count) {
  const auto found = line.json.find(member);
  bool isList = found != line.json.end() && found->is_array() && found->size() == count;
  for (std::size_t i = 0; isList && i < count; ++i) isList = (*found)[i].is_number_unsigned();
  if (!isList)
    line.refuse("stage.bad-line",
                "a record needs '" + std::string(member) + "', " + std::to_string(count) + " whole numbers", kAsWritten,
                member);
  return found->get<std::vector<std::uint64_t>>();
}

}  // namespace

std::string recordLine(const RecordFacts& facts, const winnow_record& record, const plugins::TagTable& tags) {
  std::string json = "{\"record\":";
  appendJson(json, facts.record);
  json += ",\"place\":[" + std::to_string(facts.file) + "," + std::to_string(facts.ordinal) + "]";
  if (facts.wave != 0) json += ",\"wave\":" + std::to_string(facts.wave);
  json += ",\"content\":";
  appendHash(json, facts.content);
  if (facts.view != 0) {
    json += ",\"view\":";
    appendHash(json, facts.view);
  }
  if (!facts.work.empty()) {
    json += ",\"work\":";
    appendJson(json, facts.work);
  }
  json += ",\"at\":[" + std::to_string(record.at.byte) + "," + std::to_string(record.at.line) + "," +
          std::to_string(record.at.column) + "," + std::to_string(record.at.length) + "],\"fields\":[";
  for (std::size_t i = 0; i < record.field_count; ++i) {
    if (i != 0) json += ',';
    appendField(json, record.fields[i], tags);
  }
  json += "]}";
  return json;
}

RecordFacts recordFacts(const StreamLine& line) {
  RecordFacts facts;
  facts.record = line.string("record");
  const std::vector<std::uint64_t> place = numbersOf(line, "place", 2);
  facts.file = place[0];
  facts.ordinal = place[1];
  facts.wave = line.json.contains("wave") ? line.number("wave") : 0;
  facts.content = line.hash("content");
  facts.view = line.hash("view");
  if (line.json.contains("work")) facts.work = line.string("work");
  return facts;
}

OwnedRecord::OwnedRecord(const StreamLine& line, plugins::TagTable& tags) {
  const std::vector<std::uint64_t> at = numbersOf(line, "at", 4);
  at_ = {at[0], static_cast<std::uint32_t>(at[1]), static_cast<std::uint32_t>(at[2]), static_cast<std::uint32_t>(at[3]),
         0};
  const auto list = line.json.find("fields");
  if (list == line.json.end() || !list->is_array())
    line.refuse("stage.bad-line", "a record needs 'fields', a list", kAsWritten, "fields");
  for (const nlohmann::json& field : *list) addField(line, field, tags);
  for (const winnow_field& field : fields_)
    if (field.origin != WINNOW_NONE && field.origin >= fields_.size())
      line.refuse("stage.bad-line", "the origin of a field is the number of another field", kAsWritten, "origin");
}

winnow_str OwnedRecord::keep(std::string text) {
  texts_.push_back(std::make_unique<std::string>(std::move(text)));
  return str(*texts_.back());
}

void OwnedRecord::add(std::uint32_t tag, std::string_view value) {
  fields_.push_back({tag, WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, keep(std::string(value)), 0, 0});
}

void OwnedRecord::addField(const StreamLine& line, const nlohmann::json& field, plugins::TagTable& tags) {
  const bool isField = field.is_array() && (field.size() == 2 || (field.size() == 3 && field[2].is_object())) &&
                       field[0].is_string() && !field[0].get_ref<const std::string&>().empty();
  std::optional<std::string> value = isField ? textOf(field[1]) : std::nullopt;
  if (!value)
    line.refuse("stage.bad-line", "a field is a list: tag, value, and an object where more is known", kAsWritten,
                "fields");
  winnow_field made{
      tags.number(field[0].get_ref<const std::string&>()), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, {}, 0, 0};
  made.value = keep(std::move(*value));
  if (field.size() == 3) {
    const nlohmann::json& more = field[2];
    made.group = optionalNumber<std::uint16_t>(line, more, "group", 0);
    made.flags = optionalNumber<std::uint16_t>(line, more, "flags", WINNOW_FIELD_DERIVED);
    made.origin = optionalNumber<std::uint32_t>(line, more, "origin", WINNOW_NONE);
    made.line = optionalNumber<std::uint32_t>(line, more, "line", 0);
    if (const auto rule = more.find("rule"); rule != more.end()) {
      const std::optional<std::string> name = textOf(*rule);
      if (!name) line.refuse("stage.bad-line", "'rule' of a field is a text", kAsWritten, "rule");
      made.rule = tags.number(*name);
    }
  }
  fields_.push_back(made);
}

}  // namespace winnow::engine
