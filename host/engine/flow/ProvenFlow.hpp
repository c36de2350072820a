// A flow whose numbers hold: what is drawn is drawn from one of these, so that nobody can draw what does not balance.
#pragma once

#include <memory>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "FlowLaws.hpp"
#include "engine/Evaluation.hpp"

namespace winnow::engine {

class ProvenFlow {
 public:
  /// Counts the flow and checks every law, also against the fates of the records. Throws winnow::Error naming the laws
  /// that do not hold.
  static ProvenFlow prove(const Evaluation& evaluation, const config::Review& review);
  /// The laws that do not hold, for people who look before they draw.
  static std::vector<FlowViolation> violations(const Evaluation& evaluation, const config::Review& review);

  /// winnow-flow/1.
  const nlohmann::ordered_json& json() const noexcept { return *flow_; }

 private:
  explicit ProvenFlow(nlohmann::ordered_json flow);
  std::shared_ptr<const nlohmann::ordered_json> flow_;
};

}  // namespace winnow::engine
