#include "Guard.hpp"

#include <nlohmann/json.hpp>

namespace winnow::screen {

namespace {

constexpr std::string_view kApi = "/api/", kSession = "/api/session";

std::string_view pathOf(std::string_view target) { return target.substr(0, target.find('?')); }

/// application/json, with or without the charset that JSON has anyway.
bool isJson(std::string_view contentType) {
  return contentType == "application/json" || contentType == "application/json; charset=utf-8" ||
         contentType == "application/json;charset=utf-8" || contentType == "application/json;charset=UTF-8" ||
         contentType == "application/json; charset=UTF-8";
}

}  // namespace

Response refusal(int status, const std::string& sentence) {
  return {status, "application/json",
          nlohmann::json{{"error", sentence}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

bool isWrite(const Request& request) {
  return request.method == "POST" || request.method == "PUT" || request.method == "DELETE";
}

bool Guard::isOwnHost(std::string_view host) const {
  return host == "127.0.0.1:" + port_ || host == "localhost:" + port_;
}

std::string Guard::cookieOf(std::string_view header) const {
  const std::string begin = cookieName() + "=";
  while (!header.empty()) {
    const std::string_view one = header.substr(0, header.find(';'));
    if (one.substr(0, begin.size()) == begin) return std::string(one.substr(begin.size()));
    header.remove_prefix(one.size());
    while (!header.empty() && (header.front() == ';' || header.front() == ' ')) header.remove_prefix(1);
  }
  return {};
}

std::optional<Response> Guard::refuseOrigin(const Request& request) const {
  if (request.origin != "http://" + request.host)
    return refusal(403, "a change must come from the screening page itself");
  if (!request.fetchSite.empty() && request.fetchSite != "same-origin")
    return refusal(403, "a change must come from the screening page itself");
  if (!isJson(request.contentType)) return refusal(415, "a change is sent as application/json");
  return std::nullopt;
}

std::optional<Response> Guard::refuseSession(const Request& request, Caller& caller) const {
  caller.cookie = cookieOf(request.cookie);
  const std::optional<std::string> reader = caller.cookie.empty() ? std::nullopt : tokens_.readerOf(caller.cookie);
  if (!reader) return refusal(401, "this session is not known; open a new start link");
  if (isWrite(request) && !Tokens::isHeaderToken(request.token, caller.cookie))
    return refusal(401, "the change does not carry the session's token; load the page again");
  caller.reader = *reader;
  return std::nullopt;
}

std::optional<Response> Guard::refuse(const Request& request, Caller& caller) const {
  if (!isOwnHost(request.host)) return refusal(403, "this server answers on 127.0.0.1 alone");
  const std::string_view path = pathOf(request.target);
  const bool isOfApi = path.substr(0, kApi.size()) == kApi;
  const bool isExchange = path == kSession && request.method == "POST";
  if (isOfApi && !request.fetchSite.empty() && request.fetchSite != "same-origin" && request.fetchSite != "none")
    return refusal(403, "another page may not ask here");
  if (isOfApi && !isExchange)
    if (auto refused = refuseSession(request, caller)) return refused;
  if (isWrite(request))
    if (auto refused = refuseOrigin(request)) return refused;
  if (request.isTooLarge) return refusal(413, "the request is larger than 1 MiB");
  return std::nullopt;
}

}  // namespace winnow::screen
