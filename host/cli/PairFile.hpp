// A decision file of the duplicates step to which a row is appended, whatever columns it has.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "io/OutputPolicy.hpp"

namespace winnow::cli {

/// Appends a row with these cells (record, other, reviewer, decision, note) below the headings that the file has, with
/// its own delimiter; a file that is not there begins with these five. Throws winnow::UsageError for a file that lacks
/// one of the first four columns, is no text in UTF-8, or may not be written.
void appendPair(io::OutputPolicy& outputs, const std::filesystem::path& file, io::NamedBy namedBy,
                const std::map<std::string, std::string>& cells);

}  // namespace winnow::cli
