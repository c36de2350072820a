#include "Landlock.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "io/Descriptor.hpp"

namespace winnow::plugins::worker {

namespace {

// The kernel's interface: linux/landlock.h of Debian 12 ends with version 2.
constexpr long kCreateRuleset = 444, kAddRule = 445, kRestrictSelf = 446;
constexpr int kPathBeneath = 1;
struct Ruleset {
  std::uint64_t files, net, scoped;
};
struct __attribute__((packed)) PathRule {
  std::uint64_t allowed;
  std::int32_t parent;
};
constexpr std::uint64_t kExecute = 1, kReadFile = 4, kReadFolder = 8;
constexpr std::uint64_t kBindAndConnect = 3, kAbstractSocketsAndSignals = 3;

/// What a version can forbid: all of it is.
Ruleset everything(long version) {
  const int rights = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  return {(1ull << rights) - 1, version >= 4 ? kBindAndConnect : 0, version >= 6 ? kAbstractSocketsAndSignals : 0};
}
std::size_t sizeOf(long version) { return version >= 6 ? 24 : version >= 4 ? 16 : 8; }

std::string failed(const std::string& what) { return what + ": " + std::strerror(errno); }

std::string permit(int set, const Permitted& permitted) {
  const io::Descriptor opened(::open(permitted.path.c_str(), O_PATH | O_CLOEXEC));
  if (!opened) return errno == ENOENT ? std::string() : failed("cannot open " + permitted.path.string());
  struct stat about {};
  if (::fstat(opened.get(), &about) != 0) return failed("cannot look at " + permitted.path.string());
  const std::uint64_t more =
      (S_ISDIR(about.st_mode) ? kReadFolder : 0) | (permitted.reach == Reach::ReadAndRun ? kExecute : 0);
  const PathRule rule{kReadFile | more, opened.get()};
  return ::syscall(kAddRule, set, kPathBeneath, &rule, 0) == 0 ? std::string()
                                                               : failed("cannot permit " + permitted.path.string());
}

}  // namespace

int landlockVersion() {
  return static_cast<int>(std::max(::syscall(kCreateRuleset, nullptr, 0, 1 /* LANDLOCK_CREATE_RULESET_VERSION */), 0L));
}

std::string permitPaths(const std::vector<Permitted>& paths) {
  const int version = landlockVersion();
  if (version < 1) return "this kernel does not have it (Linux 5.13, enabled at start)";
  const Ruleset rules = everything(version);
  const io::Descriptor set(static_cast<int>(::syscall(kCreateRuleset, &rules, sizeOf(version), 0)));
  if (!set) return failed("cannot be set up");
  for (const Permitted& permitted : paths)
    if (std::string fault = permit(set.get(), permitted); !fault.empty()) return fault;
  if (::syscall(kRestrictSelf, set.get(), 0) != 0) return failed("cannot be put into force");
  return {};
}

}  // namespace winnow::plugins::worker
