// What became of every record: the steps of a review applied in their order, machines first, people's word on top.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "people/Charting.hpp"
#include "people/Studies.hpp"
#include "records/Annotations.hpp"
#include "records/Clusters.hpp"
#include "records/References.hpp"
#include "stages/Workspace.hpp"
#include "steps/StepResult.hpp"

namespace winnow::engine {

/// Which arm of the flow diagram a merged record belongs to.
enum class Lane : std::uint8_t { Databases, OtherMethods };

/// Where a record left the review or waits.
struct End {
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t step = kNone;  ///< index in Evaluation::steps()
  std::uint32_t place = 0;     ///< position in the step's `in`
  explicit operator bool() const noexcept { return step != kNone; }
};

/// A step in which records wait for people.
struct Provisional {
  std::string step, label;  ///< id and label
  std::size_t records = 0;
};

/// The result of evaluate(): a value. A record's fate hangs on its own earlier fates alone: what waits waits alone, and
/// everything else stands.
class Evaluation {
 public:
  const Records& records() const noexcept { return *records_; }
  const Clusters& clusters() const noexcept { return *clusters_; }
  /// Which records were one work when a step was reached: what people said there is about those.
  const Clusters& clustersAt(const StepResult& step) const noexcept {
    return step.clusters ? *step.clusters : *clusters_;
  }
  /// What reads and remembers what people said at a step. Borrows this and `work`.
  PeopleInput peopleAt(const Workspace& work, const StepResult& step) const {
    return {work, *records_, clustersAt(step), *references_};
  }
  const References& references() const noexcept { return *references_; }
  /// What the review's annotators found in the records that came to a step behind the duplicates.
  const Annotations& annotations() const noexcept { return *annotations_; }
  const std::vector<StepResult>& steps() const noexcept { return steps_; }
  const std::vector<ChartResult>& charts() const noexcept { return charts_; }

  /// Representatives that passed every step evaluated.
  const std::vector<RecordId>& included() const noexcept { return included_; }
  /// The studies that the included reports are of.
  const Studies& studies() const noexcept { return studies_; }
  Lane lane(RecordId representative) const;
  /// Where a representative left or waits; nothing if it was included.
  End end(RecordId representative) const { return representative < ends_.size() ? ends_[representative] : End{}; }
  /// The outcome at an end.
  const Outcome& outcome(End end) const { return steps_[end.step].outcomes[end.place]; }
  /// True if somebody has to do something.
  bool isOpen() const;
  /// Steps in which records wait, in order; empty when every number is final.
  std::vector<Provisional> provisional() const;

 private:
  friend Evaluation evaluate(const Workspace& work, std::vector<ActiveFile> files, const std::string& until);
  Evaluation(const Workspace& work, std::vector<ActiveFile> files);
  void apply(const Workspace& work, const std::string& until);
  void finish(StepResult&& result);
  void keepClusters();

  const config::Review* review_;
  std::unique_ptr<const Records> records_;
  std::unique_ptr<Clusters> clusters_;
  std::unique_ptr<const References> references_;
  std::unique_ptr<Annotations> annotations_;
  std::vector<StepResult> steps_;
  std::vector<ChartResult> charts_;
  std::vector<RecordId> included_;
  Studies studies_;
  std::vector<End> ends_;  ///< by record; empty as long as none ended
};

/// Applies the steps up to and including the one with id `until` (empty: all). The ledger gets machines' answers; what
/// people said is remembered by remember().
Evaluation evaluate(const Workspace& work, std::vector<ActiveFile> files, const std::string& until = {});

/// Keeps what an evaluation learned of people: their words in the ledger, new draws in the file of assignments.
void remember(const Workspace& work, const Evaluation& evaluation);

}  // namespace winnow::engine
