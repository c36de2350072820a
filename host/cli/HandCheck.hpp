// The hand-check list: pairs that only a person can decide, side by side.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "Session.hpp"

namespace winnow::cli {

/// Writes the pairs of the duplicates step that are still to be decided: HTML for reading (name ends in .html),
/// otherwise CSV in the columns of a decision file, to be filled in with "same" or "distinct". Pairs that were decided,
/// or that meet in one group anyway, are left out. `nameOf` gives the name of a record. Returns how many pairs were
/// written. Throws winnow::Error.
std::size_t writeHandCheck(Session& session, const engine::StepResult& step,
                           const std::function<std::string(engine::RecordId)>& nameOf,
                           const std::filesystem::path& target);

}  // namespace winnow::cli
