#include "Process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "io/Error.hpp"

extern char** environ;

namespace winnow::plugins::worker {

namespace {

constexpr int kPipeBytes = 1 << 20;  // a batch of 256 records of 2 kB and its answer fit, so neither side waits

[[noreturn]] void fail(const std::string& what, int error) {
  throw Error("cannot " + what + ": " + std::strerror(error));
}

/// Above all numbers that a child is given, so that placing one of them never overwrites another.
constexpr int kAbove = 16;

/// Both ends closed in children.
struct Pipe {
  io::Descriptor read, write;
  explicit Pipe(int size = 0) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) fail("make a pipe", errno);
    const io::Descriptor first(ends[0]), second(ends[1]);
    read.reset(::fcntl(first.get(), F_DUPFD_CLOEXEC, kAbove));
    write.reset(::fcntl(second.get(), F_DUPFD_CLOEXEC, kAbove));
    if (!read || !write) fail("make a pipe", errno);
    if (size != 0) ::fcntl(write.get(), F_SETPIPE_SZ, size);  // smaller is only slower
  }
  void doNotBlock() const { ::fcntl(read.get(), F_SETFL, O_NONBLOCK); }
};

/// What a plugin may know of its surroundings: nothing that differs between machines or people.
std::vector<std::string> fixedEnvironment() {
  std::vector<std::string> list{"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8",      "HOME=/", "PYTHONHASHSEED=0",
                                "PYTHONDONTWRITEBYTECODE=1",         "PYTHONNOUSERSITE=1"};
#if defined(WINNOW_SANITIZED)
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"})
    if (const char* value = std::getenv(name); value != nullptr) list.push_back(std::string(name) + "=" + value);
#endif
  return list;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> list;
  for (std::string& word : words) list.push_back(word.data());
  list.push_back(nullptr);
  return list;
}

/// posix_spawn() with what it needs, cleaned up.
class Spawning {
 public:
  Spawning() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~Spawning() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;

  void close(int its) { posix_spawn_file_actions_addclose(&actions_, its); }
  void give(int ours, int its) { posix_spawn_file_actions_adddup2(&actions_, ours, its); }
  int run(pid_t& id, std::vector<std::string> words, std::vector<std::string> environment, bool keepsEnvironment) {
    posix_spawn_file_actions_addclosefrom_np(&actions_, kLastDescriptor + 1);
    const std::vector<char*> arguments = pointers(words), variables = pointers(environment);
    return ::posix_spawn(&id, "/proc/self/exe", &actions_, &attributes_, arguments.data(),
                         keepsEnvironment ? environ : variables.data());
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

const char* signalWords(int number) {
  switch (number) {
    case SIGSEGV:
      return "segmentation fault";
    case SIGABRT:
      return "abort";
    case SIGKILL:
      return "killed";
    case SIGFPE:
      return "arithmetic fault";
    case SIGILL:
      return "illegal instruction";
    case SIGBUS:
      return "bus error";
    case SIGXCPU:
      return "out of processor time";
    case SIGSYS:
      return "forbidden system call";
    case SIGXFSZ:
      return "file too large";
    case SIGTERM:
      return "terminated";
    default:
      return "see signal(7)";
  }
}

std::string Ending::text() const {
  if (stopped) return "was stopped";
  if (WIFSIGNALED(status))
    return "was killed by signal " + std::to_string(WTERMSIG(status)) + " (" + signalWords(WTERMSIG(status)) + ")";
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) return "exited with " + std::to_string(WEXITSTATUS(status));
  return "exited without an answer";
}

bool Ending::isCrash() const { return !stopped && WIFSIGNALED(status); }
int Ending::exitCode() const { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

Process::Process(const Start& start) {
  Pipe in(kPipeBytes), out(kPipeBytes), errors, status;
  Spawning spawning;
  spawning.give(in.read.get(), 0);
  spawning.give(out.write.get(), 1);
  spawning.give(errors.write.get(), 2);
  io::Descriptor library;
  if (start.library >= 0) {
    library.reset(::fcntl(start.library, F_DUPFD_CLOEXEC, kAbove));
    if (!library) fail("hand a library over", errno);
    spawning.give(library.get(), kLibrary);
  } else {
    spawning.close(kLibrary);
  }
  spawning.give(status.write.get(), kStatus);
  std::vector<std::string> words{"winnow"};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  const int error = spawning.run(id_, std::move(words), fixedEnvironment(), start.keepsEnvironment);
  if (error != 0) {
    ended_ = true;
    fail("start a worker process", error);
  }
  errors.doNotBlock();
  status.doNotBlock();
  toChild_ = std::move(in.write);
  fromChild_ = std::move(out.read);
  errors_ = std::move(errors.read);
  status_ = std::move(status.read);
}

Process::~Process() { stop(); }

void Process::close() noexcept {
  toChild_.reset();
  fromChild_.reset();
}

void Process::ask() noexcept {
  if (!ended_) ::kill(-id_, SIGTERM);
}

Ending Process::stop() noexcept {
  close();
  if (ended_) return ending_;
  int status = 0;
  if (::waitpid(id_, &status, WNOHANG) == 0) {
    ending_.stopped = true;
    ::kill(-id_, SIGKILL);
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
  } else {
    ::kill(-id_, SIGKILL);  // what it may have left behind
  }
  ending_.status = status;
  ended_ = true;
  return ending_;
}

Ending Process::finish(std::chrono::milliseconds patience) noexcept {
  close();
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!ended_ && std::chrono::steady_clock::now() < until) {
    int status = 0;
    if (::waitpid(id_, &status, WNOHANG) == id_) {
      ending_.status = status;
      ended_ = true;
      ::kill(-id_, SIGKILL);
      return ending_;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return stop();
}

void dieWithParent() { ::prctl(PR_SET_PDEATHSIG, SIGKILL); }

}  // namespace winnow::plugins::worker
