#include "Annotations.hpp"

#include <nlohmann/json.hpp>

#include "io/Hash.hpp"

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;

/// Text of the ledger is the text of the record, whatever its bytes.
std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

void Annotations::add(RecordId representative, std::vector<AnnotatedField> fields) {
  std::vector<AnnotatedField>& all = fields_[representative];
  for (AnnotatedField& field : fields) all.push_back(std::move(field));
}

std::uint64_t Annotations::hash(RecordId representative) const {
  const std::vector<AnnotatedField>* fields = of(representative);
  if (fields == nullptr) return 0;
  io::ValueHash hash(19);
  for (const AnnotatedField& field : *fields) hash.add(field.tag).add(field.value).add(field.rule);
  return hash.value();
}

std::string annotationText(const std::vector<AnnotatedField>& fields) {
  if (fields.empty()) return {};
  Json list = Json::array();
  for (const AnnotatedField& field : fields) list.push_back({field.tag, field.value, field.rule, field.evidence});
  return dumped(list);
}

std::vector<AnnotatedField> annotationsFrom(const std::string& text, const std::string& by) {
  std::vector<AnnotatedField> fields;
  if (text.empty()) return fields;
  try {
    for (const auto& [tag, value, rule, evidence] :
         Json::parse(text).get<std::vector<std::tuple<std::string, std::string, std::string, std::string>>>())
      fields.push_back({tag, value, rule, evidence, by});
  } catch (const Json::exception&) {
    throw ledger::Damaged("the ledger holds fields of an annotator that cannot be read; delete it and run again");
  }
  return fields;
}

}  // namespace winnow::engine
