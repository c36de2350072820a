// winnow-plugin.yaml: what a package says about itself, read before anything of it runs.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::plugins {

inline constexpr const char* kManifest = "winnow-plugin.yaml";

/// A Python package as PyPI has it: a file of the plugin's package that Python imports from, and what it must be.
struct Wheel {
  std::string file, sha256;
};

/// What stands in it; what is left out is empty.
struct Manifest {
  std::string main;         ///< what is loaded or started: the name of a file in the folder
  std::string id, version;  ///< as an index knows it
  std::string license, vendor, homepage, support, description, keywords;
  std::string host;    ///< versions of winnow that it works with: ">=0.1 <2"
  std::string python;  ///< of the interpreter that its main file names: ">=3.9"
  std::vector<Wheel> wheels;
};

/// A name that folders, files and addresses can bear: "langdetect", "study-design.no".
bool isPackageId(std::string_view id);
/// Begins with a number, holds nothing but letters, digits, '.', '-' and '+'.
bool isPackageVersion(std::string_view version);

/// Reads the manifest of a package: lines "key: value", and below "wheels:" lines "- FILE sha256:HASH". Throws
/// winnow::Error with line and what to do: an unknown key, a value that cannot be, no `main`.
Manifest readManifest(const std::filesystem::path& folder);

/// Why this winnow is not one that the package works with, as the end of a sentence; empty if it is.
std::string unmetHost(const Manifest& manifest);

/// Why this winnow, the interpreter here or a wheel is not what the package asks for, as the end of a sentence about
/// the plugin; empty if all are. Nothing is run. Throws as readManifest().
std::string unmetBy(const std::filesystem::path& folder);

}  // namespace winnow::plugins
