#include "Tokens.hpp"

#include <span>

#include "io/Machine.hpp"

namespace winnow::screen {

namespace {

io::Digest digestOf(std::string_view text) { return io::Sha256().add(text).finish(); }

/// Looks at every byte whatever the first ones are, so that the time tells nothing.
bool isSame(const io::Digest& a, const io::Digest& b) {
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
  return difference == 0;
}

}  // namespace

std::string randomToken() {
  io::Digest bytes{};
  io::fillRandom(std::as_writable_bytes(std::span(bytes)));
  return io::hex(bytes);
}

const Tokens::Known* Tokens::find(const std::vector<Known>& list, std::string_view token) {
  const io::Digest digest = digestOf(token);
  const Known* found = nullptr;
  for (const Known& known : list)
    if (isSame(known.digest, digest)) found = &known;
  return found;
}

std::string Tokens::invite(const std::string& reader) {
  std::erase_if(starts_, [&](const Known& known) { return known.reader == reader; });
  const std::string token = randomToken();
  starts_.push_back({reader, digestOf(token)});
  return token;
}

std::optional<std::string> Tokens::exchange(std::string_view startToken) {
  const Known* start = find(starts_, startToken);
  if (start == nullptr) return std::nullopt;
  const std::string cookie = randomToken();
  sessions_.push_back({start->reader, digestOf(cookie)});
  starts_.erase(starts_.begin() + (start - starts_.data()));
  return cookie;
}

std::optional<std::string> Tokens::readerOf(std::string_view cookie) const {
  const Known* session = find(sessions_, cookie);
  return session == nullptr ? std::nullopt : std::optional<std::string>(session->reader);
}

std::string Tokens::headerToken(std::string_view cookie) {
  return io::sha256Hex("header token of session " + std::string(cookie));
}

bool Tokens::isHeaderToken(std::string_view given, std::string_view cookie) {
  return isSame(digestOf(given), digestOf(headerToken(cookie)));
}

}  // namespace winnow::screen
