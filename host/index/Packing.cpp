#include "Packing.hpp"

#include <algorithm>
#include <vector>

#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/StoredZip.hpp"
#include "plugins/Package.hpp"

namespace winnow::index {

namespace fs = std::filesystem;

void packPackage(const fs::path& package, const fs::path& archive) {
  const fs::path main = plugins::mainOf(package);
  std::vector<std::string> names = plugins::filesOfPackage(package, main);
  names.push_back(main.filename().string());
  std::sort(names.begin(), names.end());
  io::AtomicFile target(archive);
  io::StoredZipWriter writer(target);
  for (const std::string& name : names) writer.addFile(name, package / name);
  writer.finish();
  target.commit();
}

void unpackPackage(std::string_view bytes, const fs::path& folder) {
  if (fs::exists(folder)) throw Error("'" + folder.string() + "' is there already");
  try {
    fs::create_directories(folder);
    const fs::path archive = folder.string() + ".zip";
    io::writeFile(archive, bytes);
    io::unpackStoredZip(archive, folder);
    fs::remove(archive);
    const fs::path main = plugins::mainOf(folder);
    if (main.extension() != ".so" && main.extension() != ".yaml")
      fs::permissions(main, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                      fs::perm_options::add);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    fs::remove(folder.string() + ".zip", ignored);
    throw;
  }
}

}  // namespace winnow::index
