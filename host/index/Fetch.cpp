// The one file of this component that uses Boost.Asio and Boost.Beast.
#include "Fetch.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <filesystem>
#include <optional>

#include "Tls.hpp"
#include "io/AtomicFile.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"

namespace winnow::index {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
using net::ip::tcp;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kSilence{30}, kPatience{60};
constexpr std::uint64_t kSlowest = 50'000;  // bytes a second
constexpr std::size_t kRoom = 64 * 1024;    // bytes taken from the network at once
constexpr int kMostRedirections = 5;

std::string tooLarge(const Address& address, std::uint64_t most) {
  return "'" + address.text() + "' is larger than the " + std::to_string(most) + " bytes that it may have";
}

/// One request and its answer, by TLS where the address says so.
class Exchange {
 public:
  Exchange(const Address& address, std::uint64_t most)
      : address_(address), most_(most), until_(Clock::now() + kPatience + seconds(most / kSlowest)), socket_(io_) {}

  http::response<http::string_body> run() {
    connect();
    if (address_.isTls) shakeHands();
    ask();
    return answer();
  }

 private:
  void connect() {
    tcp::resolver resolver(io_);
    tcp::resolver::results_type found;
    wait("cannot be looked up", [&](auto done) {
      resolver.async_resolve(address_.host, address_.port, [&found, done](beast::error_code error, auto results) {
        found = results;
        done(error);
      });
    });
    wait("cannot be reached", [&](auto done) {
      net::async_connect(socket_, found, [done](beast::error_code error, const auto&) { done(error); });
    });
    socket_.non_blocking(true);
  }

  void shakeHands() {
    try {
      tls_.emplace(socket_.native_handle(), address_.host);
    } catch (const Error& error) {
      fail("cannot be fetched", error.what());
    }
    repeated("is not trusted", [&] { return tls_->shakeHands(); });
  }

  void ask() {
    const std::string host = address_.host.find(':') == std::string::npos ? address_.host : "[" + address_.host + "]";
    const std::string request = "GET " + address_.target + " HTTP/1.1\r\nHost: " + host + ":" + address_.port +
                                "\r\nUser-Agent: winnow\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
    for (std::size_t at = 0; at < request.size();) {
      const std::size_t written =
          repeated("does not take the request", [&] { return write(request.data() + at, request.size() - at); });
      if (written == 0) fail("does not take the request", "nothing can be sent");
      at += written;
    }
  }

  http::response<http::string_body> answer() {
    http::response_parser<http::string_body> parser;
    parser.body_limit(most_);
    parser.eager(true);
    beast::flat_buffer came;
    while (!parser.is_done() && !(parser.is_header_done() && parser.get().result_int() != 200)) {
      const net::mutable_buffer room = came.prepare(kRoom);
      const std::size_t bytes =
          repeated("does not answer", [&] { return read(static_cast<char*>(room.data()), kRoom); });
      came.commit(bytes);
      beast::error_code error;
      if (bytes == 0 && !parser.got_some()) {
        error = http::error::end_of_stream;  // put_eof() would make a whole answer of nothing
      } else if (bytes == 0) {
        parser.put_eof(error);
        if (!error && !parser.is_done()) error = http::error::partial_message;
      } else {
        came.consume(parser.put(came.data(), error));
      }
      if (error == http::error::body_limit) throw Error(tooLarge(address_, most_));
      if (error && error != http::error::need_more) fail("does not answer", error.message());
      // What the parser cannot take yet is a line of the answer's head or of a chunk's, which it does not bound.
      if (came.size() > kRoom) fail("does not answer", "a line of its answer has more than 64 kB");
    }
    return parser.release();
  }

  TlsSession::Step read(char* into, std::size_t size) {
    if (tls_) return tls_->read(into, size);
    beast::error_code error;
    const std::size_t bytes = socket_.read_some(net::buffer(into, size), error);
    if (error == net::error::would_block) return {TlsSession::Step::Is::waitsToRead, 0};
    if (error && error != net::error::eof) throw Error(error.message());
    return {TlsSession::Step::Is::done, bytes};
  }

  TlsSession::Step write(const char* bytes, std::size_t size) {
    if (tls_) return tls_->write(bytes, size);
    beast::error_code error;
    const std::size_t written = socket_.write_some(net::buffer(bytes, size), error);
    if (error == net::error::would_block) return {TlsSession::Step::Is::waitsToWrite, 0};
    if (error) throw Error(error.message());
    return {TlsSession::Step::Is::done, written};
  }

  /// Takes a step until it is done, waiting for the socket between.
  template <class Take>
  std::size_t repeated(const char* what, Take&& take) {
    for (;;) {
      checkTime();
      TlsSession::Step step{};
      try {
        step = take();
      } catch (const Error& error) {
        fail(what, error.what());
      }
      if (step.is == TlsSession::Step::Is::done) return step.bytes;
      const auto ready =
          step.is == TlsSession::Step::Is::waitsToRead ? tcp::socket::wait_read : tcp::socket::wait_write;
      wait(what, [&](auto done) { socket_.async_wait(ready, done); });
    }
  }

  /// Runs one operation to its end, looking ten times a second whether the user still wants it.
  template <class Start>
  void wait(const char* what, Start&& start) {
    std::optional<beast::error_code> result;
    checkTime();
    const Clock::time_point silent = Clock::now() + kSilence;
    start([&result](beast::error_code error) { result = error; });
    while (!result) {
      io_.restart();
      io_.run_for(milliseconds(100));
      if (result) break;
      checkTime();
      if (Clock::now() > silent) fail(what, "nothing came for " + std::to_string(kSilence.count()) + " seconds");
    }
    if (*result) fail(what, result->message());
  }

  /// Also where every piece comes in time and the whole does not.
  void checkTime() {
    io::stopIfCancelled();
    if (Clock::now() > until_) throw Error("'" + address_.text() + "' is too slow");
  }

  [[noreturn]] void fail(const char* what, const std::string& why) {
    throw Error("'" + address_.text() + "' " + what + ": " + why);
  }

  const Address& address_;
  std::uint64_t most_;
  Clock::time_point until_;
  net::io_context io_;
  tcp::socket socket_;
  std::optional<TlsSession> tls_;  // over socket_
};

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
    http::response<http::string_body> answer = Exchange(at, most).run();
    if (answer.result_int() == 200) return std::move(answer.body());
    if (!isRedirection(answer.result_int()))
      throw Error("'" + at.text() + "' answers " + std::to_string(answer.result_int()));
    const auto location = answer[http::field::location];
    at = redirected(at, std::string(location.data(), location.size()));
  }
  throw Error("'" + address.text() + "' sends on more than " + std::to_string(kMostRedirections) + " times");
}

}  // namespace winnow::index
