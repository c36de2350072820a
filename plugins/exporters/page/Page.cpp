// As host/io/Sha256.cpp: what EVP sets up fails badly where memory runs out.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "Page.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

#include "office/Package.hpp"
#include "page/PageTexts.hpp"

namespace winnow::page {

namespace {

/// "'sha256-...'" of what stands in an element, as a policy names it (CSP Level 3, 2.3.1).
std::string sourceHash(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, text.data(), text.size());
  SHA256_Final(digest.data(), &state);
  std::array<unsigned char, 45> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(digest.size()));
  return "'sha256-" + std::string(reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length)) +
         "'";
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
