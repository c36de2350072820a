#include "io/ReadWrite.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "io/Descriptor.hpp"

namespace winnow::io {
namespace {

/// Every byte says where it belongs.
std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i % 251 + i / 251 % 5);
  return bytes;
}

struct Pipe {
  Pipe() {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    out.reset(ends[0]);
    in.reset(ends[1]);
  }
  std::string readUntilItEnds() const {
    std::string came;
    char buffer[1000];
    for (ssize_t got = 0; (got = ::read(out.get(), buffer, sizeof buffer)) > 0;)
      came.append(buffer, static_cast<std::size_t>(got));
    return came;
  }
  Descriptor out, in;
};

/// A signal that comes while a write waits ends it, with some bytes written or none.
TEST(ReadWrite, goesOnWhereASignalInterruptedTheWrite) {
  struct sigaction ignored {
  }, before{};
  ignored.sa_handler = [](int) {};
  ASSERT_EQ(::sigaction(SIGUSR1, &ignored, &before), 0);
  Pipe pipe;
  const std::string sent = pattern(1 << 20);
  std::atomic<bool> isDone{false};
  int error = -1;
  std::jthread writer([&] {
    error = writeAll(pipe.in.get(), sent);
    isDone = true;
    pipe.in.reset();
  });
  std::string came;
  std::jthread reader([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));  // the pipe is full, and the writer waits
    came = pipe.readUntilItEnds();
  });
  for (int i = 0; i < 200 && !isDone; ++i) {
    ::pthread_kill(writer.native_handle(), SIGUSR1);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  writer.join();
  reader.join();
  ::sigaction(SIGUSR1, &before, nullptr);
  EXPECT_EQ(error, 0);
  EXPECT_EQ(came, sent);
}

TEST(ReadWrite, saysWhyTheRestWasNotWritten) {
  Pipe pipe;
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  pipe.out.reset();
  EXPECT_EQ(writeAll(pipe.in.get(), "no one reads"), EPIPE);
  std::signal(SIGPIPE, before);
  const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  if (full) EXPECT_EQ(writeAll(full.get(), "no room"), ENOSPC);
}

TEST(ReadWrite, doesNotWaitForADescriptorThatDoesNot) {
  Pipe pipe;
  ASSERT_EQ(::fcntl(pipe.in.get(), F_SETFL, O_NONBLOCK), 0);
  const std::string bytes = pattern(1 << 20);
  EXPECT_EQ(writeAll(pipe.in.get(), bytes), EAGAIN);
  pipe.in.reset();
  const std::string came = pipe.readUntilItEnds();
  EXPECT_FALSE(came.empty());
  EXPECT_EQ(came, bytes.substr(0, came.size()));
}

TEST(ReadWrite, readsAtAPlaceAndSaysWhereTheFileEnds) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
  ASSERT_NE(file, nullptr);
  const int descriptor = ::fileno(file.get());
  const std::string bytes = pattern(5000);
  ASSERT_EQ(writeAll(descriptor, bytes), 0);
  std::string part(3000, '\0');
  Got got = readAt(descriptor, 1000, part.data(), part.size());
  EXPECT_EQ(got.size, 3000u);
  EXPECT_EQ(got.error, 0);
  EXPECT_EQ(part, bytes.substr(1000, 3000));
  got = readAt(descriptor, 4000, part.data(), part.size());
  EXPECT_EQ(got.size, 1000u);
  EXPECT_EQ(got.error, 0);
  const Pipe pipe;
  got = readAt(pipe.out.get(), 0, part.data(), part.size());
  EXPECT_EQ(got.size, 0u);
  EXPECT_EQ(got.error, ESPIPE);
}

}  // namespace
}  // namespace winnow::io
