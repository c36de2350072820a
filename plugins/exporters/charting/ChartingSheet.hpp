// The sheet in which one reader charts: what tells the record, and a column an item.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <winnow/plugin.hpp>

#include "bibliography/Work.hpp"
#include "sheet/Sheet.hpp"
#include "studies/Form.hpp"

namespace winnow::exporters {

/// Writes the sheet of a charting form. Items that come from the record are filled in; so is what
/// the reader answered before (fields "own." + item id). One thread.
class ChartingSheet {
 public:
  ChartingSheet(const Host& host, const Settings& settings);

  /// `version`: of the form; `review`: the document. Throws std::runtime_error if it is not as its format says.
  winnow_status write(Sink& sink, const std::vector<studies::FormItem>& items, std::string version,
                      std::string_view review);

 private:
  std::vector<sheet::Column> columns() const;
  table::Row cells(Record record) const;

  Host host_;
  bibliography::Vocabulary vocabulary_;
  std::string reviewer_, version_;
  sheet::SheetFile file_;
  std::vector<std::pair<studies::FormItem, std::uint32_t>> items_;  ///< and the tag of own answers
};

}  // namespace winnow::exporters
