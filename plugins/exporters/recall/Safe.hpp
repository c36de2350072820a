// The SAFE procedure of J. Boetje and R. van de Schoot, The SAFE procedure: a practical stopping heuristic for active
// learning-based screening in systematic reviews and meta-analyses, Systematic Reviews 13:81 (2024).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "Labels.hpp"

namespace winnow::recall {

struct Condition {
  std::string text;  ///< "no relevant record among the last 50"
  bool holds = false;
};

/// One of the four phases: begun and ended by what the labels say, never by a clock.
struct SafePhase {
  Phase phase = Phase::None;
  std::string name;
  std::uint64_t read = 0, found = 0;
  std::vector<Condition> conditions;  ///< all must hold before the next phase begins
  bool isDone() const;
};

struct SafeReport {
  std::vector<SafePhase> phases;    ///< always four, in order
  std::vector<std::string> events;  ///< what happened, in order: "record 21: active learning begins"
  bool isDone() const;
};

/// Judges a reading whose labels state their phases. `keyPapersFound`: whether the papers known beforehand have all
/// been found, which no label can say. Throws std::invalid_argument if a label states no phase or phases go backwards.
/// The procedure is a heuristic: it promises no recall.
SafeReport safeReport(const std::vector<Label>& labels, std::uint64_t total, bool keyPapersFound);

}  // namespace winnow::recall
