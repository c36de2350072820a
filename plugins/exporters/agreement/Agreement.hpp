// Agreement of two raters over q categories, with intervals. Undefined figures are absent, never 0 or 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace winnow::agreement {

/// counts[i][j]: records that rater A put into category i and rater B into j.
struct Table {
  std::vector<std::string> categories;
  std::vector<std::vector<std::uint64_t>> counts;
  std::uint64_t total() const;
};

using Figure = std::optional<double>;
using Interval = std::optional<std::pair<double, double>>;

/// Every figure is a share between -1 and 1 unless said otherwise. Intervals are 95 %.
struct Agreement {
  std::uint64_t n = 0;
  Figure percentAgreement;
  Interval wilson, clopperPearson;  ///< of the percent agreement: Wilson 1927, Clopper and Pearson 1934
  Figure expected;                  ///< by chance, Cohen
  Figure kappa, kappaSe, kappaSe0;  ///< Cohen 1960; standard errors: Fleiss, Cohen, Everitt 1969 (0: under kappa = 0)
  Interval kappaWald;
  Figure kappaMax, bennettS, bennettSe;  ///< Bennett 1954
  Figure scottPi, krippendorffAlpha;     ///< Scott 1955; nominal alpha
  Figure ac1, ac1Expected, ac1Se;        ///< Gwet 2008
  Interval ac1T;
  Figure weightedLinear, weightedQuadratic;  ///< Cohen 1968, in the order of the categories
  // two categories only: Byrt 1993, McNemar
  Figure pabak, prevalence, bias, positive, negative, mcnemar, mcnemarExact;
  bool isTwoByTwo = false;
};

/// 95 % of a share, Wilson 1927. `n` > 0.
std::pair<double, double> wilsonInterval(std::uint64_t agreed, std::uint64_t n);

/// All figures of a table. A table without a record gives n = 0 and nothing else.
Agreement agreementOf(const Table& table);

/// The same table with `maybe` counted as `include`; the table itself if it has no such category.
Table withMaybeAsInclude(const Table& table);

}  // namespace winnow::agreement
