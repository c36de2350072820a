#pragma once

#include <string>

#include "bibliography/Work.hpp"

namespace winnow::exporters {

/// Appends the CSL-JSON item of a work, members in a fixed order. `ordinal` (from 1) names an item without a key. The
/// mapping: README.md. Thread: any.
void appendCslItem(std::string& out, const bibliography::Work& work, std::uint64_t ordinal);

/// True if appendCslItem has a place for the `n`-th value (from 0) of that tag of the work.
bool cslHolds(const bibliography::Work& work, tags::Name tag, std::size_t n);

}  // namespace winnow::exporters
