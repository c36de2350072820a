#include "RecordLine.hpp"

#include <algorithm>
#include <limits>

#include <winnow/plugin.hpp>

#include "engine/reading/StreamWriter.hpp"

namespace winnow::engine {

namespace {

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

/// What stands before the first field.
bool plainHead(PlainLine& in, RecordFacts& facts, winnow_span& at) {
  if (!in.skip("{\"record\":") || !in.text(facts.record) || !in.skip(",\"place\":[") || !in.number(facts.file) ||
      !in.skip(",") || !in.number(facts.ordinal) || !in.skip("]"))
    return false;
  if (in.skip(",\"wave\":") && !in.number(facts.wave)) return false;
  if (!in.skip(",\"content\":") || !in.hash(facts.content)) return false;
  if (in.skip(",\"view\":") && !in.hash(facts.view)) return false;
  if (in.skip(",\"work\":") && !in.text(facts.work)) return false;
  std::uint64_t line = 0, column = 0, length = 0;
  if (!in.skip(",\"at\":[") || !in.number(at.byte) || !in.skip(",") || !in.number(line) || !in.skip(",") ||
      !in.number(column) || !in.skip(",") || !in.number(length) || !in.skip("],\"fields\":["))
    return false;
  at.line = static_cast<std::uint32_t>(line);
  at.column = static_cast<std::uint32_t>(column);
  at.length = static_cast<std::uint32_t>(length);
  return true;
}

/// A member of a field, in `number` where it stands here and fits.
template <class Number>
bool plainMember(PlainLine& in, std::string_view begin, bool& isFirst, Number& number) {
  if (!in.skip(isFirst ? begin.substr(1) : begin)) return true;
  isFirst = false;
  std::uint64_t value = 0;
  if (!in.number(value) || value > std::numeric_limits<Number>::max()) return false;
  number = static_cast<Number>(value);
  return true;
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

std::string recordName(StreamLine& line) {
  std::string name;
  if (PlainLine in(line.text); in.skip("{\"record\":") && in.text(name)) return name;
  line.parseWithoutFields();
  return line.string("record");
}

RecordFacts recordFacts(StreamLine& line) {
  RecordFacts facts;
  winnow_span at{};
  if (PlainLine in(line.text); plainHead(in, facts, at)) return facts;
  facts = {};
  line.parseWithoutFields();
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

OwnedRecord::OwnedRecord(StreamLine& line, plugins::TagTable& tags) {
  plain_.reserve(std::max<std::size_t>(line.text.size(), 64));  // moved, never copied: fields point into it
  if (readPlain(PlainLine(line.text), tags)) {
    requireOrigins(line);
    return;
  }
  fields_.clear();
  plain_.clear();
  line.parse();
  const std::vector<std::uint64_t> at = numbersOf(line, "at", 4);
  at_ = {at[0], static_cast<std::uint32_t>(at[1]), static_cast<std::uint32_t>(at[2]), static_cast<std::uint32_t>(at[3]),
         0};
  const auto list = line.json.find("fields");
  if (list == line.json.end() || !list->is_array())
    line.refuse("stage.bad-line", "a record needs 'fields', a list", kAsWritten, "fields");
  for (const nlohmann::json& field : *list) addField(line, field, tags);
  requireOrigins(line);
}

void OwnedRecord::requireOrigins(const StreamLine& line) const {
  for (const winnow_field& field : fields_)
    if (field.origin != WINNOW_NONE && field.origin >= fields_.size())
      line.refuse("stage.bad-line", "the origin of a field is the number of another field", kAsWritten, "origin");
}

bool OwnedRecord::readPlain(PlainLine in, plugins::TagTable& tags) {
  RecordFacts facts;
  if (!plainHead(in, facts, at_)) return false;
  if (!in.skip("]}")) {
    do {
      if (!plainField(in, tags)) return false;
    } while (in.skip(","));
    if (!in.skip("]}")) return false;
  }
  return in.isAtEnd();
}

bool OwnedRecord::plainField(PlainLine& in, plugins::TagTable& tags) {
  std::string tag;
  if (!in.skip("[") || !in.text(tag) || tag.empty() || !in.skip(",")) return false;
  const std::size_t begin = plain_.size();
  if (!in.text(plain_)) return false;
  winnow_field made{tags.number(tag), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, {}, 0, 0};
  made.value = str(std::string_view(plain_).substr(begin));
  if (in.skip(",{")) {
    bool isFirst = true;
    if (!plainMember(in, ",\"group\":", isFirst, made.group) || !plainMember(in, ",\"flags\":", isFirst, made.flags) ||
        !plainMember(in, ",\"origin\":", isFirst, made.origin) || !plainMember(in, ",\"line\":", isFirst, made.line))
      return false;
    if (in.skip(isFirst ? "\"rule\":" : ",\"rule\":")) {
      std::string rule;
      if (!in.text(rule)) return false;
      made.rule = tags.number(rule);
    }
    if (!in.skip("}")) return false;
  }
  fields_.push_back(made);
  return in.skip("]");
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
