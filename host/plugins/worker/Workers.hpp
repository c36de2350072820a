// One worker process, and the idle ones of one plugin.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "../PluginFile.hpp"
#include "../TagTable.hpp"
#include "Batches.hpp"
#include "Channel.hpp"
#include "Process.hpp"
#include "Remote.hpp"
#include "Said.hpp"
#include "io/Error.hpp"

namespace winnow::plugins::worker {

/// The worker did something that ends it: what, as the end of a sentence.
struct Failed {
  std::string what;
};

/// A process that serves one plugin. One thread at a time.
class Worker {
 public:
  /// Starts it and waits until its limits are in force. Throws Failed: not all are, and nobody permitted that.
  Worker(const PluginFile& file, Tier tier, const Policy& policy);
  ~Worker();

  BatchReader reader;
  BatchWriter writer;
  const Limits limits;
  Confinement confinement;  ///< what the process itself says
  std::uint64_t tags = 0;   ///< serial of the table whose numbers reader and writer know
  Encoder request;

  /// Sends what stands in `request`. Throws Failed; winnow::Error when the run was cancelled.
  void send(Deadline deadline);
  /// The next frame; its payload lives until the next call. Throws as send().
  Message receive(Deadline deadline);
  /// Hands on what the plugin has printed by now, a last line without its end too.
  void handOnSaid() { said_.takeRest(); }
  /// Stops the process and throws Failed.
  [[noreturn]] void fail(std::string what);

 private:
  template <class Work>
  void guarded(Work&& work);
  void lookForCancel();

  void awaitConfinement();

  Process process_;
  Said said_;
  Channel channel_;
  bool asked_ = false;
  std::chrono::steady_clock::time_point askedAt_;
};

/// The workers of one plugin. Any thread.
class Workers {
 public:
  Workers(std::shared_ptr<const PluginFile> file, Tier tier, std::shared_ptr<const Policy> policy)
      : file_(std::move(file)), tier_(tier), policy_(std::move(policy)) {}

  const Policy& policy() const noexcept { return *policy_; }
  /// When a worker that is asked now must have answered.
  Deadline soon() const;

  /// One that knows the numbers of `tags`, idle or new. Throws Failed.
  std::unique_ptr<Worker> acquire(const TagTable& tags);
  void release(std::unique_ptr<Worker> worker);

  /// A new process that was not greeted yet.
  std::unique_ptr<Worker> start() const;
  /// The worker's answer to Hello: a payload that lives until the worker is used again.
  static Message hello(Worker& worker);

 private:
  std::shared_ptr<const PluginFile> file_;
  Tier tier_;
  std::shared_ptr<const Policy> policy_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> idle_;
};

}  // namespace winnow::plugins::worker
