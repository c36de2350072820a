// What `winnow --version` says.
#pragma once

#include <string>

namespace winnow::cli {

/// "winnow 0.2.0"
std::string versionText();

/// The same for programs and fault reports, as a JSON object: version, ABI, what it was built with and from, the
/// libraries with their versions, and what the machine that it runs on has of what confines plugins.
std::string versionJson();

}  // namespace winnow::cli
