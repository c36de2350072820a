// Where streams of records begin: an export file, or the records that a step of a review would be handed.
#pragma once

#include <cstdint>
#include <string>

#include "engine/Evaluation.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/reading/StreamWriter.hpp"

namespace winnow::engine {

/// What a file is in its set.
struct FileInSet {
  std::string source;      ///< the name of its source; records say it
  std::uint64_t rank = 0;  ///< its place in the order of files
  bool withRaw = false;    ///< fields as they were exported, too
};

/// Reads an export file. Each record is named FILE#ORDINAL, and is what `winnow dedup` makes of it. Writes no trailer.
ReadReport readLines(const ReadRequest& request, const FileInSet& in, const plugins::Catalogue& catalogue,
                     plugins::TagTable& tags, const io::DiagnosticSink& tell, StreamWriter& writer);

/// The records that passed all steps of an evaluation, as a stage behind them sees them: a matcher those of each export
/// for itself, any other merged ones. Writes no trailer; gives the hash of the whole set as a matcher sees it, which
/// answers about it are valid for, or nothing for another stage.
std::string passedLines(const Workspace& work, const Evaluation& evaluation, bool forMatcher, bool withRaw,
                        StreamWriter& writer);

}  // namespace winnow::engine
