// One state of a review that readers work in: evaluated once, then read. A newer one takes its place when decisions
// have opened later steps.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "Answers.hpp"
#include "ReadingStep.hpp"

namespace winnow::screen {

/// A review that was evaluated, with what keeps it alive.
struct Opened {
  std::shared_ptr<const void> owner;
  const engine::Workspace* work = nullptr;
  const engine::Evaluation* evaluation = nullptr;
  std::function<void()> closeLedger;  ///< gives the ledger to other programs; the workspace's is gone then
};

/// The decision files of all readers by path; they outlive a state of the review.
using DecisionFiles = std::map<std::filesystem::path, std::unique_ptr<DecisionFile>>;

/// The steps of every reader in one state of a review. One thread.
class Reading {
 public:
  /// `files` is borrowed. Closes the ledger at the end.
  Reading(Opened opened, DecisionFiles& files);

  const engine::Workspace& work() const noexcept { return *opened_.work; }
  RecordReader& records() noexcept { return records_; }
  /// Ids of the steps that a reader takes part in, in their order.
  std::vector<std::string> stepsOf(const std::string& reader) const;
  /// A step of a reader; null: the reader has none of that id.
  ReadingStep* step(const std::string& reader, const std::string& id);
  /// The step as the page is told of it.
  Json describe(const std::string& reader, const std::string& id);
  /// Why the page cannot write a reader's decisions in a step; empty: it can.
  const std::string& whyClosed(const std::string& reader, const std::string& id) const;

 private:
  struct Seat {
    std::unique_ptr<ReadingStep> reading;
    Json description;
    std::string why;
  };
  void seat(const engine::StepResult& result, const std::string& reader, DecisionFiles& files);

  Opened opened_;
  RecordReader records_;
  std::map<std::pair<std::string, std::string>, Seat> seats_;  ///< by reader and step
  std::map<std::string, std::vector<std::string>> order_;      ///< by reader: steps
};

}  // namespace winnow::screen
