#include "Settling.hpp"

#include <algorithm>

namespace winnow::engine {

namespace {

bool allHaveTimes(const std::vector<Decision>& words) {
  return std::all_of(words.begin(), words.end(), [](const Decision& d) { return d.time.has_value(); });
}

bool standTogether(const std::vector<Decision>& words) {
  return std::all_of(words.begin(), words.end(), [&](const Decision& d) {
    return d.file == words.front().file && d.record == words.front().record && !d.time;
  });
}

bool agree(const Decision& a, const Decision& b) { return a.meaning == b.meaning; }

/// True if the newest words are of one moment, from different places, and differ.
bool isDrawn(const std::vector<Decision>& words) {
  const Decision& last = words.back();
  return std::any_of(words.begin(), words.end(), [&](const Decision& d) {
    return d.time == last.time && !agree(d, last) && (d.file != last.file || d.record != last.record);
  });
}

}  // namespace

Settled settle(std::vector<Decision> words) {
  Settled settled{std::move(words), true};
  if (allHaveTimes(settled.words)) {
    std::stable_sort(settled.words.begin(), settled.words.end(),
                     [](const Decision& a, const Decision& b) { return *a.time < *b.time; });
    settled.isSettled = !isDrawn(settled.words);
    return settled;
  }
  const Decision& last = settled.words.back();
  settled.isSettled = standTogether(settled.words) || std::all_of(settled.words.begin(), settled.words.end(),
                                                                  [&](const Decision& d) { return agree(d, last); });
  return settled;
}

}  // namespace winnow::engine
