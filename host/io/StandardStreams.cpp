#include "StandardStreams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace winnow::io {

namespace {

int output = STDOUT_FILENO;

/// open() gives the lowest free number, so this fills them from 0 on.
void fill(int descriptor, int mode) {
  if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) return;
  const int opened = ::open("/dev/null", mode);
  if (opened == descriptor || opened < 0) return;
  ::dup2(opened, descriptor);
  ::close(opened);
}

}  // namespace

void secureStandardStreams() {
  fill(STDIN_FILENO, O_RDONLY);
  fill(STDOUT_FILENO, O_RDONLY);  // not O_WRONLY: output that nobody gets must not end with exit code 0
  fill(STDERR_FILENO, O_WRONLY);
  const int moved = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (moved < 0) return;
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  output = moved;
}

int standardOutput() noexcept { return output; }

}  // namespace winnow::io
