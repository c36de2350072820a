// Who may use the screening page: start tokens, sessions, and how they are kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/Sha256.hpp"

namespace winnow::screen {

/// 256 random bits of the operating system, as 64 hexadecimal digits. Throws winnow::Error if there are none.
std::string randomToken();

/// The readers of a review, each with a start token that is exchanged once for a session. Keeps SHA-256 digests alone,
/// which it compares in constant time. One thread.
class Tokens {
 public:
  /// A start token for a reader; an earlier one that was not used ends.
  std::string invite(const std::string& reader);
  /// The cookie of a new session of the token's reader; nothing for a token that is none or was used.
  std::optional<std::string> exchange(std::string_view startToken);
  /// The reader of a session; nothing for a cookie that is none.
  std::optional<std::string> readerOf(std::string_view cookie) const;
  /// What writes of a session carry in X-Winnow-Token. It follows from the cookie, so that nothing is kept.
  static std::string headerToken(std::string_view cookie);
  /// True if `given` is the header token of the session.
  static bool isHeaderToken(std::string_view given, std::string_view cookie);

 private:
  struct Known {
    std::string reader;
    io::Digest digest;
  };
  static const Known* find(const std::vector<Known>& list, std::string_view token);

  std::vector<Known> starts_, sessions_;
};

}  // namespace winnow::screen
