#include "Sandbox.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace winnow::plugins::worker {

namespace {

#if defined(WINNOW_SANITIZED)
constexpr bool kSanitized = true;  // its shadow memory is terabytes of address space
#else
constexpr bool kSanitized = false;
#endif

#if defined(__x86_64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kMachine = 0;  // no filter: the numbers of the calls are not known here
#endif

void limit(decltype(RLIMIT_CORE) what, std::uint64_t value) {
  rlimit now{};
  ::getrlimit(what, &now);
  const rlim_t wanted = now.rlim_max == RLIM_INFINITY ? value : std::min<rlim_t>(value, now.rlim_max);
  const rlimit set{wanted, wanted};
  ::setrlimit(what, &set);
}

// ---- seccomp: a list of calls that fail

class Filter {
 public:
  Filter() {
    load(offsetof(seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 1, 0);
    answer(SECCOMP_RET_KILL_PROCESS);  // another machine's calls would slip through the list
    load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
    add(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1);  // the x32 calls
    answer(fails(EPERM));
#endif
  }
  void deny(std::initializer_list<long> calls, int error) {
    for (const long call : calls) {
      add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
      answer(fails(error));
    }
  }
  /// `call` passes only if its first argument has (mask set) or is (mask 0) `value`.
  void denyUnless(long call, std::uint32_t value, bool isMask) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 4);
    load(offsetof(seccomp_data, args));
    add(static_cast<std::uint16_t>(BPF_JMP | (isMask ? BPF_JSET : BPF_JEQ) | BPF_K), value, 1, 0);
    answer(fails(EPERM));
    answer(SECCOMP_RET_ALLOW);
  }
  bool install() {
    answer(SECCOMP_RET_ALLOW);
    const sock_fprog program{static_cast<std::uint16_t>(code_.size()), code_.data()};
    return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
  }

 private:
  static std::uint32_t fails(int error) { return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error); }
  void add(std::uint16_t code, std::uint32_t k, std::uint8_t yes = 0, std::uint8_t no = 0) {
    code_.push_back({code, yes, no, k});
  }
  void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
  void answer(std::uint32_t what) { add(BPF_RET | BPF_K, what); }
  std::vector<sock_filter> code_;
};

void forbidCalls(Tier tier) {
  if (kMachine == 0) return;
  Filter filter;
  filter.deny({SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4}, EPERM);
  filter.deny({SYS_ptrace,
               SYS_process_vm_readv,
               SYS_process_vm_writev,
               SYS_tkill,
               SYS_setns,
               SYS_unshare,
               SYS_mount,
               SYS_umount2,
               SYS_pivot_root,
               SYS_chroot,
               SYS_bpf,
               SYS_perf_event_open,
               SYS_keyctl,
               SYS_add_key,
               SYS_request_key,
               SYS_userfaultfd,
               SYS_reboot,
               SYS_swapon,
               SYS_init_module,
               SYS_finit_module,
               SYS_delete_module,
               SYS_kexec_load,
               SYS_open_by_handle_at,
               SYS_setrlimit,
               SYS_prlimit64,
               SYS_setpgid,
               SYS_setsid,
               424 /* pidfd_send_signal */,
               425,
               426,
               427 /* io_uring */,
               434 /* pidfd_open */,
               438 /* pidfd_getfd */},
              EPERM);
  filter.deny({435 /* clone3: its flags cannot be seen, clone is tried next */}, ENOSYS);
#if defined(__x86_64__)
  filter.deny({SYS_fork, SYS_vfork}, EPERM);
#endif
  if (tier == Tier::Library) filter.deny({SYS_execve, SYS_execveat}, EPERM);
  filter.denyUnless(SYS_clone, CLONE_THREAD, true);
  filter.denyUnless(SYS_kill, static_cast<std::uint32_t>(::getpid()), false);
  filter.denyUnless(SYS_tgkill, static_cast<std::uint32_t>(::getpid()), false);
  filter.install();
}

// ---- Landlock: which files may be read

struct Ruleset {
  std::uint64_t files, net;
};
struct __attribute__((packed)) PathRule {
  std::uint64_t allowed;
  std::int32_t folder;
};
constexpr std::uint64_t kExecute = 1, kReadFile = 4, kReadFolder = 8;

long landlockVersion() { return ::syscall(444, nullptr, 0, 1); }

void closeFiles(const std::filesystem::path& plugin) {
  const long version = landlockVersion();
  if (version < 1) return;
  const std::uint64_t all = version >= 3 ? (1u << 15) - 1 : version == 2 ? (1u << 14) - 1 : (1u << 13) - 1;
  const Ruleset rules{all, version >= 4 ? std::uint64_t{3} : 0};
  const auto set = static_cast<int>(::syscall(444, &rules, version >= 4 ? sizeof rules : sizeof rules.files, 0));
  if (set < 0) return;
  const auto allow = [&](const char* path, std::uint64_t what) {
    const int open = ::open(path, O_PATH | O_CLOEXEC);
    if (open < 0) return;
    const PathRule rule{what, open};
    ::syscall(445, set, 1, &rule, 0);
    ::close(open);
  };
  for (const char* folder : {"/usr", "/lib", "/lib64", "/bin"}) allow(folder, kExecute | kReadFile | kReadFolder);
  allow(plugin.parent_path().c_str(), kExecute | kReadFile | kReadFolder);
  allow("/etc/ld.so.cache", kReadFile);
  allow("/dev/null", kReadFile);
  allow("/dev/urandom", kReadFile);
  ::syscall(446, set, 0);
  ::close(set);
}

}  // namespace

void restrictBeforeLoad(const Limits& limits, const std::filesystem::path& plugin, Tier tier) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, 64);
  limit(RLIMIT_CPU, static_cast<std::uint64_t>(std::max(600, 20 * limits.seconds)));
  if (!kSanitized) {
    limit(RLIMIT_AS, static_cast<std::uint64_t>(limits.megabytes) << 20);
    limit(RLIMIT_FSIZE, 16u << 20);  // where it may write at all: its standard error
  }
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  closeFiles(plugin);
  forbidCalls(tier);
}

void restrictAfterLoad() {
  if (kMachine == 0 || kSanitized) return;
  Filter filter;
  filter.deny({SYS_openat, 437 /* openat2 */, SYS_unlinkat, SYS_renameat, SYS_renameat2, SYS_mkdirat, SYS_linkat,
               SYS_symlinkat, SYS_fchmodat, SYS_fchownat, SYS_truncate, SYS_mknodat, SYS_chdir, SYS_fchdir},
              EACCES);
#if defined(__x86_64__)
  filter.deny({SYS_open, SYS_creat, SYS_unlink, SYS_rename, SYS_mkdir, SYS_rmdir, SYS_link, SYS_symlink, SYS_chmod,
               SYS_chown, SYS_lchown, SYS_mknod},
              EACCES);
#endif
  filter.install();
}

std::string activeLimits() {
  std::string text = "rlimits";
  if (kMachine != 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, nullptr, 0, 0) == -1 && errno == EFAULT)
    text += ", seccomp";
  if (landlockVersion() >= 1) text += ", landlock";
  return text;
}

}  // namespace winnow::plugins::worker
