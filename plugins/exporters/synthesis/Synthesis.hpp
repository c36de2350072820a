// The document "synthesis" (winnow-synthesis/1): what the review says about pooling.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::synthesis {

/// A file as the host has read it.
struct TextFile {
  std::string name, text;
};

/// One outcome that is to be pooled; meanings of the texts: docs/writing-a-review.md.
struct Analysis {
  std::string name, measure, method, test, outcome, time, unit, better, several, subgroup;
  std::map<std::string, double> units;
  std::map<std::string, std::vector<std::string>> only;
  std::uint64_t studies = 2;
  std::optional<double> heterogeneity;  ///< greatest I2 that is pooled, per cent
  double rho = 0.5;
  std::string first = "intervention", second = "control";  ///< what the two groups are called
};

struct Appraisal {
  std::string formName;
  std::optional<std::string> formText;  ///< none: a shipped form
  std::vector<std::string> by;
  std::vector<TextFile> answers;
};

struct Synthesis {
  std::string decision;  ///< "pool", "do not pool", or empty
  std::vector<std::string> by;
  std::string date, reason;
  std::size_t waiting = 0;  ///< what people still have to decide or chart
  std::vector<TextFile> effects;
  std::vector<Analysis> analyses;
  std::optional<Appraisal> appraisal;
  std::map<std::string, std::string> names;  ///< keys of an earlier time that stand in the files, and today's
};

/// Throws std::runtime_error naming what is not as the format says.
Synthesis readSynthesis(std::string_view json);

/// Ids of the charting items that the analyses ask for.
std::vector<std::string> itemsOf(const Synthesis& synthesis);
/// How charting items are called, by id, from a document winnow-form/1; empty if it is none.
std::map<std::string, std::string> itemLabels(std::string_view form);

/// What must hold before anything is pooled or appraised, and whether it does.
struct Condition {
  std::string text;
  bool holds = false;
};
struct Gate {
  std::vector<Condition> conditions;
  bool isOpen() const;
  /// The conditions that do not hold, as sentences.
  std::vector<std::string> reasons() const;
};

/// People have decided to pool, and nobody's decision is missing. What the data must fulfil comes on top of it.
Gate gateOf(const Synthesis& synthesis);

/// "KBAA, ON".
std::string joinedNames(const std::vector<std::string>& names);

}  // namespace winnow::synthesis
