#include "Workers.hpp"

#include <algorithm>

#include "../Instance.hpp"

namespace winnow::plugins::worker {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kStart{10};

}  // namespace

Deadline soon() { return Clock::now() + std::chrono::seconds(policy().limits.seconds); }

Worker::Worker(const std::filesystem::path& file, Tier tier)
    : limits(policy().limits),
      process_({tier == Tier::Library ? "--worker" : "--worker-exec", file.string(),
                std::to_string(policy().limits.seconds), std::to_string(policy().limits.megabytes)}),
      channel_(process_.fromChild(), process_.toChild(), [this] { lookForCancel(); }) {}

template <class Work>
void Worker::guarded(Work&& work) {
  try {
    work();
  } catch (const Late&) {
    process_.stop();
    if (asked_) throw Error("cancelled");
    throw Failed{"it did not answer within " + std::to_string(policy().limits.seconds) + " s and was stopped"};
  } catch (const Closed&) {
    const Ending ending = process_.finish(std::chrono::seconds(2));
    if (asked_) throw Error("cancelled");
    throw Failed{"its process " + (ending.stopped ? std::string("closed its pipe and was stopped") : ending.text())};
  } catch (const Broken& broken) {
    fail(std::string("it ") + broken.what());
  }
}

void Worker::send(Deadline deadline) {
  guarded([&] { channel_.send(request.bytes(), deadline); });
  request.clear();
}

Message Worker::receive(Deadline deadline) {
  Message message{};
  guarded([&] { message = channel_.receive(deadline); });
  return message;
}

void Worker::fail(std::string what) {
  process_.stop();
  throw Failed{std::move(what)};
}

/// A cancelled run gives a worker one second to end by itself.
void Worker::lookForCancel() {
  if (!cancelRequested()) return;
  if (!asked_) {
    asked_ = true;
    askedAt_ = Clock::now();
    process_.ask();
  }
  if (Clock::now() - askedAt_ > std::chrono::seconds(1)) throw Late("cancelled");
}

std::unique_ptr<Worker> Workers::acquire(const TagTable& tags) {
  {
    const std::lock_guard lock(mutex_);
    // One that was started before the review was read has other limits.
    std::erase_if(idle_, [](const auto& idle) { return idle->limits != policy().limits; });
    for (auto& idle : idle_)
      if (idle->tags == tags.serial() || idle->tags == 0) {
        std::swap(idle, idle_.back());
        std::unique_ptr<Worker> worker = std::move(idle_.back());
        idle_.pop_back();
        worker->tags = tags.serial();
        return worker;
      }
  }
  std::unique_ptr<Worker> worker = start();
  hello(*worker);
  worker->tags = tags.serial();
  return worker;
}

void Workers::release(std::unique_ptr<Worker> worker) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < 2) idle_.push_back(std::move(worker));
}

Message Workers::hello(Worker& worker) {
  worker.request.begin(Frame::Hello);
  worker.request.number(std::uint32_t{WINNOW_ABI_MAJOR}).number(std::uint32_t{WINNOW_ABI_MINOR});
  worker.request.end();
  worker.send(Clock::now() + kStart);
  return worker.receive(Clock::now() + kStart);
}

}  // namespace winnow::plugins::worker
