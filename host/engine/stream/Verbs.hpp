// What a stage can be asked to do with streams of lines, one function a verb. Each reads all of its input, writes one
// stream and its trailer; an answer depends on the lines alone, never on how a set was divided (docs/stage.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "StageAtWork.hpp"
#include "engine/reading/StreamWriter.hpp"

namespace winnow::engine {

/// Bytes that a verb sorts in memory; what is more is on disk.
inline constexpr std::size_t kSortMemory = std::size_t{1} << 25;

/// What a verb works with.
struct VerbCall {
  StageAtWork& stage;
  StreamReader& reader;
  StreamWriter& writer;
  StreamReader* facts = nullptr;  ///< match: what --do count found; null only for a matcher that wants none
  StreamWriter* wants = nullptr;  ///< meet, group: which parts want which records; null: nobody asks
  std::uint64_t total = 0;        ///< take: records in the whole set; 0: as many as come
};

/// What a verb reads, of which kind of stage, and what it writes.
struct StreamVerb {
  const char* name;
  std::uint32_t kind;  ///< of the stage
  std::vector<std::string> in;
  const char* out;
  const char* summary;
  bool isDivided;  ///< its lines say which part they are for
  /// Throws BadStream, and Error when the stage fails.
  void (*run)(const VerbCall& call);
};

/// Every verb that reads lines, in the order of a work.
const std::vector<StreamVerb>& streamVerbs();

void judgeLines(const VerbCall& call);
void annotateLines(const VerbCall& call);
void keyLines(const VerbCall& call);
void meetLines(const VerbCall& call);
void sendLines(const VerbCall& call);
void countLines(const VerbCall& call);
void matchLines(const VerbCall& call);
void groupLines(const VerbCall& call);
void settleLines(const VerbCall& call);
void clusterLines(const VerbCall& call);
void takeLines(const VerbCall& call);
void rankLines(const VerbCall& call);

}  // namespace winnow::engine
