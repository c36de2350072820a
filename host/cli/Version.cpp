#include "Version.hpp"

#include <nlohmann/json.hpp>

#include <winnow/abi.h>

#include "Libraries.hpp"
#include "plugins/worker/Landlock.hpp"

namespace winnow::cli {

std::string versionText() { return "winnow " WINNOW_VERSION; }

std::string versionJson() {
  nlohmann::ordered_json libraries;
  for (const Library& library : kLibraries) libraries[std::string(library.name)] = library.version;
#if defined(WINNOW_SANITIZED)
  constexpr bool isSanitized = true;
#else
  constexpr bool isSanitized = false;
#endif
  const nlohmann::ordered_json all = {
      {"winnow", WINNOW_VERSION}, {"abi", {{"major", WINNOW_ABI_MAJOR}, {"minor", WINNOW_ABI_MINOR}}},
      {"compiler", kCompiler},    {"system", kSystem},
      {"sanitized", isSanitized}, {"landlock", plugins::worker::landlockVersion()},
      {"libraries", libraries}};
  return all.dump(2);
}

}  // namespace winnow::cli
