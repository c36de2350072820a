// A filter that turns on its host, one way each (FAULT), while it is loaded or at the record whose title holds TRIGGER
// and the path of a file that is nobody's business. Every other record is kept. Where an attack succeeds it answers
// "hostile.succeeded", which no test may ever see; where it is stopped the process ends with kStopped.
#include <winnow/abi.h>

#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <utime.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

enum {
  SEGFAULT = 1,
  ABORT,
  EXIT,
  ENDLESS_LOOP,
  FORK_BOMB,
  MEMORY_HOG,
  READS_OUTSIDE,
  NETWORK,
  GARBAGE_FRAMES,
  WRONG_IDS,
  HUGE_FRAME,
  SLOW_DRIP,
  FLOOD,
  READS_WHILE_LOADING,
  EXECUTES_WHILE_LOADING,
  EXECUTES,
  MEMFD_EXEC,
  SPAWNS,
  KILLS_PARENT,
  SIGQUEUE,
  SETOWN,
  PTRACE,
  SETPRIORITY,
  AFFINITY,
  PRLIMIT,
  OUTLIVES,
  TIOCSTI_,
  CHMOD,
  CHOWN,
  UTIME,
  XATTR,
  STATS_OUTSIDE,
  WRITES_OUTSIDE,
  OPENS_A_LIBRARY,
  SHM,
  ENVIRONMENT,
  INHERITED_FD,
  NAMESPACES,
  KERNEL,
  LIFTS_THE_LIST,
  OTHER_MACHINE,
  PRINTS_ESCAPES,
  LOADS_INSIDE,  // leaves a mark where it is loaded into the program; in a worker it cannot
  PRINTS_IN_THE_PROGRAM,
  TAKES_A_NAME,  // declares the stage of an installed plugin
};

namespace {

constexpr int kStopped = 42;

template <std::size_t N>
constexpr winnow_str text(const char (&s)[N]) {
  return {s, N - 1};
}

constexpr winnow_reason kReasons[] = {{text("hostile.succeeded"), text("the attack succeeded"), WINNOW_DROP, 0}};

char secret[4096];  // the path behind TRIGGER
bool succeededWhileLoading = false;

bool opens(const char* path, int flags) {
  const int file = ::open(path, flags, 0600);
  if (file >= 0) ::close(file);
  return file >= 0;
}

__attribute__((constructor)) void whileLoading() {
  if (const char* mark = std::getenv("WINNOW_TEST_MARK"); FAULT == LOADS_INSIDE && mark != nullptr)
    opens(mark, O_WRONLY | O_CREAT);
  if (FAULT == READS_WHILE_LOADING)
    succeededWhileLoading = opens("/etc/passwd", O_RDONLY) || opens("/proc/self/environ", O_RDONLY) ||
                            opens("/tmp/winnow-hostile", O_WRONLY | O_CREAT);
  if (FAULT == EXECUTES_WHILE_LOADING) {
    char* const words[] = {const_cast<char*>("true"), nullptr};
    ::execve("/bin/true", words, environ);
    succeededWhileLoading = ::fork() >= 0 || ::socket(AF_INET, SOCK_STREAM, 0) >= 0;
  }
}

struct Instance {
  const winnow_host* host;
  std::uint32_t title;
};

void* WINNOW_CALL create(const winnow_host* host, const winnow_setting*, std::size_t) {
  return new Instance{host, host->tag(host, text("title"))};
}
void WINNOW_CALL destroy(void* self) { delete static_cast<Instance*>(self); }

bool isTrigger(const Instance& self, const winnow_record& record) {
  for (std::size_t i = 0; i < record.field_count; ++i) {
    const winnow_str value = record.fields[i].value;
    if (record.fields[i].tag != self.title || value.size < 8 || std::memcmp(value.data, "TRIGGER ", 8) != 0) continue;
    const std::size_t size = value.size - 8 < sizeof secret - 1 ? value.size - 8 : sizeof secret - 1;
    std::memcpy(secret, value.data + 8, size);
    if (char* end = std::strchr(secret, ','); end != nullptr) *end = 0;
    return true;
  }
  return false;
}

/// Writes into every pipe that this process has: one of them leads to the host.
void intoPipes(const void* bytes, std::size_t size) {
  for (int fd = 3; fd < 64; ++fd) {
    struct stat about {};
    if (::fstat(fd, &about) == 0 && S_ISFIFO(about.st_mode) && ::write(fd, bytes, size) < 0) continue;
  }
}

[[noreturn]] void sleepForEver() {
  for (;;) ::pause();
}

/// A system call that must not work, whatever it is asked.
bool works(long result) { return result >= 0; }

bool isInterior(int descriptor) {
  char line[18] = {};
  return ::pread(descriptor, line, 17, 0) == 17 && std::strcmp(line, "nobody's business") == 0;
}

bool takesTheMachine() {
  alignas(8) char zeros[256] = {};
  return works(::syscall(SYS_bpf, 0, zeros, sizeof zeros)) ||
         works(::syscall(SYS_perf_event_open, zeros, 0, -1, -1, 0)) ||
         works(::syscall(SYS_add_key, "user", "winnow", "x", 1, KEY_SPEC_PROCESS_KEYRING)) ||
         works(::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_PROCESS_KEYRING, 1)) ||
         works(::syscall(SYS_userfaultfd, 0)) || works(::syscall(425 /* io_uring_setup */, 4, zeros)) ||
         works(::syscall(SYS_personality, 0xFFFFFFFF)) || works(::syscall(SYS_acct, nullptr)) ||
         works(::syscall(SYS_clock_settime, 0, zeros)) || works(::syscall(SYS_syslog, 3, zeros, sizeof zeros)) ||
         works(::syscall(SYS_inotify_init1, 0)) || works(::syscall(SYS_fanotify_init, 0, 0));
}

/// A filter of its own could answer "done" to calls of ours that were never made.
bool liftsTheList() {
  return ::prctl(PR_SET_SECCOMP, 2, nullptr, 0, 0) == 0 || errno == EFAULT ||
         works(::syscall(SYS_seccomp, 2, 0, nullptr)) || errno == EFAULT || works(::syscall(444, nullptr, 0, 1)) ||
         ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0 || ::prctl(PR_SET_PTRACER, -1, 0, 0, 0) == 0;
}

bool typesIntoTheTerminal() {
  for (int fd = 0; fd < 64; ++fd) {
    char line[] = "echo winnow-was-here\n";
    if (::isatty(fd) == 1) return true;
    for (char* c = line; *c != 0; ++c)
      if (::ioctl(fd, TIOCSTI, c) == 0) return true;
    char two = 2;
    if (::ioctl(fd, TIOCLINUX, &two) == 0 || ::ioctl(fd, TIOCSCTTY, 1) == 0) return true;
  }
  return opens("/dev/tty", O_RDWR) || opens("/dev/pts/ptmx", O_RDWR);
}

bool signalsByDescriptor() {
  const int parent = ::getppid();
  for (int fd = 0; fd < 64; ++fd) {
    if (::fcntl(fd, F_SETOWN, parent) == 0 || ::fcntl(fd, F_SETSIG, SIGKILL) == 0) return true;
    if (::fcntl(fd, F_SETLEASE, F_WRLCK) == 0 || ::fcntl(fd, F_NOTIFY, DN_MULTISHOT) == 0) return true;
  }
  return false;
}

bool queuesSignals() {
  siginfo_t info{};
  info.si_code = SI_QUEUE;
  const int parent = ::getppid();
  return works(::syscall(SYS_rt_sigqueueinfo, parent, SIGKILL, &info)) ||
         works(::syscall(SYS_rt_tgsigqueueinfo, parent, parent, SIGKILL, &info)) ||
         works(::syscall(434 /* pidfd_open */, parent, 0)) || works(::syscall(SYS_tkill, parent, SIGKILL)) ||
         works(::syscall(SYS_tgkill, parent, parent, SIGKILL));
}

bool changesMetadata() {
  switch (FAULT) {
    case CHMOD:
      return ::chmod(secret, 0777) == 0 || ::fchmodat(AT_FDCWD, secret, 0777, 0) == 0 ||
             works(::syscall(452 /* fchmodat2 */, AT_FDCWD, secret, 0777, 0));
    case CHOWN:
      return ::chown(secret, 1, 1) == 0 || ::lchown(secret, 1, 1) == 0 || ::fchownat(AT_FDCWD, secret, 1, 1, 0) == 0;
    case UTIME: {
      const timeval times[2] = {};
      const timespec more[2] = {};
      return ::utime(secret, nullptr) == 0 || ::utimes(secret, times) == 0 ||
             ::utimensat(AT_FDCWD, secret, more, 0) == 0;
    }
    default:
      return ::setxattr(secret, "user.winnow", "x", 1, 0) == 0 || ::lsetxattr(secret, "user.winnow", "x", 1, 0) == 0 ||
             ::removexattr(secret, "user.there") == 0 || ::listxattr(secret, nullptr, 0) >= 0;
  }
}

bool writesOutside() {
  char beside[sizeof secret + 8];
  std::snprintf(beside, sizeof beside, "%s.new", secret);
  return opens(secret, O_WRONLY) || opens(secret, O_WRONLY | O_TRUNC) || opens(beside, O_WRONLY | O_CREAT) ||
         ::mkdir(beside, 0700) == 0 || ::rename(secret, beside) == 0 || ::link(secret, beside) == 0 ||
         ::symlink(secret, beside) == 0 || ::truncate(secret, 0) == 0 || ::unlink(secret) == 0 ||
         ::mkfifo(beside, 0600) == 0;
}

bool looksOutside() {
  struct stat about {};
  char path[16];
  return ::stat(secret, &about) == 0 || ::lstat(secret, &about) == 0 || ::access(secret, F_OK) == 0 ||
         ::readlink("/proc/self/exe", path, sizeof path) >= 0 || ::getcwd(path, sizeof path) != nullptr ||
         ::syscall(SYS_statx, AT_FDCWD, secret, 0, 0x7ff, &about) == 0;
}

bool seesTheEnvironment() {
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
    if (std::strstr(*variable, "WINNOW_TEST_SECRET") != nullptr) return true;
  return std::getenv("WINNOW_TEST_SECRET") != nullptr || opens("/proc/self/environ", O_RDONLY);
}

bool leavesItsPlace() {
  return ::unshare(CLONE_NEWUSER) == 0 || ::unshare(CLONE_NEWNS) == 0 || ::chroot("/tmp") == 0 ||
         ::mount("none", "/tmp", "tmpfs", 0, nullptr) == 0 || ::umount2("/tmp", 0) == 0 || ::setuid(0) == 0 ||
         ::setgid(0) == 0 || ::chdir("/tmp") == 0 || works(::syscall(SYS_setns, 0, 0)) ||
         works(::syscall(SYS_pivot_root, "/tmp", "/tmp")) || works(::syscall(SYS_capset, nullptr, nullptr));
}

bool sharesMemory() {
  return ::shmget(IPC_PRIVATE, 4096, 0600) >= 0 || ::semget(IPC_PRIVATE, 1, 0600) >= 0 ||
         ::msgget(IPC_PRIVATE, 0600) >= 0 || opens("/dev/shm/winnow", O_RDWR | O_CREAT) ||
         works(::syscall(SYS_mq_open, "/winnow", O_RDWR | O_CREAT, 0600, nullptr));
}

bool startsAnything() {
  char* const words[] = {const_cast<char*>("true"), nullptr};
  ::execve("/bin/true", words, environ);
  ::execve("/proc/self/exe", words, environ);
  ::syscall(SYS_execveat, AT_FDCWD, "/bin/true", words, environ, 0);
  return false;
}

bool spawns() {
#if defined(__x86_64__)
  if (works(::syscall(SYS_vfork))) return true;
#endif
  alignas(8) std::uint64_t arguments[11] = {0, 0, 0, 0, SIGCHLD};
  return ::fork() >= 0 || works(::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)) ||
         works(::syscall(435 /* clone3 */, arguments, sizeof arguments));
}

bool touchesTheParent() {
  const int parent = ::getppid();
  char byte = 0;
  iovec own{&byte, 1}, other{secret, 1};
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(0, &set);
  const sched_param param{};
  const rlimit limit{0, 0};
  switch (FAULT) {
    case PTRACE:
      return ::ptrace(PTRACE_ATTACH, parent, nullptr, nullptr) == 0 ||
             ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ||
             ::process_vm_readv(parent, &own, 1, &other, 1, 0) >= 0 ||
             ::process_vm_writev(parent, &own, 1, &other, 1, 0) >= 0;
    case SETPRIORITY:
      return ::setpriority(PRIO_PROCESS, static_cast<id_t>(parent), 19) == 0 ||
             ::setpriority(PRIO_PROCESS, 0, 19) == 0 || works(::syscall(SYS_ioprio_set, 1, parent, 0x6000));
    case AFFINITY:
      return ::sched_setaffinity(parent, sizeof set, &set) == 0 ||
             ::sched_setscheduler(parent, SCHED_BATCH, &param) == 0;
    case PRLIMIT:
      return ::prlimit(parent, RLIMIT_FSIZE, &limit, nullptr) == 0 || ::setrlimit(RLIMIT_CPU, &limit) == 0 ||
             ::prlimit(parent, RLIMIT_FSIZE, nullptr, nullptr) == 0;
    default:
      return ::prctl(PR_SET_PDEATHSIG, 0) == 0 || ::setsid() > 0 || ::setpgid(0, parent) == 0;
  }
}

bool reachesTheNetwork() {
  int pair[2];
  return ::socket(AF_INET, SOCK_STREAM, 0) >= 0 || ::socket(AF_INET6, SOCK_DGRAM, 0) >= 0 ||
         ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || ::socket(AF_NETLINK, SOCK_RAW, 0) >= 0 ||
         ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}

bool holdsWhatWasOpen() {
  for (int fd = 3; fd < 1024; ++fd)
    if (isInterior(fd)) return true;
  return false;
}

bool callsAsAnotherMachine() {
#if defined(__x86_64__)
  long result = 0;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(20 /* getpid of i386 */) : "memory");
  return result > 0 || works(::syscall(0x40000000 + SYS_getpid));
#else
  ::raise(SIGSYS);
  return false;
#endif
}

/// True if it did what it must not be able to do.
bool attack(const winnow_out* out) {
  switch (FAULT) {
    case SEGFAULT: {
      volatile int* volatile nowhere = nullptr;
      *nowhere = 1;
      return true;
    }
    case ABORT:
      std::abort();
    case EXIT:
      ::_exit(7);
    case ENDLESS_LOOP:
      for (volatile std::uint64_t i = 0;;) {
        const std::uint64_t next = i + 1;
        i = next;
      }
    case FORK_BOMB:
      for (int i = 0; i < 20; ++i)
        if (::fork() >= 0) return true;
      sleepForEver();
    case MEMORY_HOG: {
      std::size_t held = 0;
      for (;;) {
        constexpr std::size_t kBlock = 32u << 20;
        auto* const block =
            static_cast<volatile char*>(std::malloc(kBlock));  // volatile: or an optimizer leaves it out
        if (block == nullptr) std::abort();
        for (std::size_t i = 0; i < kBlock; i += 4096) block[i] = 1;
        if ((held += kBlock) > (std::size_t{1} << 30)) return true;
      }
    }
    case READS_OUTSIDE:
      return opens(secret, O_RDONLY) || opens("/etc/passwd", O_RDONLY) || opens("/proc/self/maps", O_RDONLY) ||
             opens("/", O_RDONLY | O_DIRECTORY);
    case NETWORK:
      return reachesTheNetwork();
    case GARBAGE_FRAMES: {
      intoPipes("This is no frame of any protocol, and nobody should take it for one.", 68);
      sleepForEver();
    }
    case HUGE_FRAME: {
      const unsigned char header[8] = {0xFF, 0xFF, 0xFF, 0xFF, 70, 'W', 'N', 1};
      intoPipes(header, sizeof header);
      sleepForEver();
    }
    case SLOW_DRIP: {
      const unsigned char header[8] = {200, 0, 0, 0, 70, 'W', 'N', 1};
      intoPipes(header, sizeof header);
      for (;;) {
        intoPipes("x", 1);
        ::usleep(200000);
      }
    }
    case FLOOD: {
      winnow_verdict v{};
      for (;;) out->verdicts(out, &v, 1);
    }
    case READS_WHILE_LOADING:
    case EXECUTES_WHILE_LOADING:
      return succeededWhileLoading;
    case EXECUTES:
      return startsAnything();
    case MEMFD_EXEC:
      return works(::syscall(SYS_memfd_create, "x", 0)) || startsAnything();
    case SPAWNS:
      return spawns();
    case KILLS_PARENT:
      return ::kill(::getppid(), SIGKILL) == 0 || ::kill(-1, SIGKILL) == 0 || ::kill(0, SIGKILL) == 0;
    case SIGQUEUE:
      return queuesSignals();
    case SETOWN:
      return signalsByDescriptor();
    case PTRACE:
    case SETPRIORITY:
    case AFFINITY:
    case PRLIMIT:
    case OUTLIVES:
      return touchesTheParent();
    case TIOCSTI_:
      return typesIntoTheTerminal();
    case CHMOD:
    case CHOWN:
    case UTIME:
    case XATTR:
      return changesMetadata();
    case STATS_OUTSIDE:
      return looksOutside();
    case WRITES_OUTSIDE:
      return writesOutside();
    case OPENS_A_LIBRARY:
      return ::dlopen("libnss_files.so.2", RTLD_NOW) != nullptr || ::dlopen("libresolv.so.2", RTLD_NOW) != nullptr;
    case SHM:
      return sharesMemory();
    case ENVIRONMENT:
      return seesTheEnvironment();
    case INHERITED_FD:
      return holdsWhatWasOpen();
    case NAMESPACES:
      return leavesItsPlace();
    case KERNEL:
      return takesTheMachine();
    case LIFTS_THE_LIST:
      return liftsTheList();
    case OTHER_MACHINE:
      return callsAsAnotherMachine();
    case PRINTS_ESCAPES:
      std::fputs("\033]0;winnow-was-here\007\033[2Jfrom the plugin\n", stderr);
      std::fputs("\033[31mon standard output\n", stdout);
      std::fflush(stdout);
      return false;
    default:
      return false;
  }
}

winnow_status WINNOW_CALL process(void* self, const winnow_batch* batch, const winnow_out* out) {
  for (std::size_t i = 0; i < batch->count; ++i) {
    const bool turns = isTrigger(*static_cast<Instance*>(self), batch->records[i]);
    if (turns && FAULT == PRINTS_IN_THE_PROGRAM) {
      std::puts("printed on standard output");
      std::fflush(stdout);
    }
    const bool succeeded = turns && attack(out);
    if (turns && !succeeded && FAULT != WRONG_IDS && FAULT != PRINTS_IN_THE_PROGRAM) ::_exit(kStopped);
    winnow_verdict v{};
    v.record = turns && FAULT == WRONG_IDS ? 1u << 30 : batch->records[i].id;
    v.action = succeeded ? WINNOW_DROP : WINNOW_KEEP;
    v.reason = succeeded ? 0 : WINNOW_NONE;
    out->verdicts(out, &v, 1);
  }
  return WINNOW_OK;
}

constexpr winnow_filter kMethods{sizeof(winnow_filter), 0, process};
constexpr winnow_stage kStage{sizeof(winnow_stage),
                              WINNOW_FILTER,
                              WINNOW_DETERMINISTIC,
                              0,
                              FAULT == TAKES_A_NAME ? text("filters.language") : text("filters.hostile"),
                              text("1.0.0"),
                              text("Turns on its host."),
                              nullptr,
                              0,
                              kReasons,
                              1,
                              &kMethods,
                              create,
                              destroy,
                              nullptr,
                              nullptr,
                              0,
                              nullptr,
                              0};
const winnow_stage* WINNOW_CALL stage(std::size_t index) { return index == 0 ? &kStage : nullptr; }

}  // namespace

extern "C" {
extern WINNOW_EXPORT const winnow_plugin winnow_plugin_v1{sizeof(winnow_plugin),
                                                          1,
                                                          0,
                                                          0,
                                                          text("winnow tests"),
                                                          text("hostile"),
                                                          text("1.0.0"),
                                                          text("Apache-2.0"),
                                                          stage,
                                                          nullptr,
                                                          {},
                                                          {},
                                                          {},
                                                          {}};
}
