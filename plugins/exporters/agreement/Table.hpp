// Tables of two raters, from CSV or from votes, and their figures as text.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "Agreement.hpp"

namespace winnow::agreement {

/// Reads a table of counts (first cell "counts") or of labels (first cell "record_id"). Empty labels are records that a
/// rater did not read: no pair. `categories` sets the order and keeps unused ones; otherwise include, maybe, exclude,
/// then the rest by code point. Throws std::invalid_argument naming row and column.
Table readTable(std::string_view csv, const std::vector<std::string>& categories);

/// A table of pairs of labels.
Table tableOf(const std::vector<std::pair<std::string, std::string>>& pairs,
              const std::vector<std::string>& categories);

/// A figure in JSON, 17 significant digits, null if it is not defined; an interval as a list of two.
std::string number(const Figure& figure);
std::string interval(const Interval& value);
/// For people: three decimals, or one where `scale` is 100; "not defined"; an interval as " [0.1, 0.2]" or nothing.
std::string shown(const Figure& figure, double scale = 1, const char* unit = "");
std::string shown(const Interval& value, double scale = 1, const char* unit = "");

/// All figures as JSON with 17 significant digits; what is not defined is null.
std::string toJson(const Agreement& agreement);
/// For people: the table, percent agreement, kappa, PABAK or S, AC1, with intervals and warnings.
std::string toText(const Table& table, const Agreement& agreement, std::string_view first, std::string_view second);

}  // namespace winnow::agreement
