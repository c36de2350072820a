// An author's own tests: tests/NAME/input.* and what each stage must make of it, as text that people can read and
// write.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "CommandLine.hpp"
#include "conform/Suite.hpp"

namespace winnow::cli {

/// The name of their findings, as if they were one check.
inline constexpr const char* kOwnTests = "output";

/// Whether the files of what must come out are compared, or written anew.
enum class Expected { Compare, Update };

/// Runs the tests in `folder`/tests of the plugin `file`: each stage that has a file tests/NAME/STAGE.expected there is
/// given the input, in a worker process as in a review. With Update every stage of the plugin gets such a file. Gives
/// the findings, none if there is no such folder, `each` as it comes. Throws UsageError for a test without its input.
std::vector<conform::Finding> testOutputs(Context& context, const std::filesystem::path& folder,
                                          const std::filesystem::path& file, Expected how,
                                          const std::function<void(const conform::Finding&)>& each);

}  // namespace winnow::cli
