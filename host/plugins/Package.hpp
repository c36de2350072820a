// A plugin is a package: a folder with winnow-plugin.yaml, or one file. What belongs to it is hashed as a whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "Manifest.hpp"

namespace winnow::plugins {

/// True for a folder that holds a manifest.
bool isPackage(const std::filesystem::path& folder);

/// The file that the manifest of a package names as `main`: what is loaded or started. Throws winnow::Error with line
/// and what to do: the manifest cannot be read, has an unknown key or no `main`, or the file is not there.
std::filesystem::path mainOf(const std::filesystem::path& folder);

/// The package that a file is the main file of; empty: it is a plugin of one file.
std::filesystem::path packageOf(const std::filesystem::path& file);

/// Every file of a package but the main one, by name below the folder, sorted: what lies in it, hidden files and
/// folders,
/// __pycache__ and, beside a library, what CMake and Cargo built left out. Throws winnow::Error for a link, which would
/// leave the package.
std::vector<std::string> filesOfPackage(const std::filesystem::path& folder, const std::filesystem::path& main);

/// The plugin files of an author's folder that is no package: its own, those that CMake makes in build/, and those that
/// Cargo makes in target/release/.
std::vector<std::filesystem::path> pluginFilesIn(const std::filesystem::path& folder);

/// What a program of one file may import from its folder, by name below it, sorted: all but other plugins, packages,
/// hidden files and __pycache__.
std::vector<std::string> filesBeside(const std::filesystem::path& program);

/// The interpreter that a program's first line names, links followed, without its folder, so that two machines agree:
/// "python3.11". One whose name has no version is known by its size as well. Nothing is run. Empty for a program that
/// runs by itself.
std::string interpreterOf(const std::filesystem::path& program);

}  // namespace winnow::plugins
