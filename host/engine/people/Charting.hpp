// Charting answers: read from people's sheets, checked against the form, one value or several a cell.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "Decisions.hpp"
#include "Sheets.hpp"

namespace winnow::engine {

/// Answers of one form.
struct ChartResult {
  const config::Form* form = nullptr;
  const config::Step* step = nullptr;
  std::vector<RecordId> in;
  /// By record, then reviewer, then item id: the values.
  std::map<RecordId, std::map<std::string, std::map<std::string, std::vector<std::string>>>> answers;
  /// Reviewer -> records without a row by that reviewer.
  std::vector<std::pair<std::string, std::vector<RecordId>>> missing;
  std::size_t refused = 0;  ///< cells that break the form
  std::size_t carried = 0;  ///< rows whose record was found by what else they say of it

  /// The answers that count: those of the form's first reader who answered. Empty if nobody did.
  std::map<std::string, std::vector<std::string>> finalAnswers(RecordId record) const;
  bool isOpen() const;
};

/// Reads and checks the answers of a charting step for `in`. Cells that break the form are reported (charting.*) and
/// left out.
ChartResult readCharting(const PeopleInput& input, const config::Step& step, const std::vector<RecordId>& in);

/// Heading of an item's column: "4. Study design"; extras by label alone.
std::string columnHeading(const config::FormItem& item);

}  // namespace winnow::engine
