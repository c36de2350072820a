#include "Criteria.hpp"

#include <algorithm>
#include <stdexcept>

namespace winnow::facts {

namespace {

using Json = nlohmann::ordered_json;

std::string textOf(const Json& criterion, const char* key) {
  const auto found = criterion.find(key);
  if (found == criterion.end() || !found->is_string())
    throw std::runtime_error("document \"review\" is not as its format says: a criterion without the text \"" +
                             std::string(key) + "\"");
  return found->get<std::string>();
}

Criterion::Kind kindOf(const std::string& word) {
  if (word == "out") return Criterion::Kind::NoneOf;
  return word == "one-of" ? Criterion::Kind::AtLeastOneOf : Criterion::Kind::AllOf;
}

}  // namespace

Criteria::Criteria(const Json& review) {
  if (!review.is_object() || review.value("format", "") != "winnow-review/1")
    throw std::runtime_error("document \"review\" is no winnow-review/1");
  for (const Json& one : review.value("criteria", Json::array())) {
    if (!one.is_object()) throw std::runtime_error("document \"review\" is not as its format says: a criterion");
    list_.push_back({textOf(one, "id"), textOf(one, "text"), kindOf(textOf(one, "kind")),
                     one.contains("reason") ? textOf(one, "reason") : std::string()});
  }
  const Json reasons = review.value("reasons", Json::object());
  for (const auto& [id, text] : reasons.items())
    if (text.is_string()) reasonsOfSteps_.emplace(id, text.get<std::string>());
}

Criteria Criteria::parse(std::string_view review) {
  return review.empty() ? Criteria() : Criteria(Json::parse(review));
}

std::string Criteria::reasonText(const std::string& reason) const {
  const auto found = std::find_if(list_.begin(), list_.end(), [&](const Criterion& c) { return c.id == reason; });
  if (found == list_.end()) {
    const auto ofStep = reasonsOfSteps_.find(reason);
    return ofStep == reasonsOfSteps_.end() ? reason : ofStep->second;
  }
  if (!found->reason.empty()) return found->reason;
  if (found->text.empty()) return reason;
  return found->kind == Criterion::Kind::NoneOf ? found->text : "not met: " + found->text;
}

}  // namespace winnow::facts
