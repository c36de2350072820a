#include "Numbers.hpp"

#include <cmath>

#include <boost/math/distributions/fisher_f.hpp>

namespace winnow::agreement {

namespace {

/// Mean squares of a two-way layout without replication.
struct MeanSquares {
  double n, k;                     ///< records, raters
  double rows, columns, residual;  ///< between records, between raters, what is left
};

MeanSquares meanSquaresOf(const std::vector<std::vector<double>>& ratings) {
  const std::size_t n = ratings.size(), k = ratings[0].size();
  std::vector<double> row(n), column(k);
  double mean = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < k; ++j) {
      row[i] += ratings[i][j] / static_cast<double>(k);
      column[j] += ratings[i][j] / static_cast<double>(n);
      mean += ratings[i][j] / static_cast<double>(n * k);
    }
  double rows = 0, columns = 0, residual = 0;
  for (std::size_t i = 0; i < n; ++i) rows += std::pow(row[i] - mean, 2);
  for (std::size_t j = 0; j < k; ++j) columns += std::pow(column[j] - mean, 2);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < k; ++j) residual += std::pow(ratings[i][j] - row[i] - column[j] + mean, 2);
  const double records = static_cast<double>(n), raters = static_cast<double>(k);
  return {records, raters, raters * rows / (records - 1), records * columns / (raters - 1),
          residual / ((records - 1) * (raters - 1))};
}

Interval intervalOf(const MeanSquares& m, double icc) {
  if (m.residual <= 0 || icc >= 1) return {};
  const double a = m.k * icc / (m.n * (1 - icc)), b = 1 + m.k * icc * (m.n - 1) / (m.n * (1 - icc));
  const double v = std::pow(a * m.columns + b * m.residual, 2) /
                   (std::pow(a * m.columns, 2) / (m.k - 1) + std::pow(b * m.residual, 2) / ((m.n - 1) * (m.k - 1)));
  if (!(v > 0)) return {};
  using boost::math::fisher_f_distribution;
  const double above = boost::math::quantile(fisher_f_distribution<>(m.n - 1, v), 0.975);
  const double below = boost::math::quantile(fisher_f_distribution<>(v, m.n - 1), 0.975);
  const double shared = m.k * m.columns + (m.k * m.n - m.k - m.n) * m.residual;
  return {{m.n * (m.rows - above * m.residual) / (above * shared + m.n * m.rows),
           m.n * (below * m.rows - m.residual) / (shared + m.n * below * m.rows)}};
}

}  // namespace

NumberAgreement numberAgreementOf(const std::vector<std::vector<double>>& ratings) {
  if (ratings.size() < 2) return {};
  const MeanSquares m = meanSquaresOf(ratings);
  const double denominator = m.rows + (m.k - 1) * m.residual + m.k * (m.columns - m.residual) / m.n;
  if (!(denominator > 0)) return {};
  const double icc = (m.rows - m.residual) / denominator;
  return {icc, intervalOf(m, icc)};
}

}  // namespace winnow::agreement
