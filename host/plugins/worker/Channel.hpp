// Frames over two file descriptors, with a deadline.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "Wire.hpp"

namespace winnow::plugins::worker {

/// The other side did not read or answer in time.
struct Late : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// The other side closed its end.
struct Closed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using Deadline = std::chrono::steady_clock::time_point;

/// One conversation. One thread. `asked` is called every 50 ms of waiting (the host looks for a cancelled run), and
/// when something can be read from `aside` (what the other side prints), so that it never waits for us there.
class Channel {
 public:
  Channel(int in, int out, int aside, std::function<void()> asked);
  /// Sends everything in `bytes`. Throws Late, Closed.
  void send(std::string_view bytes, Deadline deadline);
  /// The next frame. Throws Late, Closed, Broken.
  Message receive(Deadline deadline);

 private:
  void wait(int descriptor, short events, Deadline deadline);
  void fill(std::size_t wanted, Deadline deadline);
  int in_, out_, aside_;
  std::function<void()> asked_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace winnow::plugins::worker
