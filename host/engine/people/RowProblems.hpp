// Problems of rows, equal ones as one: a name that is unknown in twenty rows is reported once, with the count.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "Sheets.hpp"

namespace winnow::engine {

class RowProblems {
 public:
  explicit RowProblems(const Workspace& work) : work_(work) {}
  /// `column`: of which cell of the row.
  void add(io::Severity severity, const SheetRow& row, std::string code, std::string message, std::string action,
           std::string_view column = {});
  void warn(const SheetRow& row, std::string code, std::string message, std::string action,
            std::string_view column = {}) {
    add(io::Severity::Warning, row, std::move(code), std::move(message), std::move(action), column);
  }
  /// Reports what was added, in the order in which it was found.
  void report();

 private:
  struct Problem {
    io::Severity severity;
    SheetRow row;  ///< the first of them, its place alone
    std::string code, message, action, column;
    std::size_t count = 1;
  };
  const Workspace& work_;
  std::vector<Problem> problems_;
  std::map<std::string, std::size_t> known_;  ///< file, code and message -> index
};

}  // namespace winnow::engine
