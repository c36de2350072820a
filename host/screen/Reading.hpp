// One state of a review that readers work in: evaluated once, then read. A newer one takes its place when decisions
// have opened later steps.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "Answers.hpp"
#include "Conflicts.hpp"
#include "FullTexts.hpp"
#include "PageFiles.hpp"
#include "Pairs.hpp"
#include "ReadingStep.hpp"

namespace winnow::screen {

/// A review that was evaluated, with what keeps it alive.
struct Opened {
  std::shared_ptr<const void> owner;
  const engine::Workspace* work = nullptr;
  const engine::Evaluation* evaluation = nullptr;
  std::function<void()> closeLedger;  ///< gives the ledger to other programs; the workspace's is gone then
};

/// What the page shows besides the review.
struct Manner {
  std::string language = "en";  ///< "en" or "no"
  std::string keys;             ///< "winnow" or "asreview"; empty: as the review says
  std::string program;          ///< "winnow 0.1.0"
};

/// The decision files of all readers by path; they outlive a state of the review.
using DecisionFiles = std::map<std::filesystem::path, std::unique_ptr<DecisionFile>>;

/// The steps of every reader in one state of a review. One thread.
class Reading {
 public:
  /// `files` is borrowed. Closes the ledger at the end. `before`: the state that this one replaces.
  Reading(Opened opened, DecisionFiles& files, Reading* before = nullptr);

  const engine::Workspace& work() const noexcept { return *opened_.work; }
  RecordReader& records() noexcept { return records_; }
  /// The name of the PDF that a step shows beside a record; empty: none.
  std::string fullTextOf(const ReadingStep& step, const RecordText& text) const;
  const FullTexts& fullTexts() const noexcept { return fullTexts_; }
  /// PDFs that are of no record that anybody reads, in this step or another. Reads the records.
  std::vector<std::string> strayFullTexts();
  /// Ids of the steps that a reader takes part in, in their order.
  std::vector<std::string> stepsOf(const std::string& reader) const;
  /// A step of a reader; null: the reader has none of that id.
  ReadingStep* step(const std::string& reader, const std::string& id);
  /// The conflicts of a step that a reader takes part in; null: the reader has no such step, or it is no screening.
  const Conflicts* conflicts(const std::string& reader, const std::string& id) const;
  /// The pairs that a reader may judge; null: none, or the reader has no say in them.
  Pairs* pairs(const std::string& reader);
  /// Everything that the page of a reader begins with. `token`: of the session's writes.
  Json session(const std::string& reader, const Manner& manner, const std::string& token);
  /// Why the page cannot write a reader's decisions in a step; empty: it can.
  const std::string& whyClosed(const std::string& reader, const std::string& id) const;

 private:
  struct Seat {
    std::unique_ptr<ReadingStep> reading;
    Json description;
    std::string why;
  };
  void seat(const engine::StepResult& result, const std::string& reader, DecisionFiles& files, Reading* before);
  void seat(const engine::ChartResult& chart, const std::string& reader, DecisionFiles& files);
  void seat(std::unique_ptr<ReadingStep> step, Json description, const std::string& reader, std::string why);
  void addPairs(const engine::StepResult& result, DecisionFiles& files);
  Json pairStep(const std::string& reader);
  void addConflicts(const engine::StepResult& result, DecisionFiles& files);
  DecisionFile* open(const PagePlace& place, const std::vector<std::string>& columns, DecisionFiles& files);
  Json describe(const std::string& reader, const std::string& id);
  Json conflictStep(const std::string& reader, const std::string& id);

  Opened opened_;
  RecordReader records_;
  FullTexts fullTexts_;
  std::map<std::pair<std::string, std::string>, Seat> seats_;  ///< by reader and step
  std::map<std::string, std::vector<std::string>> order_;      ///< by reader: steps
  std::map<std::string, Conflicts> conflicts_;                 ///< by step
  const config::Step* pairStep_ = nullptr;                     ///< the first step that finds duplicates
  std::map<std::string, Pairs> pairs_;                         ///< by reader
  std::string whyNoPairs_;
};

}  // namespace winnow::screen
