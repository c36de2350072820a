// The one file of this component that uses Boost.Beast.
#include "Fetch.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

#include "io/AtomicFile.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"

namespace winnow::index {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
namespace ssl = net::ssl;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kSilence{30}, kPatience{60};
constexpr std::uint64_t kSlowest = 50'000;  // bytes a second
constexpr int kMostRedirections = 5;

std::string tooLarge(const Address& address, std::uint64_t most) {
  return "'" + address.text() + "' is larger than the " + std::to_string(most) + " bytes that it may have";
}

/// One request and its answer. `Stream` is a tcp_stream, alone or below TLS.
template <class Stream>
class Exchange {
 public:
  Exchange(net::io_context& io, Stream& stream, const Address& address, std::uint64_t most)
      : io_(io),
        stream_(stream),
        address_(address),
        most_(most),
        until_(Clock::now() + kPatience + seconds(most / kSlowest)) {}

  void connect() {
    net::ip::tcp::resolver resolver(io_);
    net::ip::tcp::resolver::results_type found;
    wait("cannot be looked up", [&](auto done) {
      resolver.async_resolve(address_.host, address_.port, [&found, done](beast::error_code error, auto results) {
        found = results;
        done(error);
      });
    });
    wait("cannot be reached", [&](auto done) {
      lowest().async_connect(found, [done](beast::error_code error, const auto&) { done(error); });
    });
  }

  void shakeHands() {
    if constexpr (!std::is_same_v<Stream, beast::tcp_stream>)
      wait("is not trusted", [&](auto done) { stream_.async_handshake(ssl::stream_base::client, done); });
  }

  http::response<http::string_body> ask() {
    http::request<http::empty_body> request{http::verb::get, address_.target, 11};
    request.set(http::field::host, address_.host + ":" + address_.port);
    request.set(http::field::user_agent, "winnow");
    request.set(http::field::accept_encoding, "identity");
    request.set(http::field::connection, "close");
    wait("does not take the request", [&](auto done) {
      http::async_write(stream_, request, [done](beast::error_code error, std::size_t) { done(error); });
    });
    http::response_parser<http::string_body> parser;
    parser.body_limit(most_);
    beast::flat_buffer buffer;
    while (!parser.is_done() && !(parser.is_header_done() && parser.get().result_int() != 200))
      wait("does not answer", [&](auto done) {
        http::async_read_some(stream_, buffer, parser, [done](beast::error_code error, std::size_t) { done(error); });
      });
    return parser.release();
  }

 private:
  beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }

  /// Runs one operation to its end, looking ten times a second whether the user still wants it.
  template <class Start>
  void wait(const char* what, Start&& start) {
    std::optional<beast::error_code> result;
    checkTime();
    lowest().expires_after(kSilence);
    start([&result](beast::error_code error) { result = error; });
    while (!result) {
      io_.restart();
      io_.run_for(milliseconds(100));
      if (!result) checkTime();
    }
    if (*result == http::error::body_limit) throw Error(tooLarge(address_, most_));
    if (*result) throw Error("'" + address_.text() + "' " + what + ": " + result->message());
  }

  /// Also where every piece comes in time and the whole does not.
  void checkTime() {
    io::stopIfCancelled();
    if (Clock::now() > until_) throw Error("'" + address_.text() + "' is too slow");
  }

  net::io_context& io_;
  Stream& stream_;
  const Address& address_;
  std::uint64_t most_;
  Clock::time_point until_;
};

http::response<http::string_body> overTls(const Address& address, std::uint64_t most) {
  net::io_context io;
  ssl::context authorities(ssl::context::tls_client);
  authorities.set_default_verify_paths();
  authorities.set_verify_mode(ssl::verify_peer);
  beast::ssl_stream<beast::tcp_stream> stream(io, authorities);
  stream.set_verify_callback(ssl::host_name_verification(address.host));
  if (SSL_set_tlsext_host_name(stream.native_handle(), address.host.c_str()) != 1 ||
      SSL_set_min_proto_version(stream.native_handle(), TLS1_2_VERSION) != 1)
    throw Error("TLS cannot be set up for '" + address.text() + "'");
  Exchange exchange(io, stream, address, most);
  exchange.connect();
  exchange.shakeHands();
  return exchange.ask();
}

http::response<http::string_body> answerOf(const Address& address, std::uint64_t most) {
  if (address.isTls) return overTls(address, most);
  net::io_context io;
  beast::tcp_stream stream(io);
  Exchange exchange(io, stream, address, most);
  exchange.connect();
  return exchange.ask();
}

std::string readHere(const Address& address, std::uint64_t most) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(address.file, error))
    throw Error("there is no file '" + address.file.string() + "'");
  if (std::filesystem::file_size(address.file, error) > most) throw Error(tooLarge(address, most));
  return io::readFile(address.file);
}

bool isRedirection(unsigned status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

std::string fetch(const Address& address, std::uint64_t most) {
  if (!address.file.empty()) return readHere(address, most);
  Address at = address;
  for (int turn = 0; turn <= kMostRedirections; ++turn) {
    http::response<http::string_body> answer = answerOf(at, most);
    if (answer.result_int() == 200) return std::move(answer.body());
    if (!isRedirection(answer.result_int()))
      throw Error("'" + at.text() + "' answers " + std::to_string(answer.result_int()));
    const auto location = answer[http::field::location];
    at = redirected(at, std::string(location.data(), location.size()));
  }
  throw Error("'" + address.text() + "' sends on more than " + std::to_string(kMostRedirections) + " times");
}

}  // namespace winnow::index
