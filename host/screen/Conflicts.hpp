// Where the readers of a step differ, shown when all of them have read everything, and their joint decisions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "Answers.hpp"
#include "Change.hpp"
#include "DecisionFile.hpp"

namespace winnow::screen {

/// The conflicts of one screening step in one state of a review. Borrows the step and the file. One thread.
class Conflicts {
 public:
  /// `file` null: the page has no file for joint decisions.
  Conflicts(const engine::Workspace& work, const engine::StepResult& step, const engine::Evaluation& evaluation,
            DecisionFile* file);

  /// True when no reader of the step has anything left to read, and no record can come to it from an earlier step:
  /// until then nobody hears of another's decisions.
  bool areShown() const;
  /// How many there are, settled or not.
  std::size_t size() const noexcept { return records_.size(); }
  /// How many are open; 0 as long as they are not shown.
  std::size_t open() const;
  /// All that there were, settled or not, with both votes.
  Json list(RecordReader& reader) const;
  bool holds(const std::string& record) const { return find(record).has_value(); }
  std::size_t revision(const std::string& record) const { return file_ == nullptr ? 0 : file_->revision(record); }
  DecisionFile* file() const noexcept { return file_; }
  /// What is wrong with a joint decision; empty: nothing.
  std::string fault(const Settlement& settlement, const std::string& reader) const;
  /// The row of a joint decision.
  Row row(const std::string& record, const Settlement& settlement, const std::string& change,
          RecordReader& reader) const;

 private:
  std::optional<engine::RecordId> find(const std::string& record) const;
  Json votesOn(engine::RecordId id) const;
  Json resolutionOf(engine::RecordId id) const;

  const engine::Workspace& work_;
  const engine::StepResult& step_;
  const engine::Evaluation& evaluation_;
  DecisionFile* const file_;
  std::vector<engine::RecordId> records_;
};

}  // namespace winnow::screen
