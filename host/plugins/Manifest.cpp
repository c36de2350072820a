#include "Manifest.hpp"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "Package.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/FileHash.hpp"
#include "io/VersionRange.hpp"

namespace winnow::plugins {

namespace fs = std::filesystem;

namespace {

using Text = std::string Manifest::*;
constexpr std::pair<std::string_view, Text> kKeys[] = {
    {"main", &Manifest::main},         {"id", &Manifest::id},         {"version", &Manifest::version},
    {"license", &Manifest::license},   {"vendor", &Manifest::vendor}, {"homepage", &Manifest::homepage},
    {"support", &Manifest::support},   {"host", &Manifest::host},     {"description", &Manifest::description},
    {"keywords", &Manifest::keywords}, {"python", &Manifest::python},
};

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  text = text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  return std::string(text);
}

/// One name below one folder: no separators, not hidden.
bool isPlainName(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.find_first_of("/\\") == std::string_view::npos;
}

class Reader {
 public:
  explicit Reader(const fs::path& folder) : folder_(folder), lines_(io::readFile(folder / kManifest)) {}

  Manifest run() {
    for (std::string line; std::getline(lines_, line);) {
      ++number_;
      line = line.substr(0, line.find(" #"));
      const std::string text = trimmed(line);
      if (text.empty() || text.front() == '#') continue;
      if (isInWheels_ && text.rfind("- ", 0) == 0)
        readWheel(trimmed(std::string_view(text).substr(2)));
      else
        readKey(line);
    }
    if (!isPlainName(manifest_.main))
      throw Error(std::string(kManifest) + " names no main file of the package: main: NAME.so or NAME.plugin.py");
    return std::move(manifest_);
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(std::string(kManifest) + ":" + std::to_string(number_) + ": " + what + " (" + folder_.string() + ")");
  }

  void readKey(const std::string& line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || line.front() == ' ') refuse("a line is 'key: value'");
    const std::string key = trimmed(std::string_view(line).substr(0, colon)),
                      value = trimmed(std::string_view(line).substr(colon + 1));
    isInWheels_ = key == "wheels" && value.empty();
    if (isInWheels_) return;
    if (key == "winnow" && value != "plugin/1") refuse("'winnow' is 'plugin/1', not '" + value + "'");
    if (key == "winnow") return;
    const auto* found = std::find_if(std::begin(kKeys), std::end(kKeys), [&](const auto& k) { return k.first == key; });
    if (found == std::end(kKeys)) refuse("a package has no '" + key + "'");
    manifest_.*found->second = value;
    if ((key == "host" || key == "python") && !io::VersionRange::parse(value))
      refuse("'" + value + "' is no range of versions; write \">=1.2 <2\", or 1.4 for every 1.4");
    if (key == "id" && !isPackageId(value))
      refuse("'" + value + "' is no id; it takes lower-case letters, digits, '-', '.' and '_'");
    if (key == "version" && !isPackageVersion(value)) refuse("'" + value + "' is no version; it begins with a number");
  }

  void readWheel(const std::string& text) {
    constexpr std::string_view kMark = " sha256:";
    const std::size_t mark = text.find(kMark);
    const std::string hash = mark == std::string::npos ? std::string() : text.substr(mark + kMark.size());
    if (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos)
      refuse("a wheel is '- FILE.whl sha256:HASH', with 64 digits");
    Wheel wheel{trimmed(std::string_view(text).substr(0, mark)), hash};
    if (!wheel.file.ends_with("-none-any.whl"))
      refuse("'" + wheel.file +
             "' holds compiled code, which Python cannot import from a wheel; unpack it into the package: "
             "pip install --target");
    manifest_.wheels.push_back(std::move(wheel));
  }

  const fs::path& folder_;
  std::istringstream lines_;
  std::size_t number_ = 0;
  bool isInWheels_ = false;
  Manifest manifest_;
};

std::string unmetWheels(const fs::path& folder, const Manifest& manifest) {
  if (manifest.wheels.empty()) return {};
  const std::vector<std::string> files = filesOfPackage(folder, folder / manifest.main);
  for (const Wheel& wheel : manifest.wheels) {
    if (std::find(files.begin(), files.end(), wheel.file) == files.end())
      return "names the wheel '" + wheel.file + "', which its package does not hold";
    if (const std::string found = io::sha256OfFile(folder / wheel.file); found != wheel.sha256)
      return "holds another '" + wheel.file + "' than its manifest locks: SHA-256 " + found.substr(0, 16) +
             "... instead of " + wheel.sha256.substr(0, 16) + "...";
  }
  return {};
}

/// "python3.11" -> "3.11"; empty: the name has no version.
std::string versionIn(const std::string& interpreter) {
  const std::size_t digit = interpreter.find_first_of("0123456789");
  const bool isPython = interpreter.rfind("python", 0) == 0 && digit == std::string_view("python").size();
  return isPython ? interpreter.substr(digit) : std::string();
}

}  // namespace

bool isPackageId(std::string_view id) {
  return isPlainName(id) && id.size() <= 100 && id.front() != '-' && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
         });
}

bool isPackageVersion(std::string_view version) {
  return !version.empty() && version.size() <= 50 && version.front() >= '0' && version.front() <= '9' &&
         std::all_of(version.begin(), version.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                  c == '+';
         });
}

Manifest readManifest(const fs::path& folder) { return Reader(folder).run(); }

std::string unmetHost(const Manifest& manifest) {
  if (manifest.host.empty() || io::VersionRange::parse(manifest.host)->takes(WINNOW_VERSION)) return {};
  return "needs winnow " + manifest.host + "; this is " + WINNOW_VERSION;
}

std::string unmetBy(const fs::path& folder) {
  const Manifest manifest = readManifest(folder);
  if (std::string why = unmetHost(manifest); !why.empty()) return why;
  if (!manifest.python.empty()) {
    const std::string interpreter = interpreterOf(folder / manifest.main), version = versionIn(interpreter);
    if (version.empty() || !io::VersionRange::parse(manifest.python)->takes(version))
      return "needs Python " + manifest.python + "; its first line starts " +
             (interpreter.empty() ? "no interpreter" : interpreter);
  }
  return unmetWheels(folder, manifest);
}

}  // namespace winnow::plugins
