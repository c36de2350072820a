// Charting answers: read from people's sheets, checked against the form, compared between readers, decided together
// where they differ.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ChartValues.hpp"
#include "Decisions.hpp"
#include "Sheets.hpp"
#include "Studies.hpp"

namespace winnow::engine {

/// An item that two readers answered differently and that no joint answer settles.
struct ChartDifference {
  RecordId record = 0;
  const config::FormItem* item = nullptr;
  std::vector<std::pair<std::string, std::vector<std::string>>> given;  ///< reader and values, in the form's order
};

/// Answers of one form.
struct ChartResult {
  const config::Form* form = nullptr;
  const config::Step* step = nullptr;
  std::vector<RecordId> in;
  std::map<RecordId, std::map<std::string, Answers>> answers;  ///< by record, then reader
  std::map<RecordId, Answers> joint;                           ///< what readers decided together
  std::vector<ChartDifference> differences;
  /// Reader -> records without a row by that reader.
  std::vector<std::pair<std::string, std::vector<RecordId>>> missing;
  /// Reader -> records whose answers are of an older version of the form, in which an item meant something else.
  std::vector<std::pair<std::string, std::vector<RecordId>>> outdated;
  /// By record and reader: the file of a sheet whose row does not say when it was answered, so that nothing written
  /// elsewhere is later.
  std::map<std::pair<RecordId, std::string>, std::string> inSheets;
  std::size_t refused = 0;  ///< cells that break the form
  std::size_t carried = 0;  ///< rows whose record was found by what else they say of it

  /// The answers that count: what all readers say, or what they decided together; an item on which they differ is
  /// blank.
  Answers finalAnswers(RecordId record) const;
  /// Who charted the record, in the form's order.
  std::vector<std::string> chartedBy(RecordId record) const;
  bool isOpen() const;
};

/// Reads and checks the answers of a charting step for the studies of `included`: a study is charted once, on its first
/// report, and rows may name any of its reports. The decision files hold each reader's own answers, the resolutions
/// files joint ones. A row of the screening page holds all of a reader's answers on its record: of several the latest
/// counts. Cells that break the form are reported (charting.*) and left out.
ChartResult readCharting(const PeopleInput& input, const config::Step& step, const Studies& studies,
                         const std::vector<RecordId>& included);

/// Heading of an item's column: "4. Study design"; extras by label alone.
std::string columnHeading(const config::FormItem& item);

}  // namespace winnow::engine
