// A form for the appraisal of studies: data in YAML, one shipped or a team's own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::synthesis {

/// What an answer means for the traffic light.
enum class Light { Low, Some, High, None };

struct AppraisalItem {
  std::string id, shortName, text, hint;
  bool stopsIfNo = false;                              ///< answered with a High light, the rest need not be answered
  std::vector<std::pair<std::string, Light>> answers;  ///< in the order of the form
  /// The light of an answer; none if the form does not know it. Case does not matter.
  std::optional<Light> lightOf(std::string_view answer) const;
};

struct AppraisalForm {
  std::string id, title, version, basedOn;
  std::vector<AppraisalItem> items;
  AppraisalItem overall;  ///< id "overall"; judged by people, no sum score
  /// Items that the form on which this one is based has and this one lacks, and the other way round.
  std::vector<std::string> removed, added;
  const AppraisalItem* find(std::string_view id) const;
};

/// The id that rows use for the overall judgement.
inline constexpr std::string_view kOverall = "overall";

/// Names of the shipped forms.
std::vector<std::string> shippedForms();
/// The shipped form of that name; none if there is none.
std::optional<std::string_view> shippedForm(std::string_view name);

/// Reads a form. Throws std::invalid_argument saying line, column and what is wrong: "line 4, column 3: ...".
AppraisalForm readAppraisalForm(std::string_view yaml);

}  // namespace winnow::synthesis
