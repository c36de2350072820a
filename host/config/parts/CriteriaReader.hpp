// Criteria by id: a text, or a map with a text and the criterion that it depends on.
#pragma once

#include <string_view>
#include <vector>

#include "../Problems.hpp"
#include "../Review.hpp"
#include "../YamlDocument.hpp"

namespace winnow::config {

/// The criteria below one key of `eligibility`, in the order of the file.
std::vector<Criterion> readCriteria(const YamlNode& node, std::string_view key, CriterionKind kind, Problems& problems);

/// Reports conditions that name no criterion of the review, or the criterion itself.
void checkConditions(const Review& review, Problems& problems);

}  // namespace winnow::config
