// What a worker prints, for people.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace winnow::plugins::worker {

/// Reads what a child prints and hands it on line by line; a flood is cut. One thread.
class Said {
 public:
  /// `descriptor` does not block; `to` gets each line without its end.
  Said(int descriptor, std::function<void(std::string_view line)> to) : descriptor_(descriptor), to_(std::move(to)) {}
  /// Takes what is there. Does not wait.
  void take();
  /// Also a last line without its end: nothing more will come.
  void takeRest();

 private:
  void handOn(std::string_view line);
  static constexpr std::size_t kMostBytes = 64 << 10, kLongestLine = 1 << 10;
  int descriptor_;
  std::function<void(std::string_view)> to_;
  std::string line_;
  std::size_t bytes_ = 0;
  bool isCut_ = false;
};

}  // namespace winnow::plugins::worker
