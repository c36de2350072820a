// What one step made of the records that came to it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/people/Assignments.hpp"
#include "engine/people/Decisions.hpp"
#include "engine/records/Clusters.hpp"
#include "ledger/Ledger.hpp"

namespace winnow::engine {

/// What a record without a category is counted under.
inline constexpr const char* kNotCategorised = "not categorised";

/// What became of a record in a step. Kept and Undecided go on to the next step.
enum class Fate : std::uint8_t {
  Kept,
  Undecided,  ///< could not be decided, and stays
  Excluded,
  NotRetrieved,  ///< the full text could not be had
  Waiting        ///< people must decide first
};

/// True if the record goes on to the next step.
constexpr bool goesOn(Fate fate) noexcept { return fate == Fate::Kept || fate == Fate::Undecided; }

/// Who said so.
enum class Actor : std::uint8_t { Machine, Person };

/// One record in one step.
struct Outcome {
  static constexpr std::uint32_t kNone = UINT32_MAX;
  Fate fate = Fate::Kept;
  Actor by = Actor::Machine;
  std::uint32_t reason = kNone;    ///< index into StepResult::reasons, for exclusions and undecided
  std::uint32_t category = kNone;  ///< index into Mapping::categories, map steps
  std::uint32_t proposed =
      kNone;  ///< what the step's machine said of it, a winnow_action; of map steps unless a person said
};

/// A reader's open work in a step.
struct OpenWork {
  std::string reviewer;
  std::vector<RecordId> records;  ///< still to be decided by this reader
  std::size_t assigned = 0;       ///< all records this reader has to read
};

/// A decision about a record that did not come to the step.
struct DecidedElsewhere {
  RecordId record = 0;     ///< that the row names
  SheetRow place;          ///< of the row; its cells are left out
  std::string by, value;   ///< who decides, "KBAA; ON" of a joint decision, and what
  std::uint32_t at = 0;    ///< position of the earlier step in which the record ended
  Fate fate = Fate::Kept;  ///< there
};

/// Of a duplicates step.
struct Merging {
  std::size_t recordsIn = 0, recordsOut = 0;
  ledger::Id pairing = 0;  ///< where the ledger keeps the pairs and what people read beside them
  std::vector<ledger::Pair> pairs;
  std::size_t unconfirmed = 0;  ///< merges that wait for confirmation
  std::size_t decided = 0;      ///< pairs that people called the same or distinct
};

/// One category that a filter was asked about by itself: where its answers are.
struct Question {
  ledger::Id stage = 0;
  std::vector<std::uint64_t> views;  ///< parallel to StepResult::in
};

/// Of a map step.
struct Mapping {
  std::vector<std::string> categories;              ///< "not categorised" last
  std::vector<std::vector<std::uint32_t>> given{};  ///< several: all of a record, parallel to `in`; else empty
  std::vector<Question> questions{};                ///< several: by category; else empty

  /// The categories of the record at a position, "not categorised" if it has none.
  std::vector<std::uint32_t> of(std::size_t position, const Outcome& outcome) const;
};

/// Of a screening step.
struct Screening {
  std::vector<std::size_t> conflicts;                   ///< positions in `in` that wait for a joint decision
  std::vector<std::size_t> differingReasons;            ///< positions in `in` excluded for different reasons
  std::map<std::string, std::vector<RecordId>> sample;  ///< what readers of a share read, by reviewer
  std::map<std::string, std::size_t> undrawn;           ///< by reviewer: records that wait for a draw
  std::vector<Draw> draws;                              ///< made in this evaluation, not in the file yet
};

struct StepResult {
  const config::Step* step = nullptr;
  std::vector<RecordId> in;  ///< in durable order
  /// Which records were one work when the step was reached, where a later step merges more; null: as in the end.
  std::shared_ptr<const Clusters> clusters;
  std::vector<Outcome> outcomes;     ///< parallel to `in`
  std::vector<std::string> reasons;  ///< labels
  StepDecisions said;
  std::vector<DecidedElsewhere> elsewhere;  ///< what people said of records that are not in `in`
  std::vector<OpenWork> open;
  ledger::Id stage = 0;              ///< 0: no machine
  std::size_t fresh = 0;             ///< machine answers made in this run
  std::size_t takenOver = 0;         ///< machine answers from elsewhere, kept in this run: records, or pairs
  std::vector<std::uint64_t> views;  ///< what the machine saw, parallel to `in`: names its answer in the ledger
  std::optional<Merging> merging;
  std::optional<Mapping> mapping;
  std::optional<Screening> screening;

  std::size_t count(Fate fate) const;
  /// Records that left the review here.
  std::size_t left() const { return count(Fate::Excluded) + count(Fate::NotRetrieved); }
  bool isOpen() const { return count(Fate::Waiting) != 0 || (merging && merging->unconfirmed != 0); }
  /// Position of a record in `in`, or nothing if it never came here.
  std::optional<std::size_t> find(RecordId id) const;
  /// Index of a reason's label, added if it is new.
  std::uint32_t reasonIndex(const std::string& label);
  /// Notes that a reader still has to decide a record.
  void wait(const std::string& reviewer, RecordId id);
  /// What becomes of a record that cannot be decided: the step's own rule, by default it stays.
  Outcome undecided(std::uint32_t reason, Actor by) const;
  /// The machine's answer about the record at a position, as it stands in the ledger; nothing if none was asked.
  std::optional<ledger::VerdictRow> answer(const ledger::Ledger& ledger, std::size_t position) const;
};

}  // namespace winnow::engine
