#include "Process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
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

std::string signalWords(int number) {
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

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) fail("make a pipe", errno);
    read = ends[0];
    write = ends[1];
    ::fcntl(write, F_SETPIPE_SZ, kPipeBytes);  // smaller is only slower
  }
};

}  // namespace

std::string Ending::text() const {
  if (stopped) return "was stopped";
  if (WIFSIGNALED(status))
    return "was killed by signal " + std::to_string(WTERMSIG(status)) + " (" + signalWords(WTERMSIG(status)) + ")";
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) return "exited with " + std::to_string(WEXITSTATUS(status));
  return "exited without an answer";
}

bool Ending::isCrash() const { return !stopped && WIFSIGNALED(status); }
int Ending::exitCode() const { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

Process::Process(const std::vector<std::string>& arguments) {
  Pipe in, out;
  std::vector<std::string> words{"winnow"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read, 0);
  posix_spawn_file_actions_adddup2(&actions, out.write, 1);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setpgroup(&attributes, 0);
  sigset_t defaults;
  sigfillset(&defaults);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  const int error = ::posix_spawn(&id_, "/proc/self/exe", &actions, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  ::close(in.read);
  ::close(out.write);
  toChild_ = in.write;
  fromChild_ = out.read;
  if (error == 0) return;
  close();
  fail("start a worker process", error);
}

Process::~Process() { stop(); }

void Process::close() noexcept {
  if (toChild_ >= 0) ::close(toChild_);
  if (fromChild_ >= 0) ::close(fromChild_);
  toChild_ = fromChild_ = -1;
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
