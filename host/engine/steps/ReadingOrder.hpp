// In which order a reader gets the records of a screen step: that of the step's ranker, which learns from the reader's
// own decisions. Sheets and the screening page ask here.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
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

/// A ranker at work for one reader. Borrows workspace and stage use. One thread; not movable.
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

 private:
  plugins::Services services_;
  std::unordered_map<RecordId, std::size_t> places_;  ///< in durable order
  std::unique_ptr<plugins::Instance> ranker_;
};

}  // namespace winnow::engine
