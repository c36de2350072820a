#include "Agreement.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace winnow::agreement {

namespace {

constexpr double kZ = 1.959963984540054;

/// A table as shares of its total.
class Shares {
 public:
  explicit Shares(const Table& table)
      : size(table.categories.size()),
        n(static_cast<double>(table.total())),
        p(size, std::vector<double>(size)),
        row(size),
        column(size) {
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < size; ++j) {
        p[i][j] = static_cast<double>(table.counts[i][j]) / n;
        row[i] += p[i][j];
        column[j] += p[i][j];
      }
  }
  double mean(std::size_t i) const { return (row[i] + column[i]) / 2; }
  template <class Term>
  double sum(Term&& term) const {
    double total = 0;
    for (std::size_t i = 0; i < size; ++i) total += term(i);
    return total;
  }

  std::size_t size;
  double n;
  std::vector<std::vector<double>> p;
  std::vector<double> row, column;
};

std::pair<double, double> clipped(double low, double high) { return {std::max(-1.0, low), std::min(1.0, high)}; }

std::pair<double, double> wilson(double po, double n) {
  const double z2 = kZ * kZ, centre = po + z2 / (2 * n), half = kZ * std::sqrt(po * (1 - po) / n + z2 / (4 * n * n)),
               scale = 1 + z2 / n;
  return {(centre - half) / scale, (centre + half) / scale};
}

std::pair<double, double> clopperPearson(double agreed, double n) {
  const double low =
      agreed == 0 ? 0 : boost::math::quantile(boost::math::beta_distribution<>(agreed, n - agreed + 1), 0.025);
  const double high =
      agreed == n ? 1 : boost::math::quantile(boost::math::beta_distribution<>(agreed + 1, n - agreed), 0.975);
  return {low, high};
}

void addKappa(const Shares& s, double po, Agreement& out) {
  const double pe = s.sum([&](std::size_t i) { return s.row[i] * s.column[i]; });
  out.expected = pe;
  if (pe >= 1) return;  // both used one and the same category: nothing to correct for
  const double kappa = (po - pe) / (1 - pe);
  out.kappa = kappa;
  const double a =
      s.sum([&](std::size_t i) { return s.p[i][i] * std::pow(1 - (s.row[i] + s.column[i]) * (1 - kappa), 2); });
  double b = 0;
  for (std::size_t i = 0; i < s.size; ++i)
    for (std::size_t j = 0; j < s.size; ++j)
      if (i != j) b += s.p[i][j] * std::pow(s.column[i] + s.row[j], 2);
  b *= std::pow(1 - kappa, 2);
  const double c = std::pow(kappa - pe * (1 - kappa), 2);
  const double se = std::sqrt(std::max(0.0, a + b - c)) / ((1 - pe) * std::sqrt(s.n));
  out.kappaSe = se;
  const double null =
      pe + pe * pe - s.sum([&](std::size_t i) { return s.row[i] * s.column[i] * (s.row[i] + s.column[i]); });
  out.kappaSe0 = std::sqrt(std::max(0.0, null)) / ((1 - pe) * std::sqrt(s.n));
  out.kappaWald = clipped(kappa - kZ * se, kappa + kZ * se);
  out.kappaMax = (s.sum([&](std::size_t i) { return std::min(s.row[i], s.column[i]); }) - pe) / (1 - pe);
  for (const int power : {1, 2}) {
    double observed = 0, chance = 0;
    for (std::size_t i = 0; i < s.size; ++i)
      for (std::size_t j = 0; j < s.size; ++j) {
        const double distance =
            std::abs(static_cast<double>(i) - static_cast<double>(j)) / static_cast<double>(s.size - 1);
        const double weight = 1 - std::pow(distance, power);
        observed += weight * s.p[i][j];
        chance += weight * s.row[i] * s.column[j];
      }
    if (chance < 1) (power == 1 ? out.weightedLinear : out.weightedQuadratic) = (observed - chance) / (1 - chance);
  }
}

void addChanceCorrected(const Shares& s, double po, Agreement& out) {
  const double q = static_cast<double>(s.size);
  out.bennettS = (po - 1 / q) / (1 - 1 / q);
  if (s.n > 1) out.bennettSe = std::sqrt(po * (1 - po) / s.n) / (1 - 1 / q);
  const double scott = s.sum([&](std::size_t i) { return s.mean(i) * s.mean(i); });
  if (scott < 1 && out.kappa) out.scottPi = (po - scott) / (1 - scott);
  const double values = 2 * s.n;
  const double disagreement =
      1 - s.sum([&](std::size_t i) { return values * s.mean(i) * (values * s.mean(i) - 1); }) / (values * (values - 1));
  if (disagreement > 0) out.krippendorffAlpha = 1 - (1 - po) / disagreement;
}

void addAc1(const Shares& s, double po, Agreement& out) {
  const double q = static_cast<double>(s.size);
  const double pe = s.sum([&](std::size_t i) { return s.mean(i) * (1 - s.mean(i)); }) / (q - 1);
  const double ac1 = (po - pe) / (1 - pe);
  out.ac1Expected = pe;
  out.ac1 = ac1;
  if (s.n < 2) return;
  const double first = s.sum([&](std::size_t i) { return s.p[i][i] * (1 - s.mean(i)); }) / (q - 1) - po * pe;
  double second = 0;
  for (std::size_t i = 0; i < s.size; ++i)
    for (std::size_t j = 0; j < s.size; ++j) second += s.p[i][j] * std::pow(1 - (s.mean(i) + s.mean(j)) / 2, 2);
  second = second / std::pow(q - 1, 2) - pe * pe;
  const double variance =
      (po * (1 - po) - 4 * (1 - ac1) * first + 4 * std::pow(1 - ac1, 2) * second) / (s.n * std::pow(1 - pe, 2));
  const double se = std::sqrt(std::max(0.0, variance));
  out.ac1Se = se;
  const double t = boost::math::quantile(boost::math::students_t_distribution<>(s.n - 1), 0.975);
  out.ac1T = clipped(ac1 - t * se, ac1 + t * se);
}

void addTwoByTwo(const Table& table, double po, Agreement& out) {
  out.isTwoByTwo = true;
  const double a = static_cast<double>(table.counts[0][0]), b = static_cast<double>(table.counts[0][1]),
               c = static_cast<double>(table.counts[1][0]), d = static_cast<double>(table.counts[1][1]);
  const double n = a + b + c + d;
  out.pabak = 2 * po - 1;
  out.prevalence = (a - d) / n;
  out.bias = (b - c) / n;
  if (2 * a + b + c > 0) out.positive = 2 * a / (2 * a + b + c);
  if (2 * d + b + c > 0) out.negative = 2 * d / (2 * d + b + c);
  if (b + c > 0) {
    out.mcnemar = (b - c) * (b - c) / (b + c);
    out.mcnemarExact =
        std::min(1.0, 2 * boost::math::cdf(boost::math::binomial_distribution<>(b + c, 0.5), std::min(b, c)));
  } else {
    out.mcnemarExact = 1;
  }
}

}  // namespace

std::uint64_t Table::total() const {
  std::uint64_t sum = 0;
  for (const auto& row : counts)
    for (const std::uint64_t count : row) sum += count;
  return sum;
}

std::pair<double, double> wilsonInterval(std::uint64_t agreed, std::uint64_t n) {
  const double size = static_cast<double>(n);
  return wilson(static_cast<double>(agreed) / size, size);
}

Agreement agreementOf(const Table& table) {
  Agreement out;
  out.n = table.total();
  if (out.n == 0 || table.categories.size() < 2) return out;
  const Shares shares(table);
  std::uint64_t agreed = 0;
  for (std::size_t i = 0; i < table.categories.size(); ++i) agreed += table.counts[i][i];
  const double po = static_cast<double>(agreed) / shares.n;
  out.percentAgreement = po;
  out.wilson = wilson(po, shares.n);
  out.clopperPearson = clopperPearson(static_cast<double>(agreed), shares.n);
  addKappa(shares, po, out);
  addChanceCorrected(shares, po, out);
  addAc1(shares, po, out);
  if (table.categories.size() == 2) addTwoByTwo(table, po, out);
  return out;
}

Table withMaybeAsInclude(const Table& table) {
  const auto place = [&](const char* name) {
    return std::find(table.categories.begin(), table.categories.end(), name) - table.categories.begin();
  };
  const auto maybe = static_cast<std::size_t>(place("maybe")), include = static_cast<std::size_t>(place("include"));
  if (maybe >= table.categories.size() || include >= table.categories.size()) return table;
  Table merged;
  const auto to = [&](std::size_t i) { return i == maybe ? include : i; };
  const auto index = [&](std::size_t i) { return to(i) - (to(i) > maybe ? 1 : 0); };
  for (std::size_t i = 0; i < table.categories.size(); ++i)
    if (i != maybe) merged.categories.push_back(table.categories[i]);
  merged.counts.assign(merged.categories.size(), std::vector<std::uint64_t>(merged.categories.size()));
  for (std::size_t i = 0; i < table.categories.size(); ++i)
    for (std::size_t j = 0; j < table.categories.size(); ++j) merged.counts[index(i)][index(j)] += table.counts[i][j];
  return merged;
}

}  // namespace winnow::agreement
