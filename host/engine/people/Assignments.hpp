// Which records a reader of a sample has to read. A sample, once drawn, is a fact: it stands in a file beside the
// decisions, which is appended and never rewritten.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "Decisions.hpp"

namespace winnow::engine {

/// One draw: of the records of a wave that had reached a step, those that a reader reads.
struct Draw {
  struct Row {
    RecordId record = 0;  ///< a representative
    bool reads = false;
  };
  std::string step, wave, reviewer, seed, share;
  std::size_t number = 1;  ///< 2 and more: records that came to the step after an earlier draw
  std::vector<Row> rows;   ///< every record that was drawn from, in durable order

  std::size_t taken() const;
};

/// Draws of a review as its file holds them.
class Assignments {
 public:
  /// Reads the file; a missing one holds nothing. Rows that name no record of the review are reported and left out.
  Assignments(const PeopleInput& input, const std::string& step);

  /// Whether the reader reads the work; nothing if no draw of the step and reader held it.
  std::optional<bool> reads(const std::string& reviewer, RecordId representative) const;
  /// How many draws of the step, wave and reader there were.
  std::size_t draws(const std::string& wave, const std::string& reviewer) const;

 private:
  std::map<std::pair<std::string, RecordId>, bool> reads_;            ///< by reader and representative
  std::map<std::pair<std::string, std::string>, std::size_t> draws_;  ///< by wave and reader
};

/// Appends draws to the review's file of assignments. The bytes that stood there stay.
void appendDraws(const PeopleInput& input, const std::vector<Draw>& draws);

}  // namespace winnow::engine
