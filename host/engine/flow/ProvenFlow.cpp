#include "ProvenFlow.hpp"

#include <nlohmann/json.hpp>

#include "Fates.hpp"
#include "Flow.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

namespace {

std::vector<FlowViolation> violationsOf(const nlohmann::ordered_json& flow, const Evaluation& evaluation,
                                        const config::Review& review) {
  std::vector<FlowViolation> found = checkFlow(flow);
  if (isSchemaFault(found)) return found;
  for (FlowViolation& violation : checkFates(flow, evaluation, review)) found.push_back(std::move(violation));
  return found;
}

}  // namespace

ProvenFlow::ProvenFlow(nlohmann::ordered_json flow)
    : flow_(std::make_shared<const nlohmann::ordered_json>(std::move(flow))) {}

std::vector<FlowViolation> ProvenFlow::violations(const Evaluation& evaluation, const config::Review& review) {
  return violationsOf(flowOf(evaluation, review), evaluation, review);
}

ProvenFlow ProvenFlow::prove(const Evaluation& evaluation, const config::Review& review) {
  nlohmann::ordered_json flow = flowOf(evaluation, review);
  const std::vector<FlowViolation> found = violationsOf(flow, evaluation, review);
  if (found.empty()) return ProvenFlow(std::move(flow));
  std::string text = "the numbers do not balance, so nothing was drawn:";
  for (const FlowViolation& v : found) text += "\n  " + v.law + " (" + v.where + "): " + v.message;
  throw Error(text);
}

}  // namespace winnow::engine
