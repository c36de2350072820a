#include "Paths.hpp"

namespace winnow::xml {

std::uint32_t Paths::find(const Step& step) {
  if (const auto known = steps_.find(step); known != steps_.end()) return known->second;
  const bool isFirst = step.path == kRecord && step.sign == '/';
  std::string text = isFirst ? std::string(step.name) : texts_[step.path] + step.sign + step.name;
  if (bytes_ + text.size() > kMostBytes) {
    if (others_ == 0) {
      others_ = static_cast<std::uint32_t>(texts_.size());
      texts_.emplace_back("(others)");
    }
    return others_;
  }
  bytes_ += text.size();
  texts_.push_back(std::move(text));
  return steps_.emplace(step, static_cast<std::uint32_t>(texts_.size() - 1)).first->second;
}

}  // namespace winnow::xml
