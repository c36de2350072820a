// A whole test of one plugin: every check that is for it, each in a process of its own with a time limit.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "plugins/Instance.hpp"

namespace winnow::conform {

enum class Outcome { Pass, Fail, Skip };

/// What one check found about one stage.
struct Finding {
  std::string check, description, stage;  ///< stage empty: the file as a whole
  Outcome outcome = Outcome::Pass;
  std::string reason;
  double seconds = 0;
};

struct Request {
  std::filesystem::path file;
  std::vector<std::filesystem::path> samples;
  std::vector<std::string> settings;            ///< "name=value"
  std::vector<std::string> only;                ///< names of checks; empty: all
  std::vector<std::filesystem::path> partners;  ///< libraries whose importers read exports back
  int seconds = 20;                             ///< limit of a check
  bool isInProcess = false;                     ///< no process of its own and no sandbox: for a debugger
  bool mayBeWeak = false;                       ///< also where the kernel cannot confine the checks
  std::function<void(const std::string& file, std::string_view line)> said;  ///< gets what the plugin prints
};

/// Runs the checks in order; `each` sees every finding as it comes. Throws winnow::UsageError if there is no such file.
std::vector<Finding> test(const Request& request, const std::function<void(const Finding&)>& each);

/// The other side: `winnow --check NAME FILE STAGE ...` in the child. Prints the finding, returns the exit code.
int checkMain(int argc, char** argv);

}  // namespace winnow::conform
