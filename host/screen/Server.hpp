// A small HTTP server for one machine: it listens on 127.0.0.1 and hands whole requests to one function.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "Request.hpp"

namespace winnow::screen {

/// The largest body that is read, and the most connections at a time; more are turned away with 503.
inline constexpr std::size_t kLargestBody = 1 << 20, kMostConnections = 64;

/// HTTP/1.1 with keep-alive. A thread for each connection reads and writes within time limits (a minute of silence, ten
/// seconds for a header, twenty for a body or an answer); requests are answered one after the other on the thread that
/// calls run(), so that what answers them needs no locks.
class Server {
 public:
  /// Listens on `port` of 127.0.0.1; 0: one that is free. Throws winnow::Error.
  explicit Server(std::uint16_t port);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const noexcept;
  /// Answers requests until `isStopped` says so; it is asked, and `whenIdle` called, at least ten times a second. What
  /// `answer` throws becomes the status 500 with its sentence. Returns when every connection has ended.
  void run(const std::function<Response(const Request&)>& answer, const std::function<bool()>& isStopped,
           const std::function<void()>& whenIdle);

 private:
  struct Listening;
  std::unique_ptr<Listening> listening_;
};

}  // namespace winnow::screen
