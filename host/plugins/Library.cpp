#include "Library.hpp"

#include <vector>

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/library_info.hpp>
#include <boost/dll/runtime_symbol_info.hpp>
#include <boost/dll/shared_library.hpp>

#include <algorithm>
#include <deque>
#include <exception>
#include <mutex>
#include <string_view>
#include <utility>

#include "Declarations.hpp"

namespace winnow::plugins {

namespace {

constexpr const char* kSymbol = "winnow_plugin_v1";

std::string version(std::uint32_t major, std::uint32_t minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

/// Boost's texts end in a stale errno ("...: Illegal seek"); the part before it is the loader's own.
std::string loaderText(std::string text) {
  const std::string_view noise[] = {
      ": Bad file descriptor",       ": Illegal seek",     ": Success",
      ": No such file or directory", ": Invalid argument", ": Inappropriate ioctl for device"};
  for (const std::string_view end : noise)
    if (const auto at = text.rfind(end); at != std::string::npos) text.erase(at);
  return text;
}

std::string symbolProblem(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) return "is a folder, not a library";
  if (std::filesystem::file_size(file, error) == 0) return "is empty";
  try {
    boost::dll::library_info info(file);
    const std::vector<std::string> symbols = info.symbols();
    if (std::find(symbols.begin(), symbols.end(), kSymbol) != symbols.end()) return {};
    const bool other = std::any_of(symbols.begin(), symbols.end(),
                                   [](const std::string& s) { return s.rfind("winnow_plugin_v", 0) == 0; });
    return other ? "was built for another major version of the ABI (host has " +
                       version(WINNOW_ABI_MAJOR, WINNOW_ABI_MINOR) + "): rebuild it with this SDK"
                 : std::string("does not export ") + kSymbol + ", so it is no Winnow plugin";
  } catch (const std::exception&) {
    return "is no shared library of this machine (damaged, truncated or another format)";
  }
}

std::string versionProblem(const winnow_plugin& plugin) {
  if (plugin.abi_major != WINNOW_ABI_MAJOR || plugin.abi_minor > WINNOW_ABI_MINOR)
    return "was built for ABI " + version(plugin.abi_major, plugin.abi_minor) + ", host has " +
           version(WINNOW_ABI_MAJOR, WINNOW_ABI_MINOR) +
           ": update winnow or rebuild the plugin with WINNOW_ABI_MINOR_TARGET=" + std::to_string(WINNOW_ABI_MINOR);
  if (plugin.struct_size < sizeof(winnow_plugin))
    return "declares a plugin struct of " + std::to_string(plugin.struct_size) + " bytes, version 1.0 has " +
           std::to_string(sizeof(winnow_plugin));
  return {};
}

/// Libraries are never unloaded: the process still points to their tables when statics die. So the list is never freed.
const boost::dll::shared_library& keep(boost::dll::shared_library library) {
  static auto& libraries = *new std::deque<boost::dll::shared_library>;
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  return libraries.emplace_back(std::move(library));
}

}  // namespace

std::variant<const winnow_plugin*, Refusal> loadLibrary(const std::filesystem::path& file) {
  if (std::string problem = symbolProblem(file); !problem.empty()) return Refusal{std::move(problem)};
  const winnow_plugin* plugin = nullptr;
  try {
    const auto mode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local;
    plugin = &keep(boost::dll::shared_library(file, mode)).get<const winnow_plugin>(kSymbol);
  } catch (const std::exception& error) {
    return Refusal{"cannot be loaded: " + loaderText(error.what())};
  } catch (...) {
    return Refusal{"threw something that is no std::exception while it was loaded"};
  }
  if (std::string problem = versionProblem(*plugin); !problem.empty()) return Refusal{std::move(problem)};
  if (std::string problem = declarationProblem(*plugin); !problem.empty()) return Refusal{std::move(problem)};
  return plugin;
}

std::vector<std::string> exportedSymbols(const std::filesystem::path& file) {
  return boost::dll::library_info(file).symbols();
}

const winnow_plugin* unchecked(const std::filesystem::path& file) {
  try {
    const auto mode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local;
    return &keep(boost::dll::shared_library(file, mode)).get<const winnow_plugin>(kSymbol);
  } catch (...) {
    return nullptr;
  }
}

std::filesystem::path programFolder() { return boost::dll::program_location().parent_path(); }

}  // namespace winnow::plugins
