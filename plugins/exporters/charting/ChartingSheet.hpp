// The sheet in which one reader charts: what tells the record, and a column an item.
#pragma once

#include <string>
#include <vector>

#include <winnow/plugin.hpp>

#include "bibliography/Work.hpp"
#include "sheet/Sheet.hpp"

namespace winnow::exporters {

/// Writes the sheet by the document "form" (winnow-form/1). Items that come from the record are filled in; so is what
/// the reader answered before (fields "own." + item id). One thread.
class ChartingSheet {
 public:
  /// Throws std::runtime_error if `form` is not as its format says.
  ChartingSheet(const Host& host, const Settings& settings);

  /// `form`, `review`: the documents. Throws std::runtime_error if one of them is not as its format says.
  winnow_status write(Sink& sink, std::string_view form, std::string_view review);

 private:
  struct Item {
    std::string id, heading, from;
    std::vector<std::string> choices;
    bool isSeveral = false;
    double width = 20;
    std::uint32_t tag = 0;  ///< of own answers
  };
  std::vector<Item> itemsOf(std::string_view form);
  std::vector<sheet::Column> columns() const;
  table::Row cells(Record record) const;

  Host host_;
  bibliography::Vocabulary vocabulary_;
  std::string reviewer_, version_;
  sheet::SheetFile file_;
  std::vector<Item> items_;
};

}  // namespace winnow::exporters
