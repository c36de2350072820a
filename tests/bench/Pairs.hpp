// A figure and the limit it is judged by, timed in turns in one run, so that a busy machine slows both.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace winnow::bench {

/// What a figure must reach; None: it is printed to be looked at.
struct Budget {
  enum Kind { None, MostNanoseconds, LeastMegabytes, MostRatio };
  Kind kind = None;
  double value = 0;

  std::string text() const {
    char buffer[64] = "";
    if (kind == MostNanoseconds) std::snprintf(buffer, sizeof buffer, "<= %.0f ns/record", value);
    if (kind == LeastMegabytes) std::snprintf(buffer, sizeof buffer, ">= %.0f MB/s", value);
    if (kind == MostRatio) std::snprintf(buffer, sizeof buffer, "ratio <= %.2f", value);
    return buffer;
  }
};

/// What one row of the table says: `amount` of `unit` are worked through per call.
struct Row {
  std::string name;
  double amount;
  std::string unit;  ///< "MB": bytes, printed as MB/s; "record": printed as ns a record
  std::string limitName;
  Budget budget = {};

  /// True if a call of `time` seconds, `ratio` times as long as the limit's, is within the budget.
  bool isMet(double time, double ratio) const {
    switch (budget.kind) {
      case Budget::None:
        return true;
      case Budget::MostNanoseconds:
        return time / amount * 1e9 <= budget.value;
      case Budget::LeastMegabytes:
        return amount / time / 1e6 >= budget.value;
      case Budget::MostRatio:
        return ratio <= budget.value;
    }
    return false;
  }
};

inline double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

inline std::string rate(const Row& row, double time) {
  char text[64];
  if (row.unit == "MB")
    std::snprintf(text, sizeof text, "%8.0f MB/s", row.amount / time / 1e6);
  else
    std::snprintf(text, sizeof text, "%8.0f ns/record", time / row.amount * 1e9);
  return text;
}

/// Prints rows and remembers which of them missed their budget.
class Table {
 public:
  /// Runs both in turns and prints the medians and the median ratio (ours / limit: 1.00 means as fast as the limit).
  void compare(const Row& row, const std::function<void()>& ours, const std::function<void()>& limit, int rounds = 7) {
    std::vector<double> a, b, ratios;
    ours();
    limit();
    for (int i = 0; i < rounds; ++i) {
      a.push_back(seconds(ours));
      b.push_back(seconds(limit));
      ratios.push_back(a.back() / b.back());
    }
    const double time = median(a), ratio = median(ratios);
    const bool isMet = row.isMet(time, ratio);
    std::printf("%-34s %s   limit: %-24s %s   ratio %6.2f   budget: %s%s\n", row.name.c_str(), rate(row, time).c_str(),
                row.limitName.c_str(), rate(row, median(b)).c_str(), ratio, row.budget.text().c_str(),
                isMet ? "" : "  MISSED");
    std::fflush(stdout);
    if (!isMet) missed_.push_back(row.name);
  }

  /// Names of the rows that missed their budget.
  const std::vector<std::string>& missed() const { return missed_; }

 private:
  static double median(std::vector<double>& values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  }

  std::vector<std::string> missed_;
};

}  // namespace winnow::bench
