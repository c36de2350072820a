// Arms and outcomes as people charted them: one row an arm and outcome, two readers compared.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "Studies.hpp"
#include "Synthesis.hpp"

namespace winnow::synthesis {

/// The columns of an effects file after `record` and `reviewer`; all of them may be empty.
inline constexpr const char* kArmTexts[] = {"study", "outcome", "time", "unit", "arm", "group", "better"};
inline constexpr const char* kArmNumbers[] = {"n", "events", "mean", "sd", "se", "r", "estimate"};

/// What one arm of one study reported about one outcome at one time.
struct Arm {
  std::string place;  ///< "decisions/effects-KB.csv, row 3"
  std::size_t study = 0;
  std::vector<std::string> reviewers;        ///< two or more: their joint word
  std::map<std::string, std::string> texts;  ///< by kArmTexts, trimmed
  std::map<std::string, double> numbers;     ///< by kArmNumbers; what is empty is not there
  const std::string& text(const char* name) const { return texts.at(name); }
};

struct ChartedArms {
  std::vector<Arm> arms;               ///< one an arm, outcome and time: agreed
  std::vector<std::string> problems;   ///< rows that cannot be used, with their place: each keeps the gate shut
  std::vector<std::string> conflicts;  ///< readers who differ and have not settled it
  std::size_t doublyCharted = 0;       ///< arms that two readers charted
};

/// Reads the files and puts readers side by side: equal numbers are one, different ones wait for a row that both sign
/// (`reviewer: KB; ON`).
ChartedArms readArms(const std::vector<TextFile>& files, const Studies& studies);

}  // namespace winnow::synthesis
