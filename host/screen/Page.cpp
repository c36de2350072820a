#include "Page.hpp"

#include <cstdint>

#include "BuiltPage.hpp"
#include "io/Sha256.hpp"

namespace winnow::screen {

namespace {

std::string base64(const io::Digest& bytes) {
  static constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k) three = (three << 8U) | (i + k < bytes.size() ? bytes[i + k] : 0U);
    for (int shift = 18; shift >= 0; shift -= 6) text += kLetters[(three >> static_cast<unsigned>(shift)) & 63U];
  }
  const std::size_t missing = (3 - bytes.size() % 3) % 3;
  return text.replace(text.size() - missing, missing, missing, '=');
}

/// " 'sha256-...'" for every element `name` that stands in the page; not for data blocks, which nothing runs.
std::string hashesOf(std::string_view page, const std::string& name) {
  std::string hashes;
  const std::string begin = "<" + name, end = "</" + name + ">";
  for (std::size_t at = page.find(begin); at != std::string_view::npos; at = page.find(begin, at)) {
    const std::size_t open = page.find('>', at), close = page.find(end, at);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    const bool isData = page.substr(at, open - at).find("application/json") != std::string_view::npos;
    if (!isData)
      hashes += " 'sha256-" + base64(io::Sha256().add(page.substr(open + 1, close - open - 1)).finish()) + "'";
    at = close;
  }
  return hashes.empty() ? " 'none'" : hashes;
}

}  // namespace

std::string_view builtPage() { return {reinterpret_cast<const char*>(kBuiltPage), sizeof kBuiltPage}; }

std::string policyOf(std::string_view page, std::string_view connect) {
  return "default-src 'none'; script-src" + hashesOf(page, "script") + "; style-src" + hashesOf(page, "style") +
         "; connect-src " + std::string(connect) +
         "; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace winnow::screen
