#include "DeclarationCache.hpp"

#include <cstdlib>
#include <filesystem>

#include "../Services.hpp"
#include "Wire.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"

namespace winnow::plugins::worker {

namespace fs = std::filesystem;

namespace {

/// Empty: there is no place for it.
fs::path folder() {
  const auto absolute = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && value[0] == '/' ? fs::path(value) : fs::path();
  };
  if (const fs::path cache = absolute("XDG_CACHE_HOME"); !cache.empty()) return cache / "winnow/declarations";
  const fs::path home = absolute("HOME");
  return home.empty() ? home : home / ".cache/winnow/declarations";
}

fs::path fileOf(const PluginFile& file) {
  const fs::path place = folder();
  if (place.empty()) return {};
  return place / io::sha256Hex(file.sha256() + " host " + std::to_string(WINNOW_ABI_MAJOR) + "." +
                               std::to_string(WINNOW_ABI_MINOR) + " features " + std::to_string(kFeatures) +
                               " protocol " + std::to_string(kProtocol));
}

}  // namespace

std::optional<KeptDeclaration> keptDeclaration(const PluginFile& file) {
  const fs::path kept = fileOf(file);
  std::error_code error;
  if (kept.empty() || !fs::is_regular_file(kept, error) || !unsafePath(kept, 0).empty()) return std::nullopt;
  try {
    const std::string bytes = io::readFile(kept);
    Decoder from(bytes);
    const std::string sum(from.text());
    const std::string_view rest = from.raw(bytes.size() - sum.size() - 4);
    if (sum != io::sha256Hex(rest)) return std::nullopt;
    Decoder body(rest);
    KeptDeclaration found;
    for (std::uint32_t n = body.count(4); n > 0; --n) found.confinement.active.emplace_back(body.text());
    found.payload = body.text();
    return found;
  } catch (const std::exception&) {  // cut off, or written by somebody else: the plugin is asked again
    return std::nullopt;
  }
}

void keepDeclaration(const PluginFile& file, const KeptDeclaration& declaration) {
  if (!declaration.confinement.missing.empty()) return;
  const fs::path kept = fileOf(file);
  if (kept.empty()) return;
  Encoder body;
  body.number(static_cast<std::uint32_t>(declaration.confinement.active.size()));
  for (const std::string& name : declaration.confinement.active) body.text(name);
  body.text(declaration.payload);
  Encoder whole;
  whole.text(io::sha256Hex(body.bytes()));
  whole.bytes() += body.bytes();
  try {
    io::writeFile(kept, whole.bytes());
  } catch (const Error&) {  // a home that cannot be written
  }
}

}  // namespace winnow::plugins::worker
