#pragma once

#include <nlohmann/json.hpp>

#include "bibliography/Work.hpp"

namespace winnow::exporters {

/// The CSL-JSON item of a work, keys in a fixed order. `ordinal` (from 1) names an item without a key. The mapping:
/// README.md. Thread: any.
nlohmann::ordered_json cslItem(const bibliography::Work& work, std::uint64_t ordinal);

/// True if cslItem has a place for the `n`-th value (from 0) of that tag of the work.
bool cslHolds(const bibliography::Work& work, tags::Name tag, std::size_t n);

}  // namespace winnow::exporters
