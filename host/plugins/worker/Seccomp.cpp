#include "Seccomp.hpp"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <initializer_list>

namespace winnow::plugins::worker {

namespace {

#if defined(__x86_64__) || defined(__aarch64__)
constexpr bool kAnswersOpening = !kSanitized;
#else
constexpr bool kAnswersOpening = false;  // the registers of this machine are not known here
#endif

// ---- the lists

/// What computing, memory, threads, time and the pipes take. None of them names a file or another process.
constexpr const char* kEverywhere[] = {
    "read", "readv", "write", "writev", "pread64", "preadv", "lseek", "_llseek", "close", "fstat", "fstat64", "dup",
    "dup2", "dup3", "pipe2", "eventfd2", "poll", "ppoll", "ppoll_time64", "select", "_newselect", "pselect6",
    "pselect6_time64", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2",
    // memory
    "mmap", "mmap2", "munmap", "mremap", "mprotect", "madvise", "brk", "mincore", "membarrier",
    // threads of its own
    "futex", "futex_time64", "futex_waitv", "set_robust_list", "rseq", "sched_yield", "sched_getaffinity", "getcpu",
    "set_tid_address", "exit", "exit_group",
    // signals of its own
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "rt_sigpending", "rt_sigtimedwait", "sigaltstack",
    "restart_syscall", "pause",
    // time
    "clock_gettime", "clock_gettime64", "clock_getres", "clock_getres_time64", "clock_nanosleep",
    "clock_nanosleep_time64", "nanosleep", "gettimeofday", "time", "times", "getrusage",
    // what it is and what it may take
    "getpid", "gettid", "getppid", "getuid", "getuid32", "geteuid", "geteuid32", "getgid", "getgid32", "getegid",
    "getegid32", "getresuid", "getresgid", "uname", "sysinfo", "getrlimit", "ugetrlimit", "getrandom"};

/// Opening and looking: Landlock says where.
constexpr const char* kOpening[] = {"open",     "openat",     "access",   "faccessat",  "faccessat2", "stat",
                                    "stat64",   "lstat",      "lstat64",  "statx",      "newfstatat", "fstatat64",
                                    "readlink", "readlinkat", "getdents", "getdents64", "getcwd",     "fadvise64",
                                    "statfs",   "fstatfs",    "fcntl64"};

/// What the start of a program takes besides.
constexpr const char* kStarting[] = {"arch_prctl", "set_thread_area", "getgroups", "getgroups32", "chdir"};

/// What the check "deterministic" takes besides: it asks again in another folder.
constexpr const char* kChecking[] = {"chdir"};

/// What the run-time library of a sanitizer takes besides.
constexpr const char* kSanitizing[] = {"personality",        "prctl",   "ioctl",  "sched_getparam",
                                       "sched_getscheduler", "getpgrp", "sysctl", "tkill"};

/// Callers try an older call when they hear that the kernel does not know these.
constexpr const char* kUnknown[] = {"clone3", "openat2", "close_range"};

// ---- libseccomp

std::array<std::uint64_t, 3> secret{};  // of startOnce()

/// A condition on an argument of a call. The library's own macros for it (SCMP_A0 ...) are C.
scmp_arg_cmp argument(unsigned index, scmp_compare how, scmp_datum_t first, scmp_datum_t second = 0) {
  return {index, how, first, second};
}

class List {
 public:
  List() : context_(seccomp_init(SCMP_ACT_ERRNO(EPERM))) {
    if (context_ == nullptr) fault_ = "cannot be set up";
  }
  ~List() {
    if (context_ != nullptr) seccomp_release(context_);
  }
  List(const List&) = delete;
  List& operator=(const List&) = delete;

  void set(scmp_filter_attr attribute, std::uint32_t value) {
    check(context_ == nullptr ? 0 : seccomp_attr_set(context_, attribute, value), "an attribute");
  }
  /// A call that this machine does not have is none to permit.
  void add(std::uint32_t action, const char* name, std::initializer_list<scmp_arg_cmp> conditions = {}) {
    const int call = seccomp_syscall_resolve_name(name);
    if (call < 0 || context_ == nullptr) return;
    check(seccomp_rule_add_array(context_, action, call, static_cast<unsigned>(conditions.size()), conditions.begin()),
          name);
  }
  template <std::size_t Size>
  void permit(const char* const (&names)[Size]) {
    for (const char* name : names) add(SCMP_ACT_ALLOW, name);
  }
  std::string install() {
    if (fault_.empty()) check(seccomp_load(context_), "the list");
    return fault_;
  }

 private:
  void check(int result, const char* what) {
    if (result < 0 && fault_.empty())
      fault_ = std::string(what) + " cannot be put into force: " + std::strerror(-result);
  }
  scmp_filter_ctx context_;
  std::string fault_;
};

void permitThreads(List& list) {
  list.add(SCMP_ACT_ALLOW, "clone", {argument(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)});
  for (const int name : {PR_SET_NAME, PR_GET_NAME, 0x53564d41 /* PR_SET_VMA: glibc names its memory */})
    list.add(SCMP_ACT_ALLOW, "prctl", {argument(0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(name))});
}

/// Signals go to the process itself alone, limits are read alone.
void permitItself(List& list) {
  const auto own = static_cast<scmp_datum_t>(::getpid());
  list.add(SCMP_ACT_ALLOW, "kill", {argument(0, SCMP_CMP_EQ, own)});
  list.add(SCMP_ACT_ALLOW, "tgkill", {argument(0, SCMP_CMP_EQ, own)});
  list.add(SCMP_ACT_ALLOW, "prlimit64", {argument(0, SCMP_CMP_EQ, 0), argument(2, SCMP_CMP_EQ, 0)});
}

/// fcntl() can also send signals (F_SETOWN, F_SETSIG, leases), ioctl() type into a terminal (TIOCSTI): few of each.
void permitDescriptors(List& list) {
  for (const int command : {F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD, F_DUPFD_CLOEXEC})
    list.add(SCMP_ACT_ALLOW, "fcntl", {argument(1, SCMP_CMP_EQ, static_cast<scmp_datum_t>(command))});
  for (const unsigned long request : {static_cast<unsigned long>(FIOCLEX), static_cast<unsigned long>(FIONCLEX)})
    list.add(SCMP_ACT_ALLOW, "ioctl", {argument(1, SCMP_CMP_EQ, request)});
  list.add(SCMP_ACT_ERRNO(ENOTTY), "ioctl", {argument(1, SCMP_CMP_EQ, TCGETS)});  // isatty()
}

bool permitStart(List& list) {
  if (::getrandom(secret.data(), sizeof secret, 0) != sizeof secret) return false;
  list.permit(kStarting);
  list.add(
      SCMP_ACT_ALLOW, "execve",
      {argument(3, SCMP_CMP_EQ, secret[0]), argument(4, SCMP_CMP_EQ, secret[1]), argument(5, SCMP_CMP_EQ, secret[2])});
  return true;
}

// ---- opening, answered here instead of by the kernel

std::string_view answeredPath;
int answeredDescriptor = -1;

long answerOpening(const char* path) {
  if (path == nullptr || answeredPath != path) return -EACCES;
  ::lseek(answeredDescriptor, 0, SEEK_SET);
  const int copy = ::fcntl(answeredDescriptor, F_DUPFD_CLOEXEC, 0);
  return copy < 0 ? -errno : copy;
}

/// fstat() is this call in newer C libraries; with the path "" it looks at an open file.
long answerLooking(int descriptor, const char* path, void* into) {
  if (path == nullptr || *path != '\0') return -EACCES;
  return ::syscall(SYS_fstat, descriptor, into) == 0 ? 0 : -errno;
}

#if defined(__x86_64__) || defined(__aarch64__)
extern "C" void answerCall(int, siginfo_t* info, void* context) {
  const int before = errno;
  auto& machine = static_cast<ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  const auto argument = [&](int i) {
    constexpr int kRegisters[] = {REG_RDI, REG_RSI, REG_RDX};
    return machine.gregs[kRegisters[i]];
  };
  auto& result = machine.gregs[REG_RAX];
#else
  const auto argument = [&](int i) { return static_cast<long>(machine.regs[i]); };
  auto& result = machine.regs[0];
#endif
  using Result = std::remove_reference_t<decltype(result)>;
  if (info->si_syscall == SYS_openat)
    result = static_cast<Result>(answerOpening(reinterpret_cast<const char*>(argument(1))));
  else
    result =
        static_cast<Result>(answerLooking(static_cast<int>(argument(0)), reinterpret_cast<const char*>(argument(1)),
                                          reinterpret_cast<void*>(argument(2))));
  errno = before;
}
#endif

}  // namespace

std::string permitCalls(Task task) {
  List list;
  list.set(SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);  // the numbers of another machine would slip through
  list.set(SCMP_FLTATR_CTL_TSYNC, 1);
  list.set(SCMP_FLTATR_CTL_OPTIMIZE, 2);
  list.permit(kEverywhere);
  permitThreads(list);
  permitItself(list);
  permitDescriptors(list);
  for (const char* name : kUnknown) list.add(SCMP_ACT_ERRNO(ENOSYS), name);
  if (kSanitized) list.permit(kSanitizing);
  if (task != Task::Library || !kAnswersOpening) list.permit(kOpening);
  if (task == Task::Library && kAnswersOpening)
    for (const char* name : {"openat", "newfstatat"}) list.add(SCMP_ACT_TRAP, name);
  if (task == Task::Checks) list.permit(kChecking);
  if (task == Task::Program && !permitStart(list)) return "there are no random numbers";
  return list.install();
}

void startOnce(const char* file, char* const arguments[], char* const environment[]) {
  ::syscall(SYS_execve, file, arguments, environment, secret[0], secret[1], secret[2]);
}

bool openInsteadOf(std::string_view path, int descriptor) {
  if (!kAnswersOpening) return false;
#if defined(__x86_64__) || defined(__aarch64__)
  answeredPath = path;
  answeredDescriptor = descriptor;
  struct sigaction action {};
  action.sa_sigaction = answerCall;
  action.sa_flags = SA_SIGINFO;
  return ::sigaction(SIGSYS, &action, nullptr) == 0;
#else
  return false;
#endif
}

}  // namespace winnow::plugins::worker
