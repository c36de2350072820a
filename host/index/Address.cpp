#include "Address.hpp"

#include <algorithm>
#include <string_view>

#include "io/Error.hpp"

namespace winnow::index {

namespace fs = std::filesystem;

namespace {

bool isLoopback(const std::string& host) { return host == "localhost" || host == "127.0.0.1" || host == "::1"; }

bool isHostLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// Printable ASCII without a blank: what a request line can hold.
bool isTarget(std::string_view target) {
  return std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < 0x7F && c != '#'; });
}

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw UsageError("'" + text + "' is no address of an index: " + why);
}

/// Takes "host" or "[::1]" off the front.
std::string takeHost(std::string_view& rest, const std::string& text) {
  if (rest.substr(0, 5) == "[::1]") {
    rest.remove_prefix(5);
    return "::1";
  }
  const std::size_t size = static_cast<std::size_t>(
      std::find_if_not(rest.begin(), rest.end(), [](char c) { return isHostLetter(c); }) - rest.begin());
  const std::string host(rest.substr(0, size));
  if (host.empty() || host.size() > 253) refuse(text, "it names no host");
  rest.remove_prefix(size);
  return host;
}

Address fetched(const std::string& text, bool isTls) {
  Address address;
  address.isTls = isTls;
  std::string_view rest = std::string_view(text).substr(isTls ? 8 : 7);
  address.host = takeHost(rest, text);
  address.port = isTls ? "443" : "80";
  if (!rest.empty() && rest.front() == ':') {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    address.port = rest.substr(1, end - 1);
    if (address.port.empty() || address.port.size() > 5 ||
        address.port.find_first_not_of("0123456789") != std::string::npos)
      refuse(text, "'" + address.port + "' is no port");
    rest.remove_prefix(end);
  }
  if (!rest.empty() && rest.front() != '/') refuse(text, "behind the host comes '/'");
  if (!isTarget(rest)) refuse(text, "it holds signs that an address cannot hold");
  address.target = rest.empty() ? "/" : std::string(rest);
  if (!isTls && !isLoopback(address.host))
    refuse(text, "http is taken from this machine alone, since anybody on the way could change it; use https");
  return address;
}

/// A path that stays below its folder, in signs that need no quoting in an address.
bool isBelow(const std::string& name) {
  if (name.empty() || name.size() > 500 || name.front() == '/') return false;
  for (const char c : name)
    if (!isHostLetter(c) && c != '_' && c != '+' && c != '/') return false;
  const fs::path path(name);
  return std::none_of(path.begin(), path.end(),
                      [](const fs::path& part) { return part == ".." || part == "." || part.empty(); });
}

/// "/winnow/index.json?v=1" -> "/winnow/".
std::string folderOf(const std::string& target) {
  const std::string path = target.substr(0, target.find('?'));
  return path.substr(0, path.rfind('/') + 1);
}

}  // namespace

std::string Address::text() const {
  if (!file.empty()) return file.string();
  const bool isUsual = port == (isTls ? "443" : "80");
  return (isTls ? "https://" : "http://") + (host == "::1" ? "[::1]" : host) + (isUsual ? "" : ":" + port) + target;
}

Address addressOf(const std::string& text) {
  if (text.rfind("https://", 0) == 0) return fetched(text, true);
  if (text.rfind("http://", 0) == 0) return fetched(text, false);
  if (text.find("://") != std::string::npos) refuse(text, "only files and https are read");
  if (text.empty()) refuse(text, "it is empty");
  Address address;
  address.file = fs::absolute(text);
  return address;
}

Address entryAt(const Address& index, const std::string& name) {
  if (name.rfind("https://", 0) == 0) return fetched(name, true);
  if (!isBelow(name))
    throw Error("the index names '" + name + "', which is neither a file below its own folder nor an https address");
  Address entry = index;
  if (!index.file.empty())
    entry.file = index.file.parent_path() / name;
  else
    entry.target = folderOf(index.target) + name;
  return entry;
}

Address redirected(const Address& from, const std::string& location) {
  const std::string where = "'" + from.text() + "' sends on to '" + location + "', ";
  if (!location.empty() && location.front() == '/' && location.rfind("//", 0) != 0 && isTarget(location)) {
    Address to = from;
    to.target = location;
    return to;
  }
  const bool isHttps = location.rfind("https://", 0) == 0, isHttp = location.rfind("http://", 0) == 0;
  if (!isHttps && !isHttp) throw Error(where + "which is no https address");
  if (isHttp && from.isTls) throw Error(where + "away from https");
  return addressOf(location);
}

}  // namespace winnow::index
