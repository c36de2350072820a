// TLS over a socket, by the OpenSSL of this system.
//
// It is loaded when the first https address is fetched, and is not linked: a copy that goes with Winnow would not get
// the system's security updates and would not know where this system keeps its certificate authorities.
#pragma once

#include <cstddef>
#include <string>

namespace winnow::index {

/// One client's session over a connected, non-blocking socket. Objects are not shared between threads.
class TlsSession {
 public:
  /// What became of a step: done with so many bytes (0 read: the other side has ended the session), or to be repeated
  /// with the same arguments when the socket can be read or written.
  struct Step {
    enum class Is { done, waitsToRead, waitsToWrite } is;
    std::size_t bytes;
  };

  /// TLS 1.2 or newer; the certificate must be of `host` (a name or an IP address) and come from an authority of this
  /// system, or of SSL_CERT_FILE and SSL_CERT_DIR. `socket` must outlive the session. Throws winnow::Error: no OpenSSL
  /// 3 on this system, or no memory.
  TlsSession(int socket, const std::string& host);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  /// Each throws winnow::Error with OpenSSL's reason ("certificate verify failed: self-signed certificate"), all but
  /// read() also where the other side ends the session.
  Step shakeHands();
  Step read(char* into, std::size_t size);
  Step write(const char* bytes, std::size_t size);

 private:
  Step after(int result);

  void* context_;  // SSL_CTX and SSL: this header includes none of OpenSSL's
  void* session_;
};

}  // namespace winnow::index
