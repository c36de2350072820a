// A filter over the records of a step, judging only what it has not judged before.
#pragma once

#include <cstdint>
#include <vector>

#include "StepContext.hpp"
#include "engine/stages/Stages.hpp"
#include "plugins/Instance.hpp"

namespace winnow::engine {

/// The machine's answers, parallel to the records of the step.
struct Judged {
  std::vector<std::uint8_t> actions;   ///< WINNOW_KEEP, WINNOW_DROP, ...
  std::vector<std::uint32_t> reasons;  ///< index into `declared`, or WINNOW_NONE
  std::vector<plugins::Reason> declared;

  const plugins::Reason* reason(std::size_t position) const {
    return reasons[position] == WINNOW_NONE ? nullptr : &declared[reasons[position]];
  }
};

/// Judges the step's records with the step's filter; `extra` adds fields to each. Sets the result's stage, views and
/// count of fresh answers.
Judged judge(StepContext& context, StepResult& result, const ExtraFields& extra = {});

/// The evidence of an answer for people: "title: n = 20; abstract: 40 participants (sample size)". `record` is the one
/// that the stage was handed.
std::string evidenceText(const winnow_verdict& verdict, const winnow_record& record, const plugins::TagTable& tags);

/// What a plugin said about a record, with the record's place.
io::Diagnostic located(const winnow_diagnostic& diagnostic, const Records& records);

}  // namespace winnow::engine
