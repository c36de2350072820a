// In which order a reader gets the records of a screen step: that of the step's ranker, which learns from the reader's
// own decisions. Sheets and the screening page ask here.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "StepResult.hpp"
#include "engine/records/Projection.hpp"
#include "engine/records/Views.hpp"
#include "engine/stages/Workspace.hpp"
#include "plugins/Instance.hpp"

namespace winnow::engine {

/// A record's place in the order.
struct NextRecord {
  RecordId record;
  bool byChance;  ///< nothing was learned yet: a draw gave the place, and recall may be estimated from it
};

/// What a reader has said of records of a step, as a ranker learns it: true for what was included or kept as undecided.
/// Words that are not settled are left out, those of other readers always.
std::map<RecordId, bool> labelsOf(const StepResult& step, const std::string& reviewer);

/// Everything that a reader was given in a step: what is assigned, or, where nothing is, what waits for the reader and
/// what the reader has said something about.
std::vector<RecordId> givenTo(const StepResult& step, const std::string& reviewer);

/// Whether the step's readers get its records in another order than as listed.
inline bool hasOrder(const config::Step& step) { return step.order || step.randomFrom != 0; }
/// `order: hash`: every record is read by chance, and no ranker is asked.
inline bool isOrderedByHash(const config::Step& step) { return !step.order && step.randomFrom == 1; }

/// Whether a reader who has read so many records gets the rest by chance.
bool isByChance(const config::Step& step, std::size_t read);

/// The records in an order that nothing in them decides: that of SHA-256 (the step's seed, line feed,
/// key of the work), as `winnow sample` draws. Records from it, first to last, are draws by chance without replacement.
std::vector<RecordId> byChance(const Records& records, const Clusters& clusters, const config::Step& step,
                               std::vector<RecordId> given);

/// What has no label, in the order of `given`.
std::vector<RecordId> openOf(std::vector<RecordId> given, const std::map<RecordId, bool>& labels);

/// A ranker at work for one reader. Borrows workspace and stage use. One thread at a time; not movable.
class ReadingOrder {
 public:
  /// Hands the records over that the reader was given, in their durable order. Throws winnow::Error when the ranker
  /// fails.
  ReadingOrder(const Workspace& work, const config::StageUse& use, Views& views, const std::vector<RecordId>& given);
  ReadingOrder(const ReadingOrder&) = delete;
  ReadingOrder& operator=(const ReadingOrder&) = delete;

  /// The records without a label, the next one first; equally likely ones in durable order. A function of the records
  /// and the labels alone. Labels of records that were not given are left out.
  std::vector<NextRecord> after(const std::map<RecordId, bool>& labels);

  /// From now on what the ranker reports is kept for takeHeld(): for work in a thread of its own.
  void holdDiagnostics();
  std::vector<io::Diagnostic> takeHeld() { return std::exchange(held_, {}); }

 private:
  const Workspace& work_;
  const config::StageUse& use_;
  plugins::Services services_;
  std::vector<io::Diagnostic> held_;
  std::unordered_map<RecordId, std::size_t> places_;  ///< in durable order
  std::unique_ptr<plugins::Instance> ranker_;
};

}  // namespace winnow::engine
