// A child of this program: started with pipes and nothing else of ours, in a session of its own, and never outliving
// its object.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "io/Descriptor.hpp"

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

/// "segmentation fault"; "see signal(7)" for one that no program means.
const char* signalWords(int number);

/// What a child is given besides its pipes.
struct Start {
  std::vector<std::string> arguments;  ///< without the program's name
  int library = -1;                    ///< an open file, as kLibrary of the child; -1: none
  bool keepsEnvironment = false;       ///< ours; otherwise few fixed variables
};

/// Descriptors of a child, whatever ours are: 0 to 2 are its pipes.
inline constexpr int kLibrary = 3, kStatus = 4, kLastDescriptor = kStatus;

/// One child process. One thread. Whatever it started is killed with it. It has no terminal: its standard error is a
/// pipe to us, read with errors().
class Process {
 public:
  /// Starts the running program again. Throws winnow::Error.
  explicit Process(const Start& start);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  int toChild() const noexcept { return toChild_.get(); }
  int fromChild() const noexcept { return fromChild_.get(); }
  /// What it writes to its standard error. Does not block.
  int errors() const noexcept { return errors_.get(); }
  /// What it writes to kStatus. Does not block.
  int status() const noexcept { return status_.get(); }
  pid_t id() const noexcept { return id_; }
  /// Asks it to stop (SIGTERM): a worker tells its plugin that the run was cancelled.
  void ask() noexcept;
  /// Kills the whole session and waits. Safe to call again.
  Ending stop() noexcept;
  /// Closes our ends and waits at most `patience` before it is stopped.
  Ending finish(std::chrono::milliseconds patience) noexcept;

 private:
  void close() noexcept;
  pid_t id_ = -1;
  io::Descriptor toChild_, fromChild_, errors_, status_;
  bool ended_ = false;
  Ending ending_;
};

/// For the child, first thing: die with the parent.
void dieWithParent();

}  // namespace winnow::plugins::worker
