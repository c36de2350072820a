// The checks of `winnow plugins test`: each has a name, says what it looks for, and runs in a process of its own.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/abi.h>

#include "plugins/Instance.hpp"

namespace winnow::conform {

/// What is tested: a plugin file, one of its stages (null for checks of the file as a whole), and what the author gave.
struct Subject {
  std::filesystem::path file;
  const winnow_plugin* plugin = nullptr;
  const winnow_stage* stage = nullptr;
  plugins::SettingList settings;               ///< on top of the defaults
  std::vector<std::filesystem::path> samples;  ///< files that an importer reads
  const winnow_stage* partner = nullptr;  ///< of an exporter: the importer of the same format in another file, if any
};

/// Thrown by a check that found a fault: what the plugin did, and what it should have done.
struct Fault {
  std::string reason;
};

/// Thrown by a check that cannot say anything about this plugin.
struct Skip {
  std::string reason;
};

/// Kinds of stage a check is for, as bits; 0: the file as a whole, before any stage.
enum : unsigned {
  Importers = 2,
  Filters = 4,
  Matchers = 8,
  Samplers = 16,
  Exporters = 32,
  Annotators = 64,
  Rankers = 128,
  EveryStage = 254,
  WholeFile = 0
};

/// One check. `run` returns if all is well, throws Fault or Skip otherwise. It may crash or hang: it has its own
/// process.
struct Check {
  std::string_view name, description;
  unsigned kinds;
  void (*run)(const Subject&);
};

/// All checks in the order in which they are reported.
std::span<const Check> checks();
const Check* findCheck(std::string_view name);
inline bool isFor(const Check& check, std::uint32_t kind) { return (check.kinds & (1u << kind)) != 0; }

/// The files that the tests of a dialect table name; none for other plugins. Throws Fault.
std::vector<std::filesystem::path> tableSamples(const Subject& subject);

// The checks by file.
namespace file {
void symbol(const Subject&);
void quiet(const Subject&);
void version(const Subject&);
void descriptor(const Subject&);
}  // namespace file
namespace stage {
void options(const Subject&);
void settings(const Subject&);
void unknownOption(const Subject&);
void unknownExtension(const Subject&);
void emptyBatch(const Subject&);
void hostileRecords(const Subject&);
void exceptions(const Subject&);
void deterministic(const Subject&);
void parallel(const Subject&);
void cancellation(const Subject&);
void destroyUnfinished(const Subject&);
void memory(const Subject&);
}  // namespace stage
namespace filter {
void oneVerdict(const Subject&);
void declaredReasons(const Subject&);
void evidence(const Subject&);
void batchSize(const Subject&);
void handles(const Subject&);
void reads(const Subject&);
}  // namespace filter
namespace matcher {
void symmetric(const Subject&);
void identicalRecords(const Subject&);
}  // namespace matcher
namespace sampler {
void take(const Subject&);
}
namespace annotator {
void declaredFields(const Subject&);
}
namespace ranker {
void oneScore(const Subject&);
void setsAlone(const Subject&);
}  // namespace ranker
namespace importer {
void probe(const Subject&);
void positions(const Subject&);
void everyByte(const Subject&);
void joined(const Subject&);
void truncated(const Subject&);
void chunks(const Subject&);
void lineEnds(const Subject&);
void encodings(const Subject&);
void emptyInput(const Subject&);
void tableTests(const Subject&);
}  // namespace importer
namespace exporter {
void failingSink(const Subject&);
void roundTrip(const Subject&);
}  // namespace exporter

}  // namespace winnow::conform
