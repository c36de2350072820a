// Records and labels as tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/csv.hpp>

#include "Ranker.hpp"

namespace winnow::ranker {

/// A table of records: the column `record_id` (or `record`, `record.key`, as exports of a review head it), `title`,
/// `abstract`; either of the texts may be missing or empty. Throws std::invalid_argument with row and column.
class LabelledRecords {
 public:
  explicit LabelledRecords(std::string_view csv);

  const std::vector<std::string>& ids() const { return ids_; }
  /// Title and abstract.
  const std::vector<std::string>& texts() const { return texts_; }
  /// Records without a word of title and abstract: a ranking can only put them where words do not matter.
  std::size_t withoutText() const { return withoutText_; }
  /// Index of a record. Throws std::invalid_argument if there is none.
  std::size_t indexOf(std::string_view id) const;
  /// The labels of a column: 1 is relevant; 0 or empty is not. Throws for anything else.
  std::vector<bool> labels(std::string_view column) const;
  /// What was read, from a table of labels: `record_id` and `label` (1 or 0), or a decision sheet of a review with
  /// `record` and `decision` (include and maybe are relevant, exclude is not; undecided rows are left out). Throws for
  /// a record that is not in the table.
  std::vector<Reading> readings(std::string_view csv) const;

 private:
  formats::CsvTable table_;
  std::vector<std::string> ids_, texts_;
  std::vector<std::pair<std::string_view, std::size_t>> byId_;
  std::size_t withoutText_ = 0;
};

}  // namespace winnow::ranker
