// One worker process, and the idle ones of one plugin.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "../TagTable.hpp"
#include "Batches.hpp"
#include "Channel.hpp"
#include "Process.hpp"
#include "Remote.hpp"
#include "io/Error.hpp"

namespace winnow::plugins::worker {

/// The worker did something that ends it: what, as the end of a sentence.
struct Failed {
  std::string what;
};

/// When a worker that is asked now must have answered.
Deadline soon();

/// A process that serves one plugin. One thread at a time.
class Worker {
 public:
  Worker(const std::filesystem::path& file, Tier tier);

  BatchReader reader;
  BatchWriter writer;
  const Limits limits;
  std::uint64_t tags = 0;  ///< serial of the table whose numbers reader and writer know
  Encoder request;

  /// Sends what stands in `request`. Throws Failed; winnow::Error when the run was cancelled.
  void send(Deadline deadline);
  /// The next frame; its payload lives until the next call. Throws as send().
  Message receive(Deadline deadline);
  /// Stops the process and throws Failed.
  [[noreturn]] void fail(std::string what);

 private:
  template <class Work>
  void guarded(Work&& work);
  void lookForCancel();

  Process process_;
  Channel channel_;
  bool asked_ = false;
  std::chrono::steady_clock::time_point askedAt_;
};

/// The workers of one plugin. Any thread.
class Workers {
 public:
  Workers(std::filesystem::path file, Tier tier) : file_(std::move(file)), tier_(tier) {}

  /// One that knows the numbers of `tags`, idle or new. Throws Failed.
  std::unique_ptr<Worker> acquire(const TagTable& tags);
  void release(std::unique_ptr<Worker> worker);

  /// A new process that was not greeted yet.
  std::unique_ptr<Worker> start() const { return std::make_unique<Worker>(file_, tier_); }
  /// The worker's answer to Hello: a payload that lives until the worker is used again.
  static Message hello(Worker& worker);

 private:
  std::filesystem::path file_;
  Tier tier_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> idle_;
};

}  // namespace winnow::plugins::worker
