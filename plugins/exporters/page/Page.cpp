#include "Page.hpp"

#include <nettle/base64.h>
#include <nettle/sha2.h>

#include <array>

#include "office/Package.hpp"
#include "page/PageTexts.hpp"

namespace winnow::page {

namespace {

/// "'sha256-...'" of what stands in an element, as a policy names it (CSP Level 3, 2.3.1).
std::string sourceHash(std::string_view text) {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest;
  sha256_ctx state;
  sha256_init(&state);
  sha256_update(&state, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  sha256_digest(&state, digest.size(), digest.data());
  std::string encoded(BASE64_ENCODE_RAW_LENGTH(digest.size()), '\0');
  base64_encode_raw(encoded.data(), digest.size(), digest.data());
  return "'sha256-" + encoded + "'";
}

}  // namespace

std::string_view baseStyle() { return texts::baseCss; }

std::string safeJson(std::string json) {
  for (std::size_t at = json.find('<'); at != std::string::npos; at = json.find('<', at + 6))
    json.replace(at, 1, "\\u003c");
  return json;
}

std::string html(const Page& page) {
  const std::string style = "\n" + std::string(baseStyle()) + page.style, script = "\n" + page.script;
  std::string policy = "default-src 'none'; style-src " + sourceHash(style) + "; base-uri 'none'; form-action 'none'";
  if (!page.script.empty()) policy += "; script-src " + sourceHash(script);
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "http-equiv=\"Content-Security-Policy\" content=\"" +
      policy +
      "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" "
      "content=\"light dark\">\n<title>" +
      office::xmlText(page.title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n" + page.body;
  if (!page.data.empty()) out += "<script type=\"application/json\" id=\"data\">" + safeJson(page.data) + "</script>\n";
  if (!page.script.empty()) out += "<script>" + script + "</script>\n";
  return out + "</body>\n</html>\n";
}

}  // namespace winnow::page
