#include "CrashReport.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <string_view>

#include "worker/Process.hpp"

namespace winnow::plugins {

namespace {

thread_local InCall* innermost = nullptr;

#if !defined(WINNOW_SANITIZED)

constexpr std::size_t kStack = 64 << 10;
constexpr int kSignals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS};

/// A stack of its own for the handler: the crash may be a recursion without end. For each thread that calls plugins.
void prepareThread() {
  thread_local std::unique_ptr<char[]> memory;
  if (memory) return;
  memory = std::make_unique<char[]>(kStack);
  const stack_t stack{memory.get(), 0, kStack};
  ::sigaltstack(&stack, nullptr);
}

/// Text for standard error without memory of the heap, which may be what was destroyed.
class Line {
 public:
  void add(std::string_view text) {
    for (const char c : text.substr(0, 300))
      if (size_ < sizeof text_) text_[size_++] = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  }
  void add(std::uint64_t number) {
    char digits[20];
    std::size_t count = 0;
    do digits[count++] = static_cast<char>('0' + number % 10);
    while ((number /= 10) != 0);
    while (count > 0) add(std::string_view(&digits[--count], 1));
  }
  void print() {
    text_[std::min(size_, sizeof text_ - 1)] = '\n';
    (void)!::write(STDERR_FILENO, text_, std::min(size_, sizeof text_ - 1) + 1);
  }

 private:
  char text_[2048];
  std::size_t size_ = 0;
};

#else

void prepareThread() {}  // the sanitizer says more

#endif

}  // namespace

#if !defined(WINNOW_SANITIZED)

struct Crash {
  static void addTitle(Line& line, const winnow_record& record, std::uint32_t title) {
    for (std::size_t i = 0; i < record.field_count; ++i) {
      if (record.fields[i].tag != title) continue;
      line.add(" (");
      line.add(std::string_view(record.fields[i].value.data, record.fields[i].value.size).substr(0, 120));
      return line.add(")");
    }
  }

  static void addCall(Line& line, const InCall& in) {
    line.add("plugin '");
    line.add({in.plugin_.data, in.plugin_.size});
    line.add("' crashed in ");
    line.add(in.call_);
    if (in.source_.size != 0) {
      line.add(" of '");
      line.add({in.source_.data, in.source_.size});
      line.add("', behind record ");
      line.add(in.done_);
    }
    if (in.batch_ == nullptr || in.batch_->count == 0) return;
    const std::uint64_t at = std::min<std::uint64_t>(in.done_, in.batch_->count - 1);
    line.add(" at record ");
    line.add(at + 1);
    line.add(" of the ");
    line.add(in.batch_->count);
    line.add(" that it was given");
    addTitle(line, in.batch_->records[at], in.title_);
  }

  static void report(int number) {
    Line line;
    line.add("winnow: error: ");
    if (innermost == nullptr)
      line.add("winnow crashed; this is a fault of winnow, please report it");
    else
      addCall(line, *innermost);
    line.add(": ");
    line.add(worker::signalWords(number));
    if (innermost != nullptr) line.add("; 'winnow plugins trust --revoke' lets it run in a process of its own");
    line.print();
  }
};

namespace {

extern "C" void onCrash(int number) {
  Crash::report(number);
  ::raise(number);  // the handler is gone already: the process ends as it would have ended
}

/// Memory may run out where the language allows no exception: in a destructor of a library (nlohmann/json takes some to
/// take a value apart). That is no fault of winnow.
[[noreturn]] void onTerminate() {
  try {
    if (const std::exception_ptr error = std::current_exception()) std::rethrow_exception(error);
  } catch (const std::bad_alloc&) {
    Line line;
    line.add("winnow: error: there is not enough memory for this; nothing that was written before is lost");
    line.print();
    ::_exit(1);
  } catch (...) {  // the crash line tells
  }
  std::abort();
}

}  // namespace

void reportCrashes() {
  prepareThread();
  std::set_terminate(onTerminate);
  struct sigaction action {};
  action.sa_handler = onCrash;
  action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND) | SA_NODEFER;
  for (const int number : kSignals) ::sigaction(number, &action, nullptr);
}

#else

void reportCrashes() {}

#endif

InCall::InCall(winnow_str plugin, const char* call, const winnow_batch* batch, std::uint32_t title)
    : plugin_(plugin), call_(call), batch_(batch), title_(title), outer_(innermost) {
  prepareThread();
  innermost = this;
}

InCall::~InCall() { innermost = outer_; }

}  // namespace winnow::plugins
