// The list of system calls that a worker may make. The only file that knows libseccomp.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace winnow::plugins::worker {

/// True in a build with a sanitizer: its shadow memory is terabytes of address space, and its run-time library opens
/// files of its own and asks more of the kernel.
#if defined(WINNOW_SANITIZED)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

/// What runs under the list.
enum class Task {
  Library,  ///< a library that is loaded and then reads and writes two pipes: it opens nothing
  Checks,   ///< a library under `winnow plugins test`: opens what Landlock permits
  Program,  ///< a program of its own: opens what Landlock permits, is started once and starts nothing
};

/// Permits this process and its future threads the calls of `task` and no other; those fail with EPERM (or ENOSYS,
/// where callers then try another way). Cannot be undone. Empty if it holds; otherwise why it does not.
///
/// Task::Program: execve() succeeds only in the form of startOnce(), which no code that comes later can repeat.
std::string permitCalls(Task task);

/// After permitCalls(Task::Program): execve() with three secret numbers in registers that the call itself does not use.
/// The list compares them; they die with this program's memory. Returns only on failure, with errno.
void startOnce(const char* file, char* const arguments[], char* const environment[]);

/// After permitCalls(Task::Library): dlopen() of exactly `path` gets the open file `descriptor`; no other open
/// succeeds, and none does in the kernel. False: this machine opens files by itself (permitCalls then leaves opening to
/// Landlock).
bool openInsteadOf(std::string_view path, int descriptor);

}  // namespace winnow::plugins::worker
