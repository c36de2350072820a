#include "Said.hpp"

#include <unistd.h>

#include <algorithm>

namespace winnow::plugins::worker {

namespace {
constexpr int kMostTurns = 16;
}

void Said::take() {
  char buffer[4096];
  for (int turn = 0; turn < kMostTurns; ++turn) {  // it may write faster than we read
    const ssize_t got = ::read(descriptor_, buffer, sizeof buffer);
    if (got <= 0) return;  // nothing now, or nothing any more
    line_.append(buffer, static_cast<std::size_t>(got));
    for (std::size_t end = 0; (end = line_.find('\n')) != std::string::npos; line_.erase(0, end + 1))
      handOn(std::string_view(line_).substr(0, end));
    if (line_.size() > kLongestLine) {
      handOn(line_);
      line_.clear();
    }
  }
}

void Said::takeRest() {
  take();
  if (!line_.empty()) handOn(line_);
  line_.clear();
}

void Said::handOn(std::string_view line) {
  if (isCut_) return;
  if ((bytes_ += line.size() + 1) > kMostBytes) {
    isCut_ = true;
    return to_("... more was printed and is not shown");
  }
  to_(line.substr(0, kLongestLine));
}

}  // namespace winnow::plugins::worker
