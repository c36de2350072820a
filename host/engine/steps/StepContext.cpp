#include "StepContext.hpp"

namespace winnow::engine {

bool StepContext::isOpenBefore(std::size_t wave) const {
  for (const StepResult& step : earlier)
    for (std::size_t i = 0; i < step.in.size(); ++i)
      if (step.outcomes[i].fate == Fate::Waiting && records.wave(step.in[i]) == wave) return true;
  return false;
}

}  // namespace winnow::engine
