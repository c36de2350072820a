#include "Paths.hpp"

namespace winnow::xml {

std::uint32_t Paths::find(const Step& step) {
  const auto [place, isNew] = steps_.try_emplace(step, static_cast<std::uint32_t>(texts_.size()));
  if (isNew)
    texts_.push_back(step.path == kRecord && step.sign == '/' ? std::string(step.name)
                                                              : texts_[step.path] + step.sign + step.name);
  return place->second;
}

}  // namespace winnow::xml
