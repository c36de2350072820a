// Answers to an appraisal form: two readers side by side, their joint word, what is still open.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "AppraisalForm.hpp"
#include "Studies.hpp"
#include "Synthesis.hpp"

namespace winnow::synthesis {

/// One person's answer to one item about one study, or a joint one.
struct AppraisalAnswer {
  std::string place;
  std::size_t study = 0;
  std::string item, answer, reason, page;
  std::vector<std::string> reviewers;  ///< two or more: their joint word
};

/// What is settled about one item of one study.
struct Settled {
  std::string answer, reason;
  Light light = Light::None;
};

struct Appraised {
  std::map<std::size_t, std::map<std::string, Settled>> settled;  ///< by study, then item
  std::vector<std::string> problems;                              ///< rows that cannot be used, with their place
  std::vector<std::string> conflicts;                             ///< readers who differ and have not settled it
  std::vector<std::string> open;                                  ///< "Berg 2019: Ethics, Overall (ON)"
  /// First answers of the two readers, by item, for the agreement.
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> pairs;
  bool isComplete() const { return problems.empty() && conflicts.empty() && open.empty(); }
  /// The overall light of a study; none while it is open.
  std::optional<Light> overall(std::size_t study) const;
};

/// Reads the answers about the studies of `wanted`. Every reader of `by` must answer every item; a row that both sign
/// (`reviewer: KB; ON`) settles where they differ. An item that stops the appraisal leaves the rest but the overall
/// judgement unasked.
Appraised readAppraisal(const AppraisalForm& form, const Appraisal& asked, const Studies& studies,
                        const std::set<std::size_t>& wanted);

/// The form that the review names. Throws std::runtime_error if there is none of that name or it cannot be read.
AppraisalForm formOf(const Appraisal& asked);

/// The settled overall judgements of the pooled studies, by study; empty if the review names no form. Throws as formOf.
std::map<std::size_t, std::string> risksOf(const Synthesis& synthesis, const Studies& studies,
                                           const std::set<std::size_t>& pooled);

/// "low", "some concerns", "high", "no information".
std::string_view wordOf(Light light);

}  // namespace winnow::synthesis
