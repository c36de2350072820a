// A regular expression of a table.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include <re2/re2.h>

namespace winnow::tagged {

/// An RE2 pattern, compiled when it is first used: of the built-in tables' patterns most never are, and compiling all
/// took a fifth of the program's start. Any thread.
class Pattern {
 public:
  explicit Pattern(std::string text) : text_(std::move(text)) {}

  /// Not ok() if the text is no pattern, which only a table that was not checked can have.
  const re2::RE2& compiled() const {
    if (const re2::RE2* known = known_.load(std::memory_order_acquire)) return *known;
    const std::lock_guard lock(mutex_);
    if (!compiled_) {
      re2::RE2::Options options;
      options.set_log_errors(false);
      options.set_max_mem(1 << 20);
      compiled_ = std::make_unique<re2::RE2>(text_, options);
      known_.store(compiled_.get(), std::memory_order_release);
    }
    return *compiled_;
  }

 private:
  std::string text_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<re2::RE2> compiled_;
  mutable std::atomic<const re2::RE2*> known_{nullptr};  ///< compiled_, once it is there (std::call_once costs more)
};

}  // namespace winnow::tagged
