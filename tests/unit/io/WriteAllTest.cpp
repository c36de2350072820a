#include "io/WriteAll.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "io/Descriptor.hpp"

namespace winnow::io {
namespace {

struct Pipe {
  Pipe() {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    out.reset(ends[0]);
    in.reset(ends[1]);
  }
  Descriptor out, in;
};

/// A pipe holds less than this, so it takes the bytes in several goes.
TEST(WriteAll, writesWhatAPipeTakesInSeveralGoes) {
  Pipe pipe;
  std::string sent;
  for (int i = 0; i < 300000; ++i) sent += static_cast<char>('a' + i % 23);
  std::string came;
  std::thread reader([&] {
    char buffer[5000];
    for (ssize_t got = 0; (got = ::read(pipe.out.get(), buffer, sizeof buffer)) > 0;)
      came.append(buffer, static_cast<std::size_t>(got));
  });
  EXPECT_EQ(writeAll(pipe.in.get(), sent), 0);
  pipe.in.reset();
  reader.join();
  EXPECT_EQ(came, sent);
}

TEST(WriteAll, saysWhyTheRestWasNotWritten) {
  Pipe pipe;
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  pipe.out.reset();
  EXPECT_EQ(writeAll(pipe.in.get(), "no one reads"), EPIPE);
  std::signal(SIGPIPE, before);
  const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  if (full) EXPECT_EQ(writeAll(full.get(), "no room"), ENOSPC);
}

TEST(WriteAll, doesNotWaitForADescriptorThatDoesNot) {
  Pipe pipe;
  ASSERT_EQ(::fcntl(pipe.in.get(), F_SETFL, O_NONBLOCK), 0);
  EXPECT_EQ(writeAll(pipe.in.get(), std::string(1 << 20, 'x')), EAGAIN);
}

}  // namespace
}  // namespace winnow::io
