// A filter that turns on its host at the record whose title holds TRIGGER, one way each (FAULT). Every other record is
// kept. Where an attack succeeds it answers "hostile.succeeded", which no test may ever see.
#include <winnow/abi.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

enum {
  SEGFAULT = 1,
  ABORT,
  EXIT,
  ENDLESS_LOOP,
  FORK_BOMB,
  MEMORY_HOG,
  READS_OUTSIDE,
  NETWORK,
  GARBAGE_FRAMES,
  WRONG_IDS,
  HUGE_FRAME,
  SLOW_DRIP,
  FLOOD
};

namespace {

template <std::size_t N>
constexpr winnow_str text(const char (&s)[N]) {
  return {s, N - 1};
}

constexpr winnow_reason kReasons[] = {{text("hostile.succeeded"), text("the attack succeeded"), WINNOW_DROP, 0}};

struct Instance {
  const winnow_host* host;
  std::uint32_t title;
};

void* WINNOW_CALL create(const winnow_host* host, const winnow_setting*, std::size_t) {
  return new Instance{host, host->tag(host, text("title"))};
}
void WINNOW_CALL destroy(void* self) { delete static_cast<Instance*>(self); }

bool isTrigger(const Instance& self, const winnow_record& record) {
  for (std::size_t i = 0; i < record.field_count; ++i)
    if (record.fields[i].tag == self.title &&
        memmem(record.fields[i].value.data, record.fields[i].value.size, "TRIGGER", 7) != nullptr)
      return true;
  return false;
}

/// Writes into every pipe that this process has: one of them leads to the host.
void intoPipes(const void* bytes, std::size_t size) {
  for (int fd = 3; fd < 64; ++fd) {
    struct stat about {};
    if (::fstat(fd, &about) == 0 && S_ISFIFO(about.st_mode) && ::write(fd, bytes, size) < 0) continue;
  }
}

[[noreturn]] void sleepForEver() {
  for (;;) ::pause();
}

/// True if it did what it must not be able to do.
bool attack(const winnow_out* out) {
  switch (FAULT) {
    case SEGFAULT: {
      volatile int* volatile nowhere = nullptr;
      *nowhere = 1;
      return true;
    }
    case ABORT:
      std::abort();
    case EXIT:
      ::_exit(7);
    case ENDLESS_LOOP:
      for (volatile std::uint64_t i = 0;;) {
        const std::uint64_t next = i + 1;
        i = next;
      }
    case FORK_BOMB:
      for (int i = 0; i < 20; ++i)
        if (::fork() >= 0) return true;
      sleepForEver();
    case MEMORY_HOG: {
      std::size_t held = 0;
      for (;;) {
        constexpr std::size_t kBlock = 32u << 20;
        auto* const block =
            static_cast<volatile char*>(std::malloc(kBlock));  // volatile: or an optimizer leaves it out
        if (block == nullptr) std::abort();
        for (std::size_t i = 0; i < kBlock; i += 4096) block[i] = 1;
        if ((held += kBlock) > (std::size_t{1} << 30)) return true;
      }
    }
    case READS_OUTSIDE: {
      const char* secret = std::getenv("WINNOW_TEST_SECRET");
      const int file = ::open(secret == nullptr ? "/etc/passwd" : secret, O_RDONLY);
      if (file >= 0 || ::open("/etc/passwd", O_RDONLY) >= 0) return true;
      ::_exit(8);
    }
    case NETWORK: {
      const int s = ::socket(AF_INET, SOCK_STREAM, 0);
      if (s >= 0) return true;
      ::_exit(9);
    }
    case GARBAGE_FRAMES: {
      intoPipes("This is no frame of any protocol, and nobody should take it for one.", 68);
      sleepForEver();
    }
    case HUGE_FRAME: {
      const unsigned char header[8] = {0xFF, 0xFF, 0xFF, 0xFF, 70, 'W', 'N', 1};
      intoPipes(header, sizeof header);
      sleepForEver();
    }
    case SLOW_DRIP: {
      const unsigned char header[8] = {200, 0, 0, 0, 70, 'W', 'N', 1};
      intoPipes(header, sizeof header);
      for (;;) {
        intoPipes("x", 1);
        ::usleep(200000);
      }
    }
    case FLOOD: {
      winnow_verdict v{};
      for (;;) out->verdicts(out, &v, 1);
    }
    default:
      return false;
  }
}

winnow_status WINNOW_CALL process(void* self, const winnow_batch* batch, const winnow_out* out) {
  for (std::size_t i = 0; i < batch->count; ++i) {
    const bool turns = isTrigger(*static_cast<Instance*>(self), batch->records[i]);
    const bool succeeded = turns && attack(out);
    winnow_verdict v{};
    v.record = turns && FAULT == WRONG_IDS ? 1u << 30 : batch->records[i].id;
    v.action = succeeded ? WINNOW_DROP : WINNOW_KEEP;
    v.reason = succeeded ? 0 : WINNOW_NONE;
    v.evidence_field = WINNOW_NONE;
    out->verdicts(out, &v, 1);
  }
  return WINNOW_OK;
}

constexpr winnow_filter kMethods{sizeof(winnow_filter), 0, process};
constexpr winnow_stage kStage{sizeof(winnow_stage),
                              WINNOW_FILTER,
                              WINNOW_DETERMINISTIC,
                              0,
                              text("filters.hostile"),
                              text("1.0.0"),
                              text("Turns on its host."),
                              nullptr,
                              0,
                              kReasons,
                              1,
                              &kMethods,
                              create,
                              destroy,
                              nullptr};
const winnow_stage* WINNOW_CALL stage(std::size_t index) { return index == 0 ? &kStage : nullptr; }

}  // namespace

extern "C" {
extern WINNOW_EXPORT const winnow_plugin winnow_plugin_v1{
    sizeof(winnow_plugin), 1,     0,      0, text("winnow tests"), text("hostile"), text("1.0.0"),
    text("Apache-2.0"),    stage, nullptr};
}
