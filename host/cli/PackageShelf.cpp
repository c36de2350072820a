#include "PackageShelf.hpp"

#include <cstdlib>

#include <nlohmann/json.hpp>

#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
#include "io/Machine.hpp"
#include "plugins/Package.hpp"

namespace winnow::cli {

namespace fs = std::filesystem;

namespace {

/// Hidden, so it is no file of the package.
constexpr const char* kOrigin = ".winnow-origin.json";

/// Files that others may write are refused when plugins are looked for.
void protectFromOthers(const fs::path& folder) {
  constexpr fs::perms kOthers = fs::perms::group_write | fs::perms::others_write;
  fs::permissions(folder, kOthers, fs::perm_options::remove);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    fs::permissions(entry.path(), kOthers, fs::perm_options::remove);
}

void writeOrigin(const fs::path& package, const Origin& origin) {
  const nlohmann::ordered_json json{{"index", origin.index}, {"sha256", origin.sha256}};
  io::writeFile(package / kOrigin, json.dump(1) + "\n");
}

}  // namespace

fs::path userPluginFolder() {
  const char* home = std::getenv("HOME");
  if (home == nullptr || home[0] != '/') throw UsageError("there is no home folder to install into; use --plugin-dir");
  return fs::path(home) / ".local/lib/winnow/plugins";
}

Incoming::Incoming() : folder_(userPluginFolder().parent_path() / ("incoming-" + std::to_string(io::processNumber()))) {
  fs::remove_all(folder_);  // of a process of the same number that was killed
  fs::create_directories(folder_);
}

Incoming::~Incoming() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

DeclaredPlugin placePackage(Context& context, const Incoming& incoming, const fs::path& ready,
                            const std::optional<Origin>& origin) {
  const fs::path to = userPluginFolder() / ready.filename();
  if (fs::exists(to) && !plugins::isPackage(to))
    throw UsageError("'" + to.string() + "' is there and is no package; move it away first");
  protectFromOthers(ready);
  const DeclaredPlugin declared = declaredPlugin(context, ready);
  if (origin) writeOrigin(ready, *origin);
  fs::create_directories(to.parent_path());
  if (fs::exists(to)) fs::rename(to, incoming.folder() / "replaced");
  fs::rename(ready, to);
  return declared;
}

std::optional<Origin> originOf(const fs::path& package) {
  std::error_code ignored;
  if (!fs::is_regular_file(package / kOrigin, ignored)) return std::nullopt;
  const auto json = nlohmann::json::parse(io::readFile(package / kOrigin), nullptr, false);
  const auto text = [&](const char* name) {
    return json.is_object() && json.contains(name) && json[name].is_string() ? json[name].get<std::string>()
                                                                             : std::string();
  };
  return Origin{text("index"), text("sha256")};
}

std::vector<fs::path> installedPackages() {
  std::vector<fs::path> packages;
  std::error_code ignored;
  for (const std::string& name : io::namesIn(userPluginFolder(), ignored))
    if (plugins::isPackage(userPluginFolder() / name)) packages.push_back(userPluginFolder() / name);
  return packages;
}

}  // namespace winnow::cli
