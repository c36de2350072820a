#include "Waiting.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "Cancel.hpp"
#include "Error.hpp"

namespace winnow::io {

namespace {

constexpr int kTick = 100;     // milliseconds
constexpr int kPatience = 20;  // ticks until it is said

/// One tick of a wait: looks whether to stop, and says once what is waited for.
void tick(int& ticks, const std::string& what) {
  stopIfCancelled();
  if (++ticks == kPatience && waitNotice()) waitNotice()("waiting for " + what);
}

}  // namespace

std::atomic<bool>& cancelRequested() {
  static std::atomic<bool> requested{false};
  return requested;
}

void stopIfCancelled() {
  if (cancelRequested()) throw Error("cancelled");
}

std::function<void(const std::string&)>& waitNotice() {
  static std::function<void(const std::string&)> notice;
  return notice;
}

void waitUntilReady(int descriptor, short events, const std::string& what) {
  int ticks = 0;
  for (;;) {
    pollfd waiting{descriptor, events, 0};
    const int ready = ::poll(&waiting, 1, kTick);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return;
    tick(ticks, what);
  }
}

int openPipeForWriting(const char* path, const std::string& what) {
  int ticks = 0;
  for (;;) {
    const int opened = ::open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (opened >= 0 || errno != ENXIO) return opened;
    tick(ticks, what);
    const timespec pause{0, kTick * 1000000L};
    ::nanosleep(&pause, nullptr);
  }
}

Descriptor openForReading(const std::filesystem::path& file) {
  // O_NONBLOCK means nothing to regular files; a pipe is opened without a writer, and readSome() waits for one.
  Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!descriptor) throw Error("cannot read '" + file.string() + "': " + std::strerror(errno));
  struct stat about {};
  if (::fstat(descriptor.get(), &about) != 0 || S_ISDIR(about.st_mode))
    throw Error("cannot read '" + file.string() + "': it is a folder");
  return descriptor;
}

std::size_t readSome(int descriptor, char* into, std::size_t size, const std::string& name) {
  for (;;) {
    waitUntilReady(descriptor, POLLIN, "'" + name + "' to be written");
    const ssize_t got = ::read(descriptor, into, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR && errno != EAGAIN) throw Error("cannot read '" + name + "': " + std::strerror(errno));
  }
}

}  // namespace winnow::io
