#include "RowProblems.hpp"

namespace winnow::engine {

void RowProblems::add(io::Severity severity, const SheetRow& row, std::string code, std::string message,
                      std::string action, std::string_view column) {
  const auto [known, isNew] = known_.emplace(row.file + '\n' + code + '\n' + message, problems_.size());
  if (!isNew) {
    ++problems_[known->second].count;
    return;
  }
  problems_.push_back({severity,
                       {row.file, row.line, {}, row.number, row.head},
                       std::move(code),
                       std::move(message),
                       std::move(action),
                       std::string(column)});
}

void RowProblems::report() {
  for (Problem& p : problems_) {
    if (p.count > 1) p.message += " (in " + std::to_string(p.count) + " rows, first here)";
    tellRow(work_, p.severity, p.row, std::move(p.code), std::move(p.message), std::move(p.action), p.column);
  }
  problems_.clear();
  known_.clear();
}

}  // namespace winnow::engine
