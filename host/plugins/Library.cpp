#include "Library.hpp"

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/runtime_symbol_info.hpp>
#include <boost/dll/shared_library.hpp>

#include <algorithm>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include "CrashReport.hpp"
#include "Declarations.hpp"
#include "Elf.hpp"
#include "FirstSizes.hpp"
#include "io/Error.hpp"

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

std::string symbolProblem(int descriptor) {
  const auto facts = readElf(descriptor);
  if (const auto* fault = std::get_if<std::string>(&facts)) return *fault;
  const std::vector<std::string>& symbols = std::get<ElfFacts>(facts).exported;
  if (std::find(symbols.begin(), symbols.end(), kSymbol) != symbols.end()) return {};
  const bool other = std::any_of(symbols.begin(), symbols.end(),
                                 [](const std::string& s) { return s.rfind("winnow_plugin_v", 0) == 0; });
  return other ? "was built for another major version of the ABI (host has " +
                     version(WINNOW_ABI_MAJOR, WINNOW_ABI_MINOR) + "): rebuild it with this SDK"
               : std::string("does not export ") + kSymbol + ", so it is no Winnow plugin";
}

}  // namespace

std::string abiProblem(const winnow_plugin& plugin) {
  if (plugin.abi_major == WINNOW_ABI_MAJOR && plugin.abi_minor <= WINNOW_ABI_MINOR) return {};
  const std::string both = "was built for ABI " + version(plugin.abi_major, plugin.abi_minor) + ", host has " +
                           version(WINNOW_ABI_MAJOR, WINNOW_ABI_MINOR) + ": ";
  if (plugin.abi_major != WINNOW_ABI_MAJOR)  // an older minor of another major is no way out
    return both + (plugin.abi_major > WINNOW_ABI_MAJOR ? "update winnow, or rebuild the plugin with this winnow's SDK"
                                                       : "rebuild the plugin with this winnow's SDK");
  return both + "update winnow or rebuild the plugin with WINNOW_ABI_MINOR_TARGET=" + std::to_string(WINNOW_ABI_MINOR);
}

namespace {

std::string versionProblem(const winnow_plugin& plugin) {
  if (std::string problem = abiProblem(plugin); !problem.empty()) return problem;
  if (plugin.struct_size < kFirstPluginSize)
    return "declares a plugin struct of " + std::to_string(plugin.struct_size) + " bytes, version 1.0 has " +
           std::to_string(kFirstPluginSize);
  return {};
}

/// Libraries are never unloaded: the process still points to their tables when statics die. So the list is never freed.
const boost::dll::shared_library& keep(boost::dll::shared_library library) {
  static auto& libraries = *new std::deque<boost::dll::shared_library>;
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  return libraries.emplace_back(std::move(library));
}

/// Throws what Boost.DLL throws.
const winnow_plugin& loaded(const std::filesystem::path& from) {
  const auto mode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local;
  return keep(boost::dll::shared_library(from, mode)).get<const winnow_plugin>(kSymbol);
}

/// Files that were opened ahead of their use.
std::map<std::filesystem::path, std::shared_ptr<const PluginFile>>& held() {
  static auto& files = *new std::map<std::filesystem::path, std::shared_ptr<const PluginFile>>;
  return files;
}

}  // namespace

std::variant<const winnow_plugin*, Refusal> loadLibrary(int descriptor, const std::filesystem::path& from) {
  if (std::string problem = symbolProblem(descriptor); !problem.empty()) return Refusal{std::move(problem)};
  const winnow_plugin* plugin = nullptr;
  const std::string name = from.string();
  const InCall in({name.data(), name.size()}, "its loading");
  try {
    plugin = &loaded(from);
  } catch (const std::exception& error) {
    return Refusal{"cannot be loaded: " + loaderText(error.what())};
  } catch (...) {
    return Refusal{"threw something that is no std::exception while it was loaded"};
  }
  if (std::string problem = versionProblem(*plugin); !problem.empty()) return Refusal{std::move(problem)};
  if (std::string problem = declarationProblem(*plugin); !problem.empty()) return Refusal{std::move(problem)};
  return plugin;
}

namespace {

/// What a library loads from a folder of its own nobody hashed: it would run in the program without an approval.
std::string searchProblem(const PluginFile& file) {
  if (file.loadPath() == file.path()) return {};  // installed: its folder is the installation's
  const auto facts = readElf(file.descriptor());
  const auto* elf = std::get_if<ElfFacts>(&facts);
  if (elf == nullptr || elf->searched.empty()) return {};
  return "looks for libraries in '" + elf->searched +
         "' (RUNPATH), which nobody approved; a plugin is one file, so link them in, or use the system's";
}

}  // namespace

std::variant<const winnow_plugin*, Refusal> loadLibrary(const std::shared_ptr<const PluginFile>& file) {
  static auto& files = *new std::vector<std::shared_ptr<const PluginFile>>;  // the loader knows them by their numbers
  files.push_back(file);
  if (std::string problem = searchProblem(*file); !problem.empty()) return Refusal{std::move(problem)};
  return loadLibrary(file->descriptor(), file->loadPath());
}

std::shared_ptr<const PluginFile> hold(const std::filesystem::path& file) {
  std::shared_ptr<const PluginFile>& entry = held()[file];
  if (entry == nullptr) entry = PluginFile::complete(file);
  return entry;
}

std::vector<std::string> exportedSymbols(const std::filesystem::path& file) {
  const auto facts = readElf(hold(file)->descriptor());
  if (const auto* fault = std::get_if<std::string>(&facts)) throw Error("it " + *fault);
  return std::get<ElfFacts>(facts).exported;
}

const winnow_plugin* unchecked(const std::filesystem::path& file) {
  try {
    return &loaded(hold(file)->loadPath());
  } catch (...) {
    return nullptr;
  }
}

std::filesystem::path programFolder() { return boost::dll::program_location().parent_path(); }

}  // namespace winnow::plugins
