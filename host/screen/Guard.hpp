// What a request must be before anything is done with it (docs/security.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "Request.hpp"
#include "Tokens.hpp"

namespace winnow::screen {

/// The session that a request belongs to.
struct Caller {
  std::string reader, cookie;
};

/// The rules in their order: the Host header, the session, for writes the header token, the origin and the content
/// type. One thread.
class Guard {
 public:
  /// The server listens on `port` of 127.0.0.1.
  Guard(const Tokens& tokens, std::uint16_t port) : tokens_(tokens), port_(std::to_string(port)) {}

  /// Why the request is refused; nothing if it may go on. `caller` is set for everything below /api/ but the exchange
  /// of a start token.
  std::optional<Response> refuse(const Request& request, Caller& caller) const;
  /// The name of the session's cookie: cookies do not tell ports apart, so it names the port.
  std::string cookieName() const { return "winnow-" + port_; }

 private:
  bool isOwnHost(std::string_view host) const;
  std::string cookieOf(std::string_view header) const;
  std::optional<Response> refuseOrigin(const Request& request) const;
  std::optional<Response> refuseSession(const Request& request, Caller& caller) const;

  const Tokens& tokens_;
  const std::string port_;
};

/// True if the request changes something.
bool isWrite(const Request& request);

}  // namespace winnow::screen
