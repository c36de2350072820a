#include "PlainLine.hpp"

#include <algorithm>
#include <charconv>

#include "engine/reading/Stream.hpp"

namespace winnow::engine {

bool PlainLine::number(std::uint64_t& value) { return taken(value); }

bool PlainLine::number(double& value) { return taken(value); }

bool PlainLine::hash(std::uint64_t& value) {
  if (rest_.size() < 18 || rest_[0] != '"' || rest_[17] != '"') return false;
  const char* first = rest_.data() + 1;
  const auto [end, error] = std::from_chars(first, first + 16, value, 16);
  if (error != std::errc() || end != first + 16) return false;
  rest_.remove_prefix(18);
  return true;
}

bool PlainLine::text(std::string& bytes) {
  if (skip("{\"hex\":\"")) return hexBytes(bytes);
  if (!skip("\"")) return false;
  // find() of one character is several times as fast as find_first_of().
  std::size_t quote = rest_.find('"');
  while (quote != std::string_view::npos) {
    const std::size_t escape = rest_.substr(0, quote).find('\\');
    bytes.append(rest_, 0, std::min(escape, quote));
    if (escape == std::string_view::npos) {
      rest_.remove_prefix(quote + 1);
      return true;
    }
    const std::size_t before = rest_.size();
    rest_.remove_prefix(escape);
    if (!escaped(bytes)) return false;
    const std::size_t taken = before - rest_.size();
    quote = taken > quote ? rest_.find('"') : quote - taken;
  }
  return false;
}

/// The escapes that appendJson() writes.
bool PlainLine::escaped(std::string& bytes) {
  rest_.remove_prefix(1);
  if (rest_.empty()) return false;
  if (rest_[0] == '"' || rest_[0] == '\\') {
    bytes += rest_[0];
    rest_.remove_prefix(1);
    return true;
  }
  if (skip("u0085")) return bytes += "\xC2\x85", true;
  if (skip("u2028")) return bytes += "\xE2\x80\xA8", true;
  if (skip("u2029")) return bytes += "\xE2\x80\xA9", true;
  if (!skip("u00") || rest_.size() < 2) return false;
  std::string byte;
  if (!bytesOf(rest_.substr(0, 2), byte) || static_cast<unsigned char>(byte[0]) >= 0x20) return false;
  bytes += byte;
  rest_.remove_prefix(2);
  return true;
}

bool PlainLine::hexBytes(std::string& bytes) {
  const std::size_t end = rest_.find('"');
  std::string decoded;
  if (end == std::string_view::npos || !bytesOf(rest_.substr(0, end), decoded)) return false;
  bytes += decoded;
  rest_.remove_prefix(end + 1);
  return skip("}");
}

}  // namespace winnow::engine
