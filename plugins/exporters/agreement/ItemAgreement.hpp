// Agreement of two readers on each item of a charting form.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "Agreement.hpp"
#include "Numbers.hpp"
#include "table/Grid.hpp"

namespace winnow::agreement {

struct ItemAgreement {
  std::string id, label, type;
  bool isPrefilled = false;  ///< filled in from the record in both sheets: their agreement says nothing
  std::uint64_t n = 0;       ///< records that both charted and at least one answered the item of
  std::uint64_t equal = 0;   ///< answered alike: as sets where several answers are possible, without case and blanks
  Figure share;              ///< equal / n
  Interval wilson;
  /// Of closed lists: a list with one answer has one table under its own name, one with several has one a value (given
  /// or not).
  std::vector<std::pair<std::string, Agreement>> lists;
  std::uint64_t numbers = 0;  ///< records for which both gave a number
  NumberAgreement number;     ///< of these
};

/// The items of one form of the document "charting" (winnow-charting/1). Throws nlohmann::json::exception for a
/// document that is not as its format says.
std::vector<ItemAgreement> itemAgreementsOf(const nlohmann::ordered_json& form);

/// JSON of one item, and a row of the table for people; what is not defined is null, "not defined".
std::string toJson(const ItemAgreement& item);
std::string toRow(const ItemAgreement& item);

/// A row an item of every form of the document "charting"; without rows, and saying so, where no form has two readers.
table::Grid gridOfItems(const nlohmann::ordered_json& charting);

}  // namespace winnow::agreement
