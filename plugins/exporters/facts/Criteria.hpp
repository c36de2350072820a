// The eligibility criteria of a review, and how an exclusion by one of them is printed.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::facts {

struct Criterion {
  enum class Kind { AllOf, AtLeastOneOf, NoneOf };
  std::string id, text;
  Kind kind = Kind::AllOf;
  std::string reason;  ///< as the review wants exclusions by it printed; empty: not said
};

class Criteria {
 public:
  Criteria() = default;
  /// Of a document winnow-review/1. Throws std::runtime_error that names what is not as the format says.
  explicit Criteria(const nlohmann::ordered_json& review);
  /// Of the document's text; an empty text has no criteria. Throws as the other does.
  static Criteria parse(std::string_view review);

  /// A reason as people read it: of a criterion the reason that the review states, else its text ("not met: ..." where
  /// the criterion must hold); of a step's own reason its text; any other reason is text already.
  std::string reasonText(const std::string& reason) const;
  const std::vector<Criterion>& list() const noexcept { return list_; }

 private:
  std::vector<Criterion> list_;
  std::map<std::string, std::string> reasonsOfSteps_;  ///< texts by id
};

}  // namespace winnow::facts
