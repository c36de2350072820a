// A child of this program: started with two pipes, in a process group of its own, and never outliving its object.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace winnow::plugins::worker {

/// How a child ended.
struct Ending {
  int status = 0;        ///< as from waitpid()
  bool stopped = false;  ///< we stopped it
  /// "was killed by signal 11 (segmentation fault)", "exited with 3", "ended".
  std::string text() const;
  bool isCrash() const;
  int exitCode() const;  ///< -1: a signal
};

/// One child process. One thread. Whatever it started is killed with it.
class Process {
 public:
  /// Starts the running program again with `arguments` (without the program's name). Throws winnow::Error.
  explicit Process(const std::vector<std::string>& arguments);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  int toChild() const noexcept { return toChild_; }
  int fromChild() const noexcept { return fromChild_; }
  pid_t id() const noexcept { return id_; }
  /// Asks it to stop (SIGTERM): a worker tells its plugin that the run was cancelled.
  void ask() noexcept;
  /// Kills the whole group and waits. Safe to call again.
  Ending stop() noexcept;
  /// Closes our ends and waits at most `patience` before it is stopped.
  Ending finish(std::chrono::milliseconds patience) noexcept;

 private:
  void close() noexcept;
  pid_t id_ = -1;
  int toChild_ = -1, fromChild_ = -1;
  bool ended_ = false;
  Ending ending_;
};

/// For the child, first thing: die with the parent.
void dieWithParent();

}  // namespace winnow::plugins::worker
