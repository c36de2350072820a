// What is learned in the background: newest first, nothing lost at the end, faults told, nobody waits.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

#include "screen/Learner.hpp"

namespace winnow::screen {
namespace {

engine::ReadSoFar decisions(std::size_t count) {
  engine::ReadSoFar reading;
  for (std::size_t i = 0; i < count; ++i) reading.read.push_back({static_cast<engine::RecordId>(i), true});
  return reading;
}

TEST(Learner, LearnsFromTheNewestDecisionsAndSkipsWhatNobodyBeganWith) {
  std::promise<void> go;
  std::shared_future<void> gone = go.get_future().share();
  std::atomic<int> works{0};
  Learner learner([&](const engine::ReadSoFar&) {
    if (works++ == 0) gone.wait();
    return Learned{};
  });
  learner.ask(decisions(1));
  while (works == 0) std::this_thread::yield();
  for (std::size_t n = 2; n <= 50; ++n) learner.ask(decisions(n));  // returns although the first work is not done
  EXPECT_FALSE(learner.take());
  go.set_value();
  EXPECT_EQ(learner.await()->after, 50u);
  EXPECT_EQ(works, 2);
  EXPECT_FALSE(learner.take()) << "taken once";
}

TEST(Learner, AFaultIsAResult) {
  Learner learner([](const engine::ReadSoFar& reading) -> Learned {
    if (reading.read.size() == 1) throw std::runtime_error("the ranker is broken");
    return {};
  });
  learner.ask(decisions(1));
  EXPECT_EQ(learner.await()->fault, "the ranker is broken");
  learner.ask(decisions(2));
  EXPECT_EQ(learner.await()->fault, "");
}

TEST(Learner, EndsWithWorkAsked) {
  for (int turn = 0; turn < 50; ++turn) {
    Learner learner([](const engine::ReadSoFar&) { return Learned{}; });
    learner.ask(decisions(1));
  }
}

TEST(Learner, AtEachDecisionThenAtEveryFifth) {
  EXPECT_TRUE(isLearningDue(0));
  EXPECT_TRUE(isLearningDue(149));
  EXPECT_FALSE(isLearningDue(151));
  EXPECT_TRUE(isLearningDue(155));
}

}  // namespace
}  // namespace winnow::screen
