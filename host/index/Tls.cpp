// The one file that uses OpenSSL.
#include "Tls.hpp"

#include <dlfcn.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <climits>

#include "io/Error.hpp"

namespace winnow::index {

namespace {

constexpr char kLibrary[] = "libssl.so.3";

[[noreturn]] void refuse(const std::string& why) {
  throw Error("https needs OpenSSL 3, and '" + std::string(kLibrary) +
              "' cannot be loaded; install it, or download the file and name it instead (" + why + ")");
}

template <class Function>
Function& functionOf(void* library, const char* name) {
  void* const found = ::dlsym(library, name);
  if (found == nullptr) refuse("it has no " + std::string(name));
  return *reinterpret_cast<Function*>(found);
}

/// The functions of libssl and libcrypto that are called, as their headers declare them.
struct OpenSsl {
  void* library;

#define WINNOW_FROM_LIBRARY(function) \
  decltype(::function)& function = functionOf<decltype(::function)>(library, #function)
  WINNOW_FROM_LIBRARY(ERR_clear_error);
  WINNOW_FROM_LIBRARY(ERR_get_error);
  WINNOW_FROM_LIBRARY(ERR_reason_error_string);
  WINNOW_FROM_LIBRARY(SSL_connect);
  WINNOW_FROM_LIBRARY(SSL_ctrl);
  WINNOW_FROM_LIBRARY(SSL_CTX_ctrl);
  WINNOW_FROM_LIBRARY(SSL_CTX_free);
  WINNOW_FROM_LIBRARY(SSL_CTX_new);
  WINNOW_FROM_LIBRARY(SSL_CTX_set_default_verify_paths);
  WINNOW_FROM_LIBRARY(SSL_CTX_set_verify);
  WINNOW_FROM_LIBRARY(SSL_free);
  WINNOW_FROM_LIBRARY(SSL_get_error);
  WINNOW_FROM_LIBRARY(SSL_get_verify_result);
  WINNOW_FROM_LIBRARY(SSL_new);
  WINNOW_FROM_LIBRARY(SSL_read);
  WINNOW_FROM_LIBRARY(SSL_set1_host);
  WINNOW_FROM_LIBRARY(SSL_set_fd);
  WINNOW_FROM_LIBRARY(SSL_write);
  WINNOW_FROM_LIBRARY(TLS_client_method);
  WINNOW_FROM_LIBRARY(X509_verify_cert_error_string);
#undef WINNOW_FROM_LIBRARY
};

/// Stays loaded to the end of the process: OpenSSL cannot be unloaded in order.
const OpenSsl& openSsl() {
  static const OpenSsl loaded = [] {
    void* const library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) refuse(::dlerror());
    return OpenSsl{library};
  }();
  return loaded;
}

SSL_CTX* contextOf(void* context) { return static_cast<SSL_CTX*>(context); }
SSL* sessionOf(void* session) { return static_cast<SSL*>(session); }

int atMost(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

}  // namespace

TlsSession::TlsSession(int socket, const std::string& host) : context_(nullptr), session_(nullptr) {
  const OpenSsl& ssl = openSsl();
  std::string name = host;  // SSL_ctrl takes what it does not change as char*
  SSL_CTX* const context = ssl.SSL_CTX_new(ssl.TLS_client_method());
  context_ = context;
  bool isReady = context && ssl.SSL_CTX_set_default_verify_paths(context) == 1 &&
                 ssl.SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, TLS1_2_VERSION, nullptr) == 1;
  if (isReady) {
    ssl.SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL* const session = ssl.SSL_new(context);
    session_ = session;
    isReady = session && ssl.SSL_set1_host(session, host.c_str()) == 1 &&
              ssl.SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) == 1 &&
              ssl.SSL_set_fd(session, socket) == 1;
  }
  if (isReady) return;
  ssl.SSL_free(sessionOf(session_));
  ssl.SSL_CTX_free(context);
  throw Error("TLS cannot be set up for '" + host + "'");
}

TlsSession::~TlsSession() {
  openSsl().SSL_free(sessionOf(session_));
  openSsl().SSL_CTX_free(contextOf(context_));
}

TlsSession::Step TlsSession::shakeHands() {
  openSsl().ERR_clear_error();
  return after(openSsl().SSL_connect(sessionOf(session_)));
}

TlsSession::Step TlsSession::read(char* into, std::size_t size) {
  openSsl().ERR_clear_error();
  const int result = openSsl().SSL_read(sessionOf(session_), into, atMost(size));
  if (result <= 0 && openSsl().SSL_get_error(sessionOf(session_), result) == SSL_ERROR_ZERO_RETURN)
    return {Step::Is::done, 0};
  return after(result);
}

TlsSession::Step TlsSession::write(const char* bytes, std::size_t size) {
  openSsl().ERR_clear_error();
  return after(openSsl().SSL_write(sessionOf(session_), bytes, atMost(size)));
}

TlsSession::Step TlsSession::after(int result) {
  const OpenSsl& ssl = openSsl();
  if (result > 0) return {Step::Is::done, static_cast<std::size_t>(result)};
  const int error = ssl.SSL_get_error(sessionOf(session_), result);
  if (error == SSL_ERROR_WANT_READ) return {Step::Is::waitsToRead, 0};
  if (error == SSL_ERROR_WANT_WRITE) return {Step::Is::waitsToWrite, 0};
  const char* const reason = ssl.ERR_reason_error_string(ssl.ERR_get_error());
  std::string said = reason ? reason : "the connection was closed";
  const long verified = ssl.SSL_get_verify_result(sessionOf(session_));
  if (verified != X509_V_OK) said += std::string(": ") + ssl.X509_verify_cert_error_string(verified);
  throw Error(said);
}

}  // namespace winnow::index
