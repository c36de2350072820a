#include "FolderLock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>

#include "Error.hpp"

namespace winnow::io {

FolderLock::FolderLock(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) descriptor_.reset(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor_)
    throw Error("cannot write into '" + folder.string() + "': " + (error ? error.message() : std::strerror(errno)));
  if (::flock(descriptor_.get(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  throw Error("another winnow is writing into '" + folder.string() + "'; wait until it has ended");
}

}  // namespace winnow::io
