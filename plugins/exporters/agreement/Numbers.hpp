// Agreement of two raters who give numbers.
#pragma once

#include <vector>

#include "Agreement.hpp"

namespace winnow::agreement {

/// Intraclass correlation for absolute agreement of single ratings, raters and records taken at random: ICC(2,1) of
/// Shrout and Fleiss 1979, ICC(A,1) of McGraw and Wong 1996.
struct NumberAgreement {
  Figure icc;         ///< absent for fewer than two records, or where all numbers are the same
  Interval interval;  ///< 95 %, McGraw and Wong 1996, table 7; absent where a mean square is 0
};

/// `ratings`: a row a record, a column a rater, two or more raters, all rows of the same length.
NumberAgreement numberAgreementOf(const std::vector<std::vector<double>>& ratings);

}  // namespace winnow::agreement
