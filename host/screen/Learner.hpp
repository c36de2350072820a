// What follows from a reader's decisions and takes longer than an answer may: the order of what is left, and what may
// be claimed about recall. A thread of its own works on it, always from the newest decisions; no decision waits for it.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/flow/CertifiedRecall.hpp"
#include "io/Diagnostic.hpp"

namespace winnow::screen {

/// A function of the decisions that it was learned from alone.
struct Learned {
  std::size_t after = 0;                ///< how many decisions it was learned from
  std::vector<engine::RecordId> order;  ///< what was open then, the next one first
  std::string recall;                   ///< for the reader; empty: nothing to say
  std::string fault;                    ///< why there is no new order; empty: there is one
  std::vector<io::Diagnostic> said;     ///< by the ranker
};

/// Whether to learn again with so many decisions: at each while they are fewer than 150, then at every fifth, because a
/// single decision among so many moves little.
constexpr bool isLearningDue(std::size_t decisions) noexcept { return decisions < 150 || decisions % 5 == 0; }

/// Owns its thread, which ends with it after the work in hand. All functions are for one other thread.
class Learner {
 public:
  using Work = std::function<Learned(const engine::ReadSoFar&)>;
  /// `work` runs in the learner's thread; what it throws becomes Learned::fault.
  explicit Learner(Work work);
  ~Learner();
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;

  /// Asks for the work after these decisions; an older question that nobody has begun with is dropped.
  void ask(engine::ReadSoFar reading);
  /// The newest result that was not taken yet; nothing: there is none, or it is being worked on.
  std::optional<Learned> take();
  /// The same when all work is done.
  std::optional<Learned> await();

 private:
  void run();

  const Work work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<engine::ReadSoFar> asked_;
  std::optional<Learned> learned_;
  bool isBusy_ = false, isEnding_ = false;
  std::thread thread_;
};

}  // namespace winnow::screen
