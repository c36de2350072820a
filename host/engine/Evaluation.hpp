// What became of every record: the steps of a review applied in their order, machines first, people's word on top.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/people/Charting.hpp"
#include "engine/people/Decisions.hpp"
#include "engine/records/Records.hpp"
#include "engine/records/Views.hpp"
#include "engine/stages/Workspace.hpp"
#include "engine/steps/Duplicates.hpp"
#include "engine/steps/Judging.hpp"

namespace winnow::engine {

enum class Fate : std::uint8_t { Kept, Undecided, Excluded, Waiting };

/// One record in one step.
struct Outcome {
  Fate fate = Fate::Kept;
  bool byPerson = false;           ///< exclusion or decision made or confirmed by a person
  std::uint16_t reason = kNone;    ///< index into StepResult::reasons, for exclusions and undecided
  std::uint16_t category = kNone;  ///< index into StepResult::categories, map steps
  static constexpr std::uint16_t kNone = UINT16_MAX;
};

/// A reader's open work in a step.
struct OpenWork {
  std::string reviewer;
  std::vector<RecordId> records;  ///< still to be decided by this reader
  std::size_t assigned = 0;       ///< all records this reader has to read
};

struct StepResult {
  const config::Step* step = nullptr;
  bool isDuplicates = false;
  std::vector<RecordId> in;             ///< in durable order
  std::vector<Outcome> outcomes;        ///< parallel to `in`
  std::vector<std::string> reasons;     ///< labels
  std::vector<std::string> categories;  ///< map steps; "not categorised" last
  StepDecisions said;
  std::vector<OpenWork> open;
  std::vector<std::size_t> conflicts;  ///< positions in `in` that wait for a resolution
  std::size_t fresh = 0;               ///< machine answers made in this run
  ledger::Id stage = 0;                ///< 0: no machine
  // duplicates
  std::size_t recordsIn = 0, recordsOut = 0;
  std::vector<ledger::PairRow> pairs;
  std::size_t unconfirmed = 0;  ///< merges that wait for confirmation
  // screening: records drawn for a reader with a share, by reviewer
  std::map<std::string, std::vector<RecordId>> sample;

  std::size_t count(Fate fate) const;
  bool isOpen() const { return count(Fate::Waiting) != 0 || unconfirmed != 0; }
  /// Position of a record in `in`, or nothing if it never came here.
  std::optional<std::size_t> find(RecordId id) const;
};

/// Which arm of the flow diagram a merged record belongs to.
enum class Lane : std::uint8_t { Databases, OtherMethods };

class Evaluation {
 public:
  /// Applies the steps up to and including the one with id `until` (empty: all). Writes machine answers, people's
  /// events and samples to the ledger.
  Evaluation(const Workspace& work, std::vector<ActiveFile> files, const std::string& until = {});

  const Records& records() const noexcept { return records_; }
  const Clusters& clusters() const noexcept { return clusters_; }
  const References& references() const noexcept { return references_; }
  const std::vector<StepResult>& steps() const noexcept { return steps_; }
  const std::vector<ChartResult>& charts() const noexcept { return charts_; }
  Views& views() noexcept { return views_; }

  /// Representatives that passed every step evaluated.
  const std::vector<RecordId>& included() const noexcept { return remaining_; }
  Lane lane(RecordId representative) const;
  /// Where a representative ended: (step, position) of its exclusion or wait; nothing if it was included.
  std::optional<std::pair<std::size_t, std::size_t>> end(RecordId representative) const;
  bool isOpen() const;

 private:
  void run(const config::Step& step);
  void removeDuplicates(StepResult& result);
  void removeByMachine(StepResult& result);
  void removeByPeople(StepResult& result);
  void screen(StepResult& result);
  void map(StepResult& result);
  void finish(StepResult&& result);
  void assignReaders(StepResult& result, std::map<RecordId, std::vector<std::string>>& assigned,
                     std::vector<bool>& blocked);
  std::vector<RecordId> drawSample(const StepResult& result, const config::Reader& reader, std::size_t wave);
  Judged judgeStep(StepResult& result, const ExtraFields& extra);
  std::uint64_t viewHash(RecordId id, const ExtraFields& extra) const;
  std::uint16_t reasonIndex(StepResult& result, const std::string& label) const;
  const Decision* ownWord(const StepResult& result, RecordId id) const;
  const Decision* batchWord(const StepResult& result, RecordId id) const;
  Outcome undecided(StepResult& result, std::uint16_t reason) const;
  void wait(StepResult& result, const std::string& reviewer, RecordId id);

  const Workspace& work_;
  Records records_;
  Clusters clusters_;
  References references_;
  Views views_;
  std::vector<StepResult> steps_;
  std::vector<ChartResult> charts_;
  std::vector<RecordId> remaining_;
  std::vector<std::pair<std::uint8_t, std::uint32_t>> ends_;  ///< by record: step + 1 and position; 0: none
};

}  // namespace winnow::engine
