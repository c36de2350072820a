// Where an index or an archive lies: a file, an https address, or an http address of this machine.
#pragma once

#include <filesystem>
#include <string>

namespace winnow::index {

/// A value. Of a file only `file` is set.
struct Address {
  std::filesystem::path file;  ///< absolute; empty: it is fetched
  bool isTls = false;
  std::string host, port, target;  ///< "plugins.example.org", "443", "/winnow/index.json"

  /// As people write it.
  std::string text() const;
  bool operator==(const Address&) const = default;
};

/// "index.json", "https://...", "http://127.0.0.1:8000/...". Throws winnow::UsageError: another scheme, http to another
/// machine (anybody on the way could put another index in its place), a user or a fragment in it.
Address addressOf(const std::string& text);

/// Where an entry of the index at `index` lies: a path below the index's folder, or an https address. Throws
/// winnow::Error for a name that leads out of the folder, for file:// and any other scheme.
Address entryAt(const Address& index, const std::string& name);

/// Where an answer of `from` sends on to. Throws winnow::Error: to a file, to another scheme, or from https to http.
Address redirected(const Address& from, const std::string& location);

}  // namespace winnow::index
