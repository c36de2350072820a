// A table of effects or of what effects are computed from: one row an effect.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/csv.hpp>

#include "Effects.hpp"
#include "Weighting.hpp"

namespace winnow::meta {

/// Which column of the table stands for which name of a measure: "ai" -> "tpos". Names without an entry are their own.
using ColumnNames = std::map<std::string, std::string>;

class EffectTable {
 public:
  /// `study`: the column that names studies; empty: the column "study" if there is one, else rows are numbered.
  /// Throws std::invalid_argument with row and column for whatever cannot be an effect, and if there is no row.
  EffectTable(std::string_view csv, Measure measure, const ColumnNames& names, std::string_view study);

  const std::vector<Effect>& effects() const { return effects_; }
  /// The texts of a column, in the order of the effects. Throws if there is no such column or a cell is empty.
  std::vector<std::string> texts(std::string_view column) const;

  struct Design {
    Eigen::MatrixXd x;               ///< ones, then a column a number or an indicator
    std::vector<std::string> names;  ///< "intercept", "year", "allocation=random"
  };
  /// A column of numbers is one column; a column of texts one indicator for each text but the first in byte order.
  Design design(const std::vector<std::string>& moderators) const;

 private:
  void checkColumns(Measure measure, const ColumnNames& names) const;
  formats::CsvTable table_;
  std::vector<Effect> effects_;
};

/// "ai=tpos" -> {ai, tpos}. Throws std::invalid_argument for anything else, and for a name that the measure does not
/// know.
ColumnNames columnNames(const std::vector<std::string_view>& words, Measure measure);

}  // namespace winnow::meta
