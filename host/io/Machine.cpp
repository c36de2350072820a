#include "Machine.hpp"

#include <sys/random.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "Error.hpp"

namespace winnow::io {

bool isTerminal(int stream) noexcept { return ::isatty(stream) == 1; }

long processNumber() noexcept { return ::getpid(); }

std::string platform() {
  utsname about{};
  ::uname(&about);
  return std::string("linux-") + about.machine;
}

void fillRandom(std::span<std::byte> bytes) {
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Error("the operating system gives no random numbers");
}

}  // namespace winnow::io
