#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::exporters {

/// A count with its name: a reason, a category, a source.
using Named = std::pair<std::string, std::int64_t>;

/// One step of the funnel. Counts that the flow does not state are empty.
struct FunnelStep {
  std::string key;    ///< names the step within its flow: "db/identified", "db/stages/language"
  std::string label;  ///< as people read it
  std::optional<std::int64_t> in, out, human, automation, undecided, waiting;
  std::vector<Named> reasons;     ///< what left the funnel here
  std::vector<Named> categories;  ///< what the records were sorted into, or the sources they came from

  /// Sum of the reasons; empty if the step has none.
  std::optional<std::int64_t> excluded() const;
};

struct Funnel {
  std::vector<FunnelStep> steps;
};
struct Wave {
  std::string id;
  Funnel funnel;
};

/// The funnel of a document winnow-flow/1 (or of one of its waves): one step each for identification, every stage, the
/// reports sought and assessed, and what was included. Throws std::runtime_error that names the member which is not as
/// the format says.
Funnel readFunnel(const nlohmann::ordered_json& flow);
/// The document's waves in its order; empty if it has none. Throws like readFunnel.
std::vector<Wave> readWaves(const nlohmann::ordered_json& flow);
/// Adds labels and categories of a document winnow-steps/1. Steps with categories that the flow does not know come in
/// after the last stage. Throws like readFunnel.
void addSteps(Funnel& funnel, const nlohmann::ordered_json& steps);

}  // namespace winnow::exporters
