#include "Reasons.hpp"

#include "config/Nearest.hpp"
#include "engine/records/References.hpp"

namespace winnow::engine {

Reasons::Reasons(const config::Review& review, const config::Step& step) {
  const auto add = [&](const std::vector<config::Criterion>& criteria) {
    for (const config::Criterion& c : criteria) {
      list_.emplace_back(plainName(c.id), plainName(c.text));
      ids_.push_back(c.id);
    }
  };
  add(review.criteria);
  add(step.reasons);
  for (const auto& [words, id] : review.reasonsKnownAs) knownAs_.emplace_back(plainName(words), id);
}

std::optional<std::string> Reasons::idOf(std::string_view words) const {
  const std::string plain = plainName(words);
  if (plain.empty()) return std::nullopt;
  for (const auto& [other, id] : knownAs_)
    if (other == plain) return id;
  for (std::size_t i = 0; i < list_.size(); ++i)
    if (list_[i].first == plain || list_[i].second == plain) return ids_[i];
  if (const std::size_t colon = plain.find(':'); colon != std::string::npos)  // "context: only public services"
    for (std::size_t i = 0; i < list_.size(); ++i)
      if (list_[i].first == plain.substr(0, colon)) return ids_[i];
  return std::nullopt;
}

std::string Reasons::hint(std::string_view words, const std::vector<std::string>& others) const {
  std::vector<std::string> known = others;
  known.insert(known.end(), ids_.begin(), ids_.end());
  if (std::string near = config::didYouMean(words, known); !near.empty()) return near;
  std::string list;
  for (const std::string& id : known) list += (list.empty() ? "; they are " : ", ") + id;
  return list;
}

}  // namespace winnow::engine
