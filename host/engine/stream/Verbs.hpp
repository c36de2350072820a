// What a stage can be asked to do with streams of lines, one function a verb. Each reads all of its input, writes one
// stream and its trailer; an answer depends on the lines alone, never on how a set was divided (docs/stage.md).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "StageAtWork.hpp"
#include "engine/reading/StreamWriter.hpp"

namespace winnow::engine {

/// What a verb reads, of which kind of stage, and what it writes.
struct StreamVerb {
  const char* name;
  std::uint32_t kind;  ///< of the stage
  std::vector<std::string> in;
  const char* out;
  const char* summary;
  /// Throws BadStream, and Error when the stage fails.
  void (*run)(StageAtWork& stage, StreamReader& reader, StreamWriter& writer);
};

/// Every verb that reads lines, in the order of a work.
const std::vector<StreamVerb>& streamVerbs();

/// --do match with the facts that `winnow stage --do count` found. Without them only for a matcher that wants none.
void matchLines(StageAtWork& stage, StreamReader& reader, StreamReader* facts, StreamWriter& writer);
/// --do take of a set of `total` records; 0: as many as come.
void takeLines(StageAtWork& stage, StreamReader& reader, std::uint64_t total, StreamWriter& writer);

void judgeLines(StageAtWork& stage, StreamReader& reader, StreamWriter& writer);
void annotateLines(StageAtWork& stage, StreamReader& reader, StreamWriter& writer);
void keyLines(StageAtWork& stage, StreamReader& reader, StreamWriter& writer);
void countLines(StageAtWork& stage, StreamReader& reader, StreamWriter& writer);
void groupLines(StageAtWork& stage, StreamReader& reader, StreamWriter& writer);
void settleLines(StageAtWork& stage, StreamReader& reader, StreamWriter& writer);
void clusterLines(StageAtWork& stage, StreamReader& reader, StreamWriter& writer);
void rankLines(StageAtWork& stage, StreamReader& reader, StreamWriter& writer);

}  // namespace winnow::engine
