// The one file that knows Boost.Beast.
#include "Server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <future>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

#include "io/Error.hpp"

namespace winnow::screen {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
using Tcp = net::ip::tcp;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint32_t kLargestHeader = 16 * 1024;
constexpr seconds kSilence{60}, kForHeader{10}, kForBody{20}, kForAnswer{20};
constexpr milliseconds kTick{100};

/// Requests on their way from the connections to the thread that answers.
class Desk {
 public:
  /// Waits for the answer. Called by connections.
  Response ask(const Request& request) {
    Entry entry{&request, {}};
    std::future<Response> answer = entry.answer.get_future();
    {
      const std::lock_guard lock(mutex_);
      if (isClosed_) return refusal(503, "the server is ending");
      entries_.push_back(&entry);
    }
    arrived_.notify_one();
    return answer.get();
  }
  /// Answers the next request, if one comes within a tick. Called by run().
  bool answerNext(const std::function<Response(const Request&)>& answer) {
    std::unique_lock lock(mutex_);
    if (!arrived_.wait_for(lock, kTick, [&] { return !entries_.empty(); })) return false;
    Entry* const entry = entries_.front();
    entries_.pop_front();
    lock.unlock();
    entry->answer.set_value(answered(*entry->request, answer));
    return true;
  }
  /// Who waits is refused, who comes later, too.
  void close() {
    const std::lock_guard lock(mutex_);
    isClosed_ = true;
    for (Entry* entry : entries_) entry->answer.set_value(refusal(503, "the server is ending"));
    entries_.clear();
  }

 private:
  struct Entry {
    const Request* request;
    std::promise<Response> answer;
  };
  static Response answered(const Request& request, const std::function<Response(const Request&)>& answer) {
    try {
      return answer(request);
    } catch (const std::exception& error) {
      return refusal(500, error.what());
    }
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Entry*> entries_;  // they live in ask(), which waits
  bool isClosed_ = false;
};

/// One connection, read and written by one thread. `io_context` is the connection's own: running it until the one
/// operation is over makes that operation synchronous, with the time limit that synchronous reads do not have.
class Connection {
 public:
  Connection(Tcp::socket&& socket, net::io_context& context, Desk& desk)
      : context_(context), stream_(std::move(socket)), desk_(desk) {}

  void serve() {
    while (awaitFirstByte() && serveOne()) {
    }
    beast::error_code ignored;
    stream_.socket().shutdown(Tcp::socket::shutdown_both, ignored);
  }

 private:
  template <class Begin>
  beast::error_code complete(seconds limit, Begin&& begin) {
    beast::error_code result;
    stream_.expires_after(limit);
    begin([&result](beast::error_code error, std::size_t) { result = error; });
    context_.restart();
    context_.run();
    return result;
  }

  bool awaitFirstByte() {
    if (buffer_.size() != 0) return true;
    std::size_t count = 0;
    const auto error = complete(kSilence, [&](auto done) {
      stream_.async_read_some(buffer_.prepare(4096), [&count, done](beast::error_code e, std::size_t n) mutable {
        count = n;
        done(e, n);
      });
    });
    buffer_.commit(count);
    return !error;
  }

  /// False: the connection ends.
  bool serveOne() {
    http::request_parser<http::string_body> parser;
    parser.header_limit(kLargestHeader);
    parser.body_limit(kLargestBody);
    auto error = complete(kForHeader, [&](auto done) { http::async_read_header(stream_, buffer_, parser, done); });
    bool isTooLarge = error == http::error::body_limit;
    if (!error && !parser.is_done()) {
      error = complete(kForBody, [&](auto done) { http::async_read(stream_, buffer_, parser, done); });
      isTooLarge = error == http::error::body_limit;
    }
    if (error && !isTooLarge) {
      if (isOfClient(error)) write(refusal(400, "this is no request in HTTP/1.1"), 11, false);
      return false;
    }
    Request request = requestOf(parser.get());
    request.isTooLarge = isTooLarge;
    if (isTooLarge) request.body.clear();
    const bool isKept = parser.get().keep_alive() && !isTooLarge;
    return write(desk_.ask(request), parser.get().version(), isKept) && isKept;
  }

  /// Something was sent that is no request; not: the connection is gone or silent.
  static bool isOfClient(const beast::error_code& error) {
    return error.category() == make_error_code(http::error::bad_method).category() &&
           error != http::error::end_of_stream && error != http::error::partial_message;
  }

  template <class Message>
  static std::string header(const Message& message, beast::string_view name) {
    return message.count(name) == 1 ? std::string(message[name]) : std::string();
  }

  static Request requestOf(const http::request<http::string_body>& message) {
    Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    request.host = header(message, "Host");
    request.origin = header(message, "Origin");
    request.fetchSite = header(message, "Sec-Fetch-Site");
    request.contentType = header(message, "Content-Type");
    request.cookie = header(message, "Cookie");
    request.token = header(message, "X-Winnow-Token");
    request.idempotencyKey = header(message, "Idempotency-Key");
    request.body = message.body();
    return request;
  }

  bool write(const Response& response, unsigned version, bool isKept) {
    http::response<http::string_body> message(static_cast<http::status>(response.status), version);
    message.set(http::field::content_type, response.contentType);
    message.set("X-Content-Type-Options", "nosniff");
    message.set("Referrer-Policy", "no-referrer");
    message.set("Cross-Origin-Resource-Policy", "same-origin");
    message.set("Cross-Origin-Opener-Policy", "same-origin");
    message.set(http::field::cache_control, "no-store");
    message.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    for (const auto& [name, value] : response.headers) message.set(name, value);
    message.keep_alive(isKept);
    message.body() = response.body;
    message.prepare_payload();
    return !complete(kForAnswer, [&](auto done) { http::async_write(stream_, message, done); });
  }

  net::io_context& context_;
  beast::tcp_stream stream_;
  Desk& desk_;
  beast::flat_buffer buffer_{kLargestBody + kLargestHeader};
};

}  // namespace

struct Server::Listening {
  struct Running {
    net::io_context context;
    int descriptor = -1;
    bool isOver = false;
    std::thread thread;
  };

  net::io_context context;
  Tcp::acceptor acceptor{context};
  Desk desk;
  std::mutex mutex;
  std::list<Running> connections;
  bool isEnding = false;
  std::thread accepting;

  void acceptNext() {
    acceptor.async_accept([this](beast::error_code error, Tcp::socket socket) {
      if (error == net::error::operation_aborted) return;
      if (!error) start(std::move(socket));
      if (error == net::error::no_descriptors) std::this_thread::sleep_for(kTick);
      acceptNext();
    });
  }

  void start(Tcp::socket&& socket) {
    beast::error_code ignored;
    socket.set_option(Tcp::no_delay(true), ignored);  // otherwise an answer waits 40 ms for the client's delayed ACK
    const std::lock_guard lock(mutex);
    connections.remove_if([](Running& one) {
      if (one.isOver) one.thread.join();
      return one.isOver;
    });
    if (connections.size() >= kMostConnections) return turnAway(socket);
    Running& one = connections.emplace_back();
    one.descriptor = socket.native_handle();
    const auto descriptor = socket.release(ignored);
    one.thread = std::thread([this, &one, descriptor] { serve(one, descriptor); });
  }

  void serve(Running& one, int descriptor) {
    std::optional<Connection> connection;
    try {
      connection.emplace(Tcp::socket(one.context, Tcp::v4(), descriptor), one.context, desk);
      connection->serve();
    } catch (const std::exception&) {  // of this connection alone: memory, descriptors
    }
    const std::lock_guard lock(mutex);  // the descriptor is closed after end() can name it no more
    one.isOver = true;
    one.descriptor = -1;
  }

  static void turnAway(Tcp::socket& socket) {
    static constexpr char kBusy[] =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    beast::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(net::buffer(kBusy, sizeof kBusy - 1), ignored);
  }

  void end() {
    if (!accepting.joinable()) return;
    net::post(context, [this] {
      beast::error_code ignored;
      acceptor.close(ignored);
    });
    accepting.join();
    desk.close();
    {
      const std::lock_guard lock(mutex);
      for (Running& one : connections)
        if (one.descriptor >= 0) ::shutdown(one.descriptor, SHUT_RD);  // an answer on its way still goes out
    }
    for (Running& one : connections) one.thread.join();
    connections.clear();
  }
};

Server::Server(std::uint16_t port) : listening_(std::make_unique<Listening>()) {
  beast::error_code error;
  const Tcp::endpoint here(net::ip::address_v4::loopback(), port);
  Tcp::acceptor& acceptor = listening_->acceptor;
  acceptor.open(here.protocol(), error);
  if (!error) acceptor.set_option(net::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(here, error);
  if (!error) acceptor.listen(net::socket_base::max_listen_connections, error);
  if (error) throw Error("cannot listen on 127.0.0.1:" + std::to_string(port) + ": " + error.message());
}

Server::~Server() { listening_->end(); }

std::uint16_t Server::port() const noexcept {
  beast::error_code ignored;
  return listening_->acceptor.local_endpoint(ignored).port();
}

void Server::run(const std::function<Response(const Request&)>& answer, const std::function<bool()>& isStopped,
                 const std::function<void()>& whenIdle) {
  listening_->acceptNext();
  listening_->accepting = std::thread([this] { listening_->context.run(); });
  while (!isStopped())
    if (!listening_->desk.answerNext(answer)) whenIdle();
  listening_->end();
}

}  // namespace winnow::screen
