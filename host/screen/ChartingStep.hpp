// A step in which a reader charts: the answers to a typed form, of one study after the other.
#pragma once

#include "ReadingStep.hpp"

namespace winnow::screen {

/// Borrows the evaluation and the file. One thread.
class ChartingStep final : public ReadingStep {
 public:
  ChartingStep(const engine::ChartResult& chart, const engine::Evaluation& evaluation, std::string reader,
               DecisionFile* file);

  Kind kind() const noexcept override { return Kind::Chart; }
  /// Checks the answers as those of a sheet are (engine::answerIn), and that only what is asked is answered.
  Faults faults(std::size_t position, const Change& change) const override;
  /// The answers as the form spells them.
  Own ownOf(const Change& change) const override;
  std::string wordOf(const Own& own) const override { return own.answers.empty() ? std::string() : engine::kCharted; }
  void complete(Row& row, const Own& own) const override;
  const config::Form& form() const noexcept { return *chart_.form; }

  /// The columns of the page's file of a form.
  static std::vector<std::string> columnsOf(const config::Form& form);

 private:
  Own said(std::size_t position) const;

  const engine::ChartResult& chart_;
  const std::string reader_;
};

}  // namespace winnow::screen
