#include "Learner.hpp"

#include <exception>
#include <utility>

namespace winnow::screen {

Learner::Learner(Work work) : work_(std::move(work)), thread_([this] { run(); }) {}

Learner::~Learner() {
  {
    const std::lock_guard lock(mutex_);
    isEnding_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Learner::ask(engine::ReadSoFar reading) {
  {
    const std::lock_guard lock(mutex_);
    asked_ = std::move(reading);
  }
  changed_.notify_all();
}

std::optional<Learned> Learner::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(learned_, std::nullopt);
}

std::optional<Learned> Learner::await() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !asked_ && !isBusy_; });
  return std::exchange(learned_, std::nullopt);
}

void Learner::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return asked_ || isEnding_; });
    if (isEnding_) return;
    const engine::ReadSoFar reading = std::move(*asked_);
    asked_.reset();
    isBusy_ = true;
    lock.unlock();
    Learned learned;
    try {
      learned = work_(reading);
    } catch (const std::exception& error) {
      learned.fault = error.what();
    }
    learned.after = reading.read.size();
    lock.lock();
    isBusy_ = false;
    learned_ = std::move(learned);
    changed_.notify_all();
  }
}

}  // namespace winnow::screen
