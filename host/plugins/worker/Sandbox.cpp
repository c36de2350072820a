#include "Sandbox.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "plugins/Library.hpp"

namespace winnow::plugins::worker {

namespace {

struct Limit {
  decltype(RLIMIT_CORE) what;
  std::uint64_t value;
  const char* name;
};

/// Sets a limit, or a lower one that is in force already.
bool isSet(const Limit& limit) {
  rlimit now{};
  if (::getrlimit(limit.what, &now) != 0) return false;
  const rlim_t wanted =
      now.rlim_max == RLIM_INFINITY ? limit.value : std::min<rlim_t>(static_cast<rlim_t>(limit.value), now.rlim_max);
  const rlimit set{wanted, wanted};
  return ::setrlimit(limit.what, &set) == 0;
}

std::string setLimits(const Limits& limits) {
  const auto processor = static_cast<std::uint64_t>(std::max(600, 20 * limits.seconds));
  std::vector<Limit> list{{RLIMIT_CORE, 0, "core files"},
                          {RLIMIT_NOFILE, 64, "open files"},
                          {RLIMIT_CPU, processor, "processor time"},
                          {RLIMIT_MEMLOCK, 0, "locked memory"},
                          {RLIMIT_MSGQUEUE, 0, "message queues"},
                          {RLIMIT_FSIZE, 0, "size of files"}};
  if (!kSanitized) list.push_back({RLIMIT_AS, static_cast<std::uint64_t>(limits.megabytes) << 20, "memory"});
  for (const Limit& limit : list)
    if (!isSet(limit)) return std::string(limit.name) + " cannot be limited: " + std::strerror(errno);
  return {};
}

void note(Confinement& so, const char* name, const std::string& fault) {
  if (fault.empty())
    so.active.emplace_back(name);
  else
    so.missing.push_back({name, fault});
}

}  // namespace

std::string Confinement::activeText() const {
  std::string text;
  for (const std::string& name : active) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string Confinement::missingText() const {
  std::string text;
  for (const Missing& m : missing) text += (text.empty() ? "without " : "; without ") + m.name + ": " + m.why;
  return text;
}

void forgetCaller(int last) {
  constexpr long kCloseRange = 436;  // Linux 5.9
  if (::syscall(kCloseRange, static_cast<unsigned>(last + 1), ~0u, 0) != 0)
    for (int descriptor = last + 1; descriptor < 65536; ++descriptor) ::close(descriptor);
  if (::chdir("/") != 0) ::_exit(2);
}

void confineResources(const Limits& limits, const std::vector<Permitted>& paths, Confinement& so) {
  note(so, "rlimits", setLimits(limits));
  const bool keepsRights = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  note(so, "landlock", keepsRights ? permitPaths(paths) : std::string("it could gain rights: ") + std::strerror(errno));
}

void confineCalls(Task task, Confinement& so) { note(so, "seccomp", permitCalls(task)); }

std::vector<Permitted> libraryFolders() {
  std::vector<Permitted> list;
  for (const char* path : {"/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache"})
    list.push_back({path, Reach::Read});
  list.push_back({programFolder() / "../lib/winnow/libraries", Reach::Read});
  return list;
}

}  // namespace winnow::plugins::worker
