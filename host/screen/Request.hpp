// A request and its answer as the screening server's rules see them, without any HTTP library.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace winnow::screen {

/// One request with the headers that the rules look at. A header that is missing, or stands there twice, is empty.
struct Request {
  std::string method;          ///< "GET"
  std::string target;          ///< as sent: path and query, percent-encoded
  std::string host;            ///< Host
  std::string origin;          ///< Origin
  std::string fetchSite;       ///< Sec-Fetch-Site
  std::string contentType;     ///< Content-Type
  std::string cookie;          ///< Cookie, the whole header
  std::string token;           ///< X-Winnow-Token
  std::string idempotencyKey;  ///< Idempotency-Key
  std::string body;
  bool isTooLarge = false;  ///< the body is longer than the server takes; `body` is empty
};

/// An answer. The server adds the headers that every answer has.
struct Response {
  int status = 200;
  std::string contentType = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers{};  ///< Set-Cookie, Content-Security-Policy, ...
};

/// {"error": sentence} with a status.
Response refusal(int status, const std::string& sentence);

}  // namespace winnow::screen
