// A step in which a reader decides: screening, full text, a category, what a filter proposes.
#pragma once

#include <memory>
#include <optional>

#include "ReadingStep.hpp"

namespace winnow::screen {

/// Borrows the workspace, the evaluation and the file. One thread.
class DecidingStep final : public ReadingStep {
 public:
  /// The order of reading follows from what the reader has decided so far, and is learned anew as more is. `before`:
  /// the same step in an earlier state of the review, whose order holds until a newer one has been learned; without it
  /// the constructor waits for the order if there is anything to learn from, and else begins with the order by chance.
  /// Needs the ledger.
  DecidingStep(const engine::Workspace& work, const engine::StepResult& step, const engine::Evaluation& evaluation,
               std::string reader, DecisionFile* file, ReadingStep* before = nullptr);

  Kind kind() const noexcept override;
  Faults faults(std::size_t position, const Change& change) const override;
  Own ownOf(const Change& change) const override;
  std::string wordOf(const Own& own) const override;
  const engine::StepResult* judged() const noexcept override { return &result_; }
  std::string proposalOf(std::size_t position) const override;
  const engine::StepResult& result() const noexcept { return result_; }
  void update() override;
  const Learned* learned() const noexcept override { return learned_ ? &*learned_ : nullptr; }
  void settle() override;

 private:
  void noteWord(std::size_t position) override;
  void follow(const engine::Evaluation& evaluation, ReadingStep* before);
  Learner::Work learning(const engine::Evaluation& evaluation) const;
  engine::ReadSoFar readSoFar() const;
  void adopt(Learned learned);

  Own said(std::size_t place) const;
  void readWord(const engine::Decision& word, bool isDecided, Own& own) const;
  std::string reasonFault(std::size_t position, const Change& change) const;
  std::string categoryFault(const Change& change) const;

  const engine::Workspace& work_;
  const engine::StepResult& result_;
  const std::string reader_;
  std::vector<std::size_t> byChance_;  ///< positions in the order by chance
  std::vector<std::size_t> read_;      ///< positions in the order in which they were read
  std::size_t untimed_ = 0;            ///< of them, how many have no time
  std::optional<Learned> learned_;
  std::unique_ptr<Learner> learner_;  ///< the last member: it ends first
};

}  // namespace winnow::screen
