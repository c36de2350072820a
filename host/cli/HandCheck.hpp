// The hand-check list: pairs that only a person can decide, side by side.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "Session.hpp"
#include "io/AtomicFile.hpp"

namespace winnow::cli {

/// True if the name of the list asks for a page to read.
bool isPage(const std::filesystem::path& target);

/// Writes the pairs of the duplicates step that are still to be decided: HTML for reading (`asPage`), otherwise CSV in
/// the columns of a decision file, to be filled in with "same" or "distinct". Pairs that were decided, or that meet in
/// one group anyway, are left out. `nameOf` gives the name of a record. Puts the file into place; returns how many
/// pairs were written. Throws winnow::Error.
std::size_t writeHandCheck(Session& session, const engine::StepResult& step,
                           const std::function<std::string(engine::RecordId)>& nameOf, bool asPage,
                           io::AtomicFile& file);

}  // namespace winnow::cli
