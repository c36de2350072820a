#include "Channel.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace winnow::plugins::worker {

namespace {
constexpr std::size_t kFirstBuffer = 1 << 20;
using Clock = std::chrono::steady_clock;
}  // namespace

Channel::Channel(int in, int out, int aside, std::function<void()> asked)
    : in_(in), out_(out), aside_(aside), asked_(std::move(asked)) {
  ::fcntl(in_, F_SETFL, ::fcntl(in_, F_GETFL) | O_NONBLOCK);
  ::fcntl(out_, F_SETFL, ::fcntl(out_, F_GETFL) | O_NONBLOCK);
}

void Channel::wait(int descriptor, short events, Deadline deadline) {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) throw Late("no answer in time");
    pollfd waiting[2] = {{descriptor, events, 0}, {aside_, POLLIN, 0}};
    ::poll(waiting, 2, static_cast<int>(std::min<long>(left, 50)));
    if (waiting[0].revents != 0) return;
    if ((waiting[1].revents & ~POLLIN) != 0 && (waiting[1].revents & POLLIN) == 0)
      aside_ = -1;  // closed; poll() skips it
    asked_();
  }
}

void Channel::send(std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const ssize_t sent = ::write(out_, bytes.data(), bytes.size());
    if (sent > 0)
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    else if (sent < 0 && errno == EAGAIN)
      wait(out_, POLLOUT, deadline);
    else if (sent < 0 && errno == EINTR)
      continue;
    else
      throw Closed("closed its end");
  }
}

void Channel::fill(std::size_t wanted, Deadline deadline) {
  while (end_ - begin_ < wanted) {
    // A frame may announce much and send little: the buffer grows with what has come, not with what was announced.
    if (capacity_ - begin_ < std::min(wanted, std::max(kFirstBuffer, 2 * (end_ - begin_)))) {
      const std::size_t size = end_ - begin_, need = std::max(kFirstBuffer, std::min(wanted, 2 * size + kFirstBuffer));
      if (need > capacity_) {
        std::unique_ptr<char[]> larger(new char[need]);
        std::copy(buffer_.get() + begin_, buffer_.get() + end_, larger.get());
        buffer_ = std::move(larger);
        capacity_ = need;
      } else {
        std::copy(buffer_.get() + begin_, buffer_.get() + end_, buffer_.get());
      }
      begin_ = 0;
      end_ = size;
    }
    const ssize_t got = ::read(in_, buffer_.get() + end_, capacity_ - end_);
    if (got > 0)
      end_ += static_cast<std::size_t>(got);
    else if (got < 0 && errno == EAGAIN)
      wait(in_, POLLIN, deadline);
    else if (got < 0 && errno == EINTR)
      continue;
    else
      throw Closed("closed its end");
  }
}

Message Channel::receive(Deadline deadline) {
  fill(kHeaderBytes, deadline);
  const char* header = buffer_.get() + begin_;
  std::uint32_t size = 0;
  std::memcpy(&size, header, 4);
  const auto type = static_cast<Frame>(header[4]);
  if (header[5] != 'W' || header[6] != 'N') throw Broken("sent bytes that are no frame of the protocol");
  if (static_cast<std::uint8_t>(header[7]) != kProtocol)
    throw Broken("speaks version " + std::to_string(static_cast<std::uint8_t>(header[7])) +
                 " of the worker protocol, the host speaks " + std::to_string(kProtocol));
  if (size > kLargestFrame)
    throw Broken("announced a frame of " + std::to_string(size) + " bytes; " + std::to_string(kLargestFrame) +
                 " is the most");
  fill(kHeaderBytes + size, deadline);
  const std::string_view payload(buffer_.get() + begin_ + kHeaderBytes, size);
  begin_ += kHeaderBytes + size;
  if (begin_ == end_) begin_ = end_ = 0;
  return {type, payload};
}

}  // namespace winnow::plugins::worker
