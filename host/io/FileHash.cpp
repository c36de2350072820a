#include "FileHash.hpp"

#include <sys/stat.h>

#include <ctime>
#include <map>
#include <mutex>
#include <tuple>

#include "Sha256.hpp"

namespace winnow::io {

namespace {

/// Device, file, size, and the moments of the last change of content and of anything.
using Identity = std::tuple<dev_t, ino_t, off_t, std::int64_t, std::int64_t>;

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::int64_t>(time.tv_nsec);
}

std::int64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  return nanoseconds(time);
}

struct Known {
  std::mutex mutex;
  std::map<Identity, std::string> hashes;
};

Known& known() {
  static auto& all = *new Known;
  return all;
}

}  // namespace

std::string sha256OfFile(const std::filesystem::path& file) {
  constexpr std::int64_t kTick = 1'000'000'000;  // kernels stamp changes by a clock of some milliseconds; some file
                                                 // systems keep seconds
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0) return sha256File(file).first;  // which says why
  const Identity identity{about.st_dev, about.st_ino, about.st_size, nanoseconds(about.st_mtim),
                          nanoseconds(about.st_ctim)};
  {
    const std::lock_guard lock(known().mutex);
    if (const auto found = known().hashes.find(identity); found != known().hashes.end()) return found->second;
  }
  const bool isSettled = nanoseconds(about.st_ctim) + kTick < now();
  std::string hash = sha256File(file).first;
  const std::lock_guard lock(known().mutex);
  if (isSettled) known().hashes.emplace(identity, hash);
  return hash;
}

}  // namespace winnow::io
