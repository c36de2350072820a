#include "Workers.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>

#include "../Instance.hpp"
#include "../Services.hpp"
#include "Serve.hpp"

namespace winnow::plugins::worker {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kStart{10};

}  // namespace

Worker::Worker(const PluginFile& file, Tier tier, const Policy& policy)
    : limits(policy.limits),
      process_({{tier == Tier::Library ? "--worker" : "--worker-exec", file.path().string(),
                 std::to_string(limits.seconds), std::to_string(limits.megabytes), policy.mayBeWeak ? kWeak : kStrict},
                file.descriptor()}),
      said_(process_.errors(),
            [name = file.path().filename().string(), said = policy.said](std::string_view line) {
              if (said) said(name, line);
            }),
      channel_(process_.fromChild(), process_.toChild(), process_.errors(), [this] {
        said_.take();
        lookForCancel();
      }) {
  guarded([&] { awaitConfinement(); });
}

Worker::~Worker() {
  process_.stop();
  said_.takeRest();
}

/// Lines "active NAME" and "missing NAME WHY"; "ready" is the last where the worker goes on.
void Worker::awaitConfinement() {
  const Deadline until = Clock::now() + kStart;
  std::string text;
  while (text.size() < 6 || text.compare(text.size() - 6, 6, "ready\n") != 0) {
    pollfd waiting{process_.status(), POLLIN, 0};
    ::poll(&waiting, 1, 50);
    said_.take();
    char buffer[4096];
    const ssize_t got = ::read(process_.status(), buffer, sizeof buffer);
    if (got > 0) text.append(buffer, static_cast<std::size_t>(got));
    if (got == 0) break;
    if (Clock::now() > until) throw Late("no answer in time");
  }
  std::istringstream lines(text);
  std::string missing;
  bool isReady = false;
  for (std::string word, rest; lines >> word;) {
    std::getline(lines >> std::ws, rest);
    isReady = isReady || word == "ready";
    if (word == "active") confinement.active.push_back(rest);
    if (word != "missing") continue;
    const std::string name = rest.substr(0, rest.find(' '));
    confinement.missing.push_back({name, rest.substr(std::min(rest.size(), name.size() + 1))});
    missing += (missing.empty() ? "" : ", ") + name + " (" + confinement.missing.back().why + ")";
  }
  if (isReady) return;
  if (missing.empty()) throw Closed("closed its end");
  fail("it cannot be confined here without " + missing + "; --allow-weak-sandbox runs it all the same");
}

template <class Work>
void Worker::guarded(Work&& work) {
  try {
    work();
  } catch (const Late&) {
    process_.stop();
    said_.takeRest();
    if (asked_) throw Error("cancelled");
    throw Failed{"it did not answer within " + std::to_string(limits.seconds) + " s and was stopped"};
  } catch (const Closed&) {
    const Ending ending = process_.finish(std::chrono::seconds(2));
    said_.takeRest();
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
  said_.takeRest();
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

Deadline Workers::soon() const { return Clock::now() + std::chrono::seconds(policy_->limits.seconds); }

std::unique_ptr<Worker> Workers::start() const {
  // A program imports its modules by itself, later than they were hashed.
  if (tier_ == Tier::Program && PluginFile::complete(file_->path())->sha256() != file_->sha256())
    throw Failed{"its files changed since winnow looked at them; run again"};
  return std::make_unique<Worker>(*file_, tier_, *policy_);
}

std::unique_ptr<Worker> Workers::acquire(const TagTable& tags) {
  {
    const std::lock_guard lock(mutex_);
    // One that was started before the review was read has other limits.
    std::erase_if(idle_, [&](const auto& idle) { return idle->limits != policy_->limits; });
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
  worker->handOnSaid();  // an idle one may be ended with the program, and nobody reads it then
  const std::lock_guard lock(mutex_);
  if (idle_.size() < 2) idle_.push_back(std::move(worker));
}

Message Workers::hello(Worker& worker) {
  worker.request.begin(Frame::Hello);
  worker.request.number(std::uint32_t{WINNOW_ABI_MAJOR}).number(std::uint32_t{WINNOW_ABI_MINOR});
  worker.request.number(kFeatures);
  worker.request.end();
  worker.send(Clock::now() + kStart);
  return worker.receive(Clock::now() + kStart);
}

}  // namespace winnow::plugins::worker
