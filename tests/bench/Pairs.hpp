// A figure and the limit it is judged by, timed in turns in one run, so that a busy machine slows both.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace winnow::bench {

/// What one row of the table says: `amount` of `unit` are worked through per call, `budget` is what DESIGN asks for.
struct Row {
  std::string name;
  double amount;
  std::string unit;  ///< "MB" prints MB/s, "record" prints ns a record
  std::string limitName;
  std::string budget;
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

/// Runs both in turns and prints the medians and the median ratio (ours / limit: 1.00 means as fast as the limit).
inline void compare(const Row& row, const std::function<void()>& ours, const std::function<void()>& limit,
                    int rounds = 7) {
  std::vector<double> a, b, ratios;
  ours();
  limit();
  for (int i = 0; i < rounds; ++i) {
    a.push_back(seconds(ours));
    b.push_back(seconds(limit));
    ratios.push_back(a.back() / b.back());
  }
  const auto median = [](std::vector<double>& v) {
    std::sort(v.begin(), v.end());
    return v[v.size() / 2];
  };
  std::printf("%-34s %s   limit: %-24s %s   ratio %6.2f   budget: %s\n", row.name.c_str(), rate(row, median(a)).c_str(),
              row.limitName.c_str(), rate(row, median(b)).c_str(), median(ratios), row.budget.c_str());
  std::fflush(stdout);
}

}  // namespace winnow::bench
