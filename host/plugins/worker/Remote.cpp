#include "Remote.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

#include <winnow/ext/documents.h>
#include <winnow/ext/progress.h>
#include <winnow/ext/reasons.h>
#include <winnow/plugin.hpp>

#include "../Declarations.hpp"
#include "../Instance.hpp"
#include "../Services.hpp"
#include "Batches.hpp"
#include "Channel.hpp"
#include "Process.hpp"
#include "io/Error.hpp"

namespace winnow::plugins::worker {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kStart{10};
constexpr std::size_t kSlots = 512;             // stages in workers, of all plugins together
constexpr std::size_t kMostFailures = 8;        // records of one step that may fail before the step is given up
constexpr std::uint64_t kMostDiagnostics = 1000, kDiagnosticsARecord = 100;
constexpr std::uint64_t kMostOutput = 2ull << 30;
constexpr std::uint64_t kKeysARecord = 10000;

/// The worker did something that ends it: what, as the end of a sentence.
struct Failed {
  std::string what;
};

Deadline soon() { return Clock::now() + std::chrono::seconds(policy().limits.seconds); }

// ---- one worker process

class Worker {
 public:
  Worker(const std::filesystem::path& file, Tier tier)
      : process_({tier == Tier::Library ? "--worker" : "--worker-exec", file.string(), std::to_string(policy().limits.seconds),
                  std::to_string(policy().limits.megabytes)}),
        channel_(process_.fromChild(), process_.toChild(), [this] { lookForCancel(); }) {}

  BatchReader reader;
  BatchWriter writer;
  const Limits limits = policy().limits;
  std::uint64_t tags = 0;  ///< serial of the table whose numbers reader and writer know
  Encoder request;

  /// Sends what stands in `request`.
  void send(Deadline deadline) {
    guarded([&] { channel_.send(request.bytes(), deadline); });
    request.clear();
  }
  Message receive(Deadline deadline) {
    Message message{};
    guarded([&] { message = channel_.receive(deadline); });
    return message;
  }
  [[noreturn]] void fail(std::string what) {
    process_.stop();
    throw Failed{std::move(what)};
  }

 private:
  template <class Work>
  void guarded(Work&& work) {
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
  /// A cancelled run gives a worker one second to end by itself.
  void lookForCancel() {
    if (!cancelRequested()) return;
    if (!asked_) {
      asked_ = true;
      askedAt_ = Clock::now();
      process_.ask();
    }
    if (Clock::now() - askedAt_ > std::chrono::seconds(1)) throw Late("cancelled");
  }
  Process process_;
  Channel channel_;
  bool asked_ = false;
  Clock::time_point askedAt_;
};

// ---- a plugin and its stages

class RemotePlugin;

struct RemoteStage {
  RemotePlugin* plugin = nullptr;
  winnow_stage table{};
  std::deque<std::string> texts;
  std::deque<winnow_option> options;
  std::vector<const winnow_option*> optionPointers;
  std::vector<winnow_reason> reasons;

  winnow_str keep(std::string_view text) { return str(texts.emplace_back(text)); }
};

std::array<RemoteStage*, kSlots>& slots() {
  static std::array<RemoteStage*, kSlots> list{};
  return list;
}
std::size_t usedSlots = 0;

class RemotePlugin {
 public:
  RemotePlugin(std::filesystem::path file, Tier tier) : file_(std::move(file)), tier_(tier) {}

  std::unique_ptr<Worker> acquire(const TagTable& tags) {
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
  void release(std::unique_ptr<Worker> worker) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < 2) idle_.push_back(std::move(worker));
  }

  /// The worker's answer to Hello: a payload that lives until the worker is used again.
  Message hello(Worker& worker) {
    worker.request.begin(Frame::Hello);
    worker.request.number(std::uint32_t{WINNOW_ABI_MAJOR}).number(std::uint32_t{WINNOW_ABI_MINOR});
    worker.request.end();
    worker.send(Clock::now() + kStart);
    return worker.receive(Clock::now() + kStart);
  }
  std::unique_ptr<Worker> start() const { return std::make_unique<Worker>(file_, tier_); }

  winnow_plugin table{};
  std::deque<std::string> texts;
  std::deque<RemoteStage> stages;

 private:
  std::filesystem::path file_;
  Tier tier_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> idle_;
};

// ---- one instance

constexpr std::string_view kFailedCode = "worker.failed", kFailedLabel = "The plugin failed on this record";

class RemoteInstance {
 public:
  RemoteInstance(const RemoteStage& stage, const winnow_host* host, const winnow_setting* settings, std::size_t count)
      : stage_(stage), services_(*static_cast<Services*>(host->impl)), host_(host) {
    for (std::size_t i = 0; i < count; ++i) settings_.emplace_back(view(settings[i].name), view(settings[i].value));
    made_ = blamed("create()", [&] { return start(); });
  }
  ~RemoteInstance() {
    if (!worker_) return;
    try {
      begin(Frame::Destroy);
      exchange([](const Message& m) { return m.type == Frame::Done; });
      stage_.plugin->release(std::move(worker_));
    } catch (...) {  // a worker that cannot even end is ended by its destructor
    }
  }
  bool isMade() const noexcept { return made_; }

  // ---- calls

  winnow_status probe(winnow_str head, winnow_str name, winnow_probe* out) {
    try {
      begin(Frame::Probe).text(head).text(name);
      winnow_status status = WINNOW_FAILED;
      exchange([&](const Message& m) {
        if (m.type != Frame::Probed) return false;
        Decoder from(m.payload);
        status = from.number<winnow_status>();
        out->confidence = from.u32();
        dialect_ = from.text();
        out->dialect = str(dialect_);
        return true;
      });
      return status;
    } catch (const Failed& failed) {  // others may still know the file
      tell(WINNOW_WARNING, "failed while it looked at the file: " + failed.what, "it was not asked again about this file", 0);
      out->confidence = 0;
      return WINNOW_OK;
    }
  }

  winnow_status read(const winnow_source& source) {
    std::uint64_t emitted = 0;
    try {
      begin(Frame::Read).text(source.name).number(source.size);
      winnow_status status = WINNOW_OK;
      winnow_status refused = WINNOW_OK;
      converse([&](const Message& m) {
        if (m.type == Frame::Next) {
          winnow_str chunk{};
          const winnow_status given = source.next(&source, &chunk);
          if (given != WINNOW_OK) chunk = {};
          begin(Frame::Chunk).number(given).text(chunk);
          sendRequest();
          return given == WINNOW_OK ? Step::Progress : Step::Wait;
        }
        if (m.type == Frame::Emit) {
          Decoder from(m.payload);
          const winnow_batch batch = worker_->reader.read(from, services_.tags());
          refused = source.emit(&source, &batch);
          emitted += batch.count;
          allowed_ += batch.count * kDiagnosticsARecord;
          if (refused != WINNOW_OK) return Step::Finished;
          return batch.count > 0 ? Step::Progress : Step::Wait;
        }
        if (m.type != Frame::Done) return Step::Unknown;
        status = Decoder(m.payload).number<winnow_status>();
        return Step::Finished;
      });
      if (refused != WINNOW_OK) drop();  // it is in the middle of a call
      return refused != WINNOW_OK ? refused : status;
    } catch (const Failed& failed) {
      drop();
      tell(WINNOW_ERROR, "failed at record " + std::to_string(emitted + 1) + ": " + failed.what, std::to_string(emitted) + " records before it were read", emitted + 1);
      return WINNOW_FAILED;
    }
  }

  winnow_status process(const winnow_batch& batch, const winnow_out& out) {
    try {
      ask(batch);
    } catch (const Failed& failed) {
      oneByOne(batch, failed);
    }
    out.verdicts(&out, verdicts_.data(), verdicts_.size());
    return status_;
  }

  winnow_status keys(const winnow_batch& batch, const winnow_out& out) {
    return named("keys()", batch, [&](const winnow_batch& part) {
      beginBatch(Frame::Keys, part);
      std::uint64_t seen = 0;
      return collect(Frame::KeyList, [&](Decoder& from) {
        keys_.clear();
        for (std::uint32_t n = from.count(16); n > 0; --n) {
          const std::uint64_t record = from.u64();
          const std::uint32_t space = from.u32();
          keys_.push_back({record, space, 0, from.str()});
        }
        if ((seen += keys_.size()) > part.count * kKeysARecord) worker_->fail("it gave more than " + std::to_string(part.count * kKeysARecord) + " keys for " + std::to_string(part.count) + " records");
        for (const winnow_key& key : keys_)
          if (!isGiven(part, key.record)) worker_->fail("it gave a key for a record that it was not given");
        out.keys(&out, keys_.data(), keys_.size());
      });
    });
  }

  winnow_status match(const winnow_batch& block, const winnow_out& out) {
    return named("match()", block, [&](const winnow_batch& part) {
      beginBatch(Frame::Match, part);
      return pairs(part.count, out);
    });
  }
  winnow_status settle(const winnow_batch& component, const winnow_pair* list, std::size_t count, const winnow_out& out) {
    return named("settle()", component, [&](const winnow_batch& part) {
      beginBatch(Frame::Settle, part);
      Encoder& to = worker_->request;
      to.number(static_cast<std::uint32_t>(count));
      for (std::size_t i = 0; i < count; ++i)
        to.number(list[i].left).number(list[i].right).number(list[i].rule).number(list[i].maybe).number(list[i].score).text(list[i].note);
      return pairs(std::max<std::size_t>(part.count, count), out);
    });
  }
  std::uint64_t take(std::uint32_t space, std::uint64_t count) {
    return blamed("take()", [&] {
      begin(Frame::Take).number(space).number(count);
      std::uint64_t taken = 0;
      exchange([&](const Message& m) {
        if (m.type == Frame::Taken) taken = Decoder(m.payload).u64();
        return m.type == Frame::Taken;
      });
      return taken;
    });
  }

  winnow_status write(const winnow_sink& sink) {
    std::uint64_t given = 0;
    return blamed("write()", [&] {
      try {
        begin(Frame::Write);
        winnow_status status = WINNOW_OK, refused = WINNOW_OK;
        std::uint64_t bytes = 0;
        converse([&](const Message& m) {
          if (m.type == Frame::NextRecords) {
            const winnow_batch* batch = nullptr;
            const winnow_status next = sink.next(&sink, &batch);
            Encoder& to = begin(Frame::Records).number(next);
            if (next == WINNOW_OK) {
              worker_->writer.write(to, *batch, services_.tags());
              given += batch->count;
              allowed_ += batch->count * kDiagnosticsARecord;
            }
            sendRequest();
            return next == WINNOW_OK ? Step::Progress : Step::Wait;
          }
          if (m.type == Frame::Output) {
            const winnow_str text = Decoder(m.payload).str();
            if ((bytes += text.size) > kMostOutput) worker_->fail("it wrote more than " + std::to_string(kMostOutput >> 20) + " MB");
            refused = sink.write(&sink, text);
            return refused == WINNOW_OK ? Step::Wait : Step::Finished;
          }
          if (m.type != Frame::Done) return Step::Unknown;
          status = Decoder(m.payload).number<winnow_status>();
          return Step::Finished;
        });
        if (refused != WINNOW_OK) drop();
        return refused != WINNOW_OK ? refused : status;
      } catch (Failed& failed) {
        failed.what += ", after " + std::to_string(given) + " records were handed over";
        throw;
      }
    });
  }

  std::size_t ownReasons() const { return own_.size() + (policy().onFailure == OnFailure::Undecided && stage_.table.kind == WINNOW_FILTER ? 1 : 0); }
  winnow_reason ownReason(std::size_t index) const {
    if (index >= own_.size()) return {str(kFailedCode), str(kFailedLabel), WINNOW_UNSURE, 0};
    return {str(own_[index].code), str(own_[index].label), own_[index].action, 0};
  }

 private:
  enum class Step { Progress, Wait, Finished, Unknown };

  std::string name() const { return "plugin '" + std::string(view(stage_.table.id)) + "'"; }

  void tell(std::uint32_t severity, const std::string& what, const std::string& action, std::uint64_t record) {
    const std::string message = name() + " " + what;
    winnow_diagnostic d{};
    d.struct_size = sizeof d;
    d.severity = severity;
    d.code = str(kFailedCode);
    d.message = str(message);
    d.action = str(action);
    d.record = record;
    host_->diagnose(host_, &d);
  }

  /// A failure becomes the error that ends the run.
  template <class Work>
  std::invoke_result_t<Work> blamed(const char* call, Work&& work) {
    try {
      return work();
    } catch (const Failed& failed) {
      drop();
      throw Error(name() + " failed in " + call + ": " + failed.what);
    }
  }

  void drop() {
    worker_.reset();
    allowed_ = 0;
  }

  // ---- frames

  Encoder& begin(Frame type) {
    if (!worker_) restart();
    worker_->request.clear();
    worker_->request.begin(type);
    return worker_->request;
  }
  void beginBatch(Frame type, const winnow_batch& batch) {
    Encoder& to = begin(type);
    worker_->writer.write(to, batch, services_.tags());
    allowed_ = kMostDiagnostics + batch.count * kDiagnosticsARecord;
  }
  void sendRequest() {
    worker_->request.end();
    worker_->send(soon());
  }

  /// Sends the request and hears the worker out. `on` says what a frame means for the call.
  template <class On>
  void converse(On&& on) {
    if (allowed_ == 0) allowed_ = kMostDiagnostics;
    sendRequest();
    Deadline deadline = soon();
    for (;;) {
      const Message m = worker_->receive(deadline);
      if (answerService(m)) continue;
      Step step = Step::Unknown;
      try {
        step = on(m);
      } catch (const Broken& broken) {
        worker_->fail(std::string("it ") + broken.what());
      }
      if (step == Step::Finished) break;
      if (step == Step::Unknown) worker_->fail("it sent a frame of type " + std::to_string(static_cast<int>(m.type)) + ", which does not belong to the call");
      if (step == Step::Progress) deadline = soon();
    }
    allowed_ = 0;
  }
  template <class On>
  void exchange(On&& on) {
    converse([&](const Message& m) { return on(m) ? Step::Finished : Step::Unknown; });
  }

  /// Frames that may come during any call.
  bool answerService(const Message& m) {
    Decoder from(m.payload);
    try {
      if (m.type == Frame::Diagnose) {
        diagnosed(from);
        return true;
      }
      if (m.type == Frame::Document) {
        const std::string wanted(from.text());
        const auto* documents = static_cast<const winnow_documents*>(host_->extension(host_, WINNOW_EXT_DOCUMENTS));
        begin(Frame::Text).text(documents->get(host_, str(wanted)));
        sendRequest();
        return true;
      }
      if (m.type == Frame::Progress) {
        const winnow_str what = from.str();
        const std::uint64_t done = from.u64();
        static_cast<const winnow_progress*>(host_->extension(host_, WINNOW_EXT_PROGRESS))->report(host_, what, done, from.u64());
        return true;
      }
      if (m.type == Frame::Threw) {
        const std::string text(from.text());
        drop();
        throw Error(name() + " threw through its boundary: " + text);
      }
    } catch (const Broken& broken) {
      worker_->fail(std::string("it ") + broken.what());
    }
    return false;
  }
  void diagnosed(Decoder& from) {
    winnow_diagnostic d{};
    d.struct_size = sizeof d;
    d.severity = from.u32();
    d.code = from.str();
    d.message = from.str();
    d.action = from.str();
    d.at.byte = from.u64();
    d.at.line = from.u32();
    d.at.column = from.u32();
    d.at.length = from.u32();
    d.record = from.u64();
    if (allowed_-- == 0) worker_->fail("it floods: more problems than the records can have");
    host_->diagnose(host_, &d);
  }

  // ---- life

  bool start() {
    worker_ = stage_.plugin->acquire(services_.tags());
    begin(Frame::Create).text(stage_.table.id).number(static_cast<std::uint32_t>(settings_.size()));
    for (const auto& [key, value] : settings_) worker_->request.text(key).text(value);
    bool made = false;
    exchange([&](const Message& m) {
      if (m.type != Frame::Created) return false;
      Decoder from(m.payload);
      made = from.u32() != 0;
      own_.clear();
      for (std::uint32_t n = from.count(12); n > 0; --n) {
        std::string code(from.text()), label(from.text());
        own_.push_back({std::move(code), std::move(label), from.u32()});
      }
      return true;
    });
    return made;
  }
  void restart() {
    if (!start()) throw Failed{"it refuses the settings that it took before"};
  }

  // ---- filters

  void ask(const winnow_batch& batch) {
    verdicts_.clear();
    notes_.clear();
    beginBatch(Frame::Process, batch);
    std::vector<winnow_verdict> list;
    status_ = collect(Frame::Verdicts, [&](Decoder& from) {
      for (std::uint32_t n = from.count(40); n > 0; --n) {
        winnow_verdict v{};
        v.record = from.u64();
        v.action = from.u32();
        v.reason = from.u32();
        v.evidence_field = from.u32();
        v.evidence_begin = from.u32();
        v.evidence_size = from.u32();
        v.score = from.number<double>();
        const std::string_view note = from.text();
        if (!note.empty()) v.note = str(notes_.emplace_back(note));
        list.push_back(v);
      }
      if (list.size() > 2 * batch.count + 16) worker_->fail("it floods: " + std::to_string(list.size()) + " verdicts about " + std::to_string(batch.count) + " records");
    });
    if (status_ == WINNOW_OK) check(batch, list);
    verdicts_.swap(list);
  }

  /// A lie is a failure like a crash: the record is named, the others are judged.
  void check(const winnow_batch& batch, const std::vector<winnow_verdict>& list) {
    if (list.size() != batch.count) worker_->fail("it gave " + std::to_string(list.size()) + " verdicts about " + std::to_string(batch.count) + " records");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const winnow_verdict& v = list[i];
      const bool inOrder = batch.records[i].id == v.record;
      if (!inOrder && !isGiven(batch, v.record)) worker_->fail("it judged a record that it was not given");
      if (v.action < WINNOW_KEEP || v.action > WINNOW_WAIT) worker_->fail("it gave the unknown verdict " + std::to_string(v.action));
      const bool declared = v.reason == WINNOW_NONE ? v.action == WINNOW_KEEP : v.reason < stage_.reasons.size() + own_.size();
      if (!declared) worker_->fail("it gave a reason that it never declared");
    }
  }

  /// A batch on which the worker failed: each record alone, so that the one is named and the others are judged.
  void oneByOne(const winnow_batch& batch, const Failed& first) {
    drop();
    std::vector<winnow_verdict> all;
    std::deque<std::string> notes;
    bool found = false;
    for (std::size_t i = 0; i < batch.count; ++i) {
      const winnow_batch one{sizeof one, 0, batch.records + i, 1};
      try {
        ask(one);
        all.insert(all.end(), verdicts_.begin(), verdicts_.end());
        for (std::string& note : notes_) notes.push_back(std::move(note));
        for (winnow_verdict& v : verdicts_)
          if (v.note.size != 0) all.back().note = str(notes.back());
      } catch (const Failed& failed) {
        drop();
        found = true;
        failedOn(batch.records[i].id, failed);
        winnow_verdict v{};
        v.record = batch.records[i].id;
        v.action = WINNOW_UNSURE;
        v.reason = static_cast<std::uint32_t>(stage_.reasons.size() + own_.size());
        v.evidence_field = WINNOW_NONE;
        all.push_back(v);
      }
    }
    if (!found) tell(WINNOW_WARNING, "failed on " + std::to_string(batch.count) + " records together: " + first.what, "each was judged alone", 0);
    verdicts_.swap(all);
    notes_.swap(notes);
    status_ = WINNOW_OK;
  }
  void failedOn(std::uint64_t record, const Failed& failed) {
    const bool stops = policy().onFailure == OnFailure::Stop || ++failures_ > kMostFailures;
    tell(WINNOW_ERROR, "failed on this record: " + failed.what, stops ? "the run stops; nothing is lost" : "the record stays undecided", record);
    if (stops) throw Error(name() + " failed on a record: " + failed.what + "; the record is named above");
  }

  // ---- set-wise

  /// Lists of one type until the call is done.
  template <class Each>
  winnow_status collect(Frame type, Each&& each) {
    winnow_status status = WINNOW_OK;
    converse([&](const Message& m) {
      Decoder from(m.payload);
      if (m.type == type) {
        each(from);
        return Step::Wait;
      }
      if (m.type != Frame::Done) return Step::Unknown;
      status = from.number<winnow_status>();
      return Step::Finished;
    });
    return status;
  }
  winnow_status pairs(std::size_t count, const winnow_out& out) {
    std::uint64_t seen = 0;
    return collect(Frame::Pairs, [&](Decoder& from) {
      pairs_.clear();
      for (std::uint32_t n = from.count(36); n > 0; --n) {
        winnow_pair p{};
        p.left = from.u64();
        p.right = from.u64();
        p.rule = from.u32();
        p.maybe = from.u32();
        p.score = from.number<double>();
        p.note = from.str();
        pairs_.push_back(p);
      }
      if ((seen += pairs_.size()) > 4 * count * count + 16) worker_->fail("it floods: " + std::to_string(seen) + " pairs of " + std::to_string(count) + " records");
      out.pairs(&out, pairs_.data(), pairs_.size());
    });
  }
  static bool isGiven(const winnow_batch& batch, std::uint64_t record) {
    return std::any_of(batch.records, batch.records + batch.count, [&](const winnow_record& r) { return r.id == record; });
  }

  /// Runs a call over a batch; a failure is told at its first record.
  template <class Work>
  winnow_status named(const char* call, const winnow_batch& batch, Work&& work) {
    try {
      return work(batch);
    } catch (const Failed& failed) {
      drop();
      tell(WINNOW_ERROR, std::string("failed in ") + call + ": " + failed.what, "it worked on this record and " + std::to_string(batch.count - std::min<std::size_t>(batch.count, 1)) + " others",
           batch.count > 0 ? batch.records[0].id : 0);
      throw Error(name() + " failed in " + call + ": " + failed.what + "; the first of its records is named above");
    }
  }

  const RemoteStage& stage_;
  Services& services_;
  const winnow_host* host_;
  SettingList settings_;
  std::unique_ptr<Worker> worker_;
  bool made_ = false;
  std::vector<Reason> own_;
  std::string dialect_;
  std::uint64_t allowed_ = 0;
  std::size_t failures_ = 0;
  winnow_status status_ = WINNOW_OK;
  std::vector<winnow_verdict> verdicts_;
  std::deque<std::string> notes_;
  std::vector<winnow_key> keys_;
  std::vector<winnow_pair> pairs_;
};

// ---- the tables

RemoteInstance& of(void* self) { return *static_cast<RemoteInstance*>(self); }

constexpr winnow_importer kImporter{sizeof(winnow_importer), 0,
                                    [](void* self, winnow_str head, winnow_str name, winnow_probe* out) { return of(self).probe(head, name, out); },
                                    [](void* self, const winnow_source* source) { return of(self).read(*source); }};
constexpr winnow_filter kFilter{sizeof(winnow_filter), 0, [](void* self, const winnow_batch* batch, const winnow_out* out) { return of(self).process(*batch, *out); }};
winnow_status WINNOW_CALL keysOf(void* self, const winnow_batch* batch, const winnow_out* out) { return of(self).keys(*batch, *out); }
winnow_status WINNOW_CALL matchOf(void* self, const winnow_batch* batch, const winnow_out* out) { return of(self).match(*batch, *out); }
winnow_status WINNOW_CALL settleOf(void* self, const winnow_batch* batch, const winnow_pair* list, std::size_t count, const winnow_out* out) {
  return of(self).settle(*batch, list, count, *out);
}
constexpr winnow_matcher kMatcher{sizeof(winnow_matcher), 0, keysOf, matchOf, nullptr}, kSettler{sizeof(winnow_matcher), 0, keysOf, matchOf, settleOf};
constexpr winnow_sampler kSampler{sizeof(winnow_sampler), 0, keysOf, [](void* self, std::uint32_t space, std::uint64_t count) { return of(self).take(space, count); }};
constexpr winnow_exporter kExporter{sizeof(winnow_exporter), 0, [](void* self, const winnow_sink* sink) { return of(self).write(*sink); }};

const void* methodsOf(std::uint32_t kind, bool settles) {
  switch (kind) {
    case WINNOW_IMPORTER: return &kImporter;
    case WINNOW_FILTER: return &kFilter;
    case WINNOW_MATCHER: return settles ? &kSettler : &kMatcher;
    case WINNOW_SAMPLER: return &kSampler;
    default: return &kExporter;
  }
}

void* createOn(std::size_t slot, const winnow_host* host, const winnow_setting* settings, std::size_t count) {
  auto made = std::make_unique<RemoteInstance>(*slots()[slot], host, settings, count);
  return made->isMade() ? made.release() : nullptr;
}
void WINNOW_CALL destroy(void* self) { delete &of(self); }
const void* WINNOW_CALL extension(void*, const char* id) {
  static constexpr winnow_reasons kReasons{sizeof(winnow_reasons), 0, [](void* self) { return of(self).ownReasons(); },
                                           [](void* self, std::size_t index) { return of(self).ownReason(index); }};
  return std::string_view(id) == WINNOW_EXT_REASONS ? &kReasons : nullptr;
}

/// create() of the ABI knows no stage, so each slot has a function of its own.
using Create = void*(WINNOW_CALL*)(const winnow_host*, const winnow_setting*, std::size_t);
template <std::size_t... Slot>
constexpr std::array<Create, sizeof...(Slot)> makeCreators(std::index_sequence<Slot...>) {
  return {+[](const winnow_host* host, const winnow_setting* settings, std::size_t count) { return createOn(Slot, host, settings, count); }...};
}
constexpr std::array<Create, kSlots> kCreators = makeCreators(std::make_index_sequence<kSlots>{});

/// winnow_plugin.stage knows no plugin either; a small table by slot serves the same way.
constexpr std::size_t kPlugins = 128;
std::array<RemotePlugin*, kPlugins>& plugins() {
  static std::array<RemotePlugin*, kPlugins> list{};
  return list;
}
std::size_t usedPlugins = 0;
using StageAt = const winnow_stage*(WINNOW_CALL*)(std::size_t);
template <std::size_t... Slot>
constexpr std::array<StageAt, sizeof...(Slot)> makeStageAt(std::index_sequence<Slot...>) {
  return {+[](std::size_t index) -> const winnow_stage* {
    const RemotePlugin& plugin = *plugins()[Slot];
    return index < plugin.stages.size() ? &plugin.stages[index].table : nullptr;
  }...};
}
constexpr std::array<StageAt, kPlugins> kStageAt = makeStageAt(std::make_index_sequence<kPlugins>{});

void readStage(RemotePlugin& plugin, Decoder& from) {
  RemoteStage& stage = plugin.stages.emplace_back();
  stage.plugin = &plugin;
  if (usedSlots == kSlots) throw Broken("declares more stages than " + std::to_string(kSlots));
  winnow_stage& t = stage.table;
  t.struct_size = sizeof t;
  t.kind = from.u32();
  t.flags = from.u32();
  t.id = stage.keep(from.text());
  t.version = stage.keep(from.text());
  t.help = stage.keep(from.text());
  for (std::uint32_t n = from.count(36); n > 0; --n) {
    winnow_option& o = stage.options.emplace_back();
    o.struct_size = sizeof o;
    o.type = from.u32();
    o.flags = from.u32();
    for (winnow_str winnow_option::*member : {&winnow_option::name, &winnow_option::fallback, &winnow_option::help, &winnow_option::choices,
                                              &winnow_option::minimum, &winnow_option::maximum, &winnow_option::replaced_by})
      o.*member = stage.keep(from.text());
    stage.optionPointers.push_back(&o);
  }
  for (std::uint32_t n = from.count(12); n > 0; --n) {
    const winnow_str code = stage.keep(from.text()), label = stage.keep(from.text());
    stage.reasons.push_back({code, label, from.u32(), 0});
  }
  const bool settles = from.number<std::uint8_t>() != 0;
  t.options = stage.optionPointers.data();
  t.option_count = stage.optionPointers.size();
  t.reasons = stage.reasons.data();
  t.reason_count = stage.reasons.size();
  t.methods = methodsOf(t.kind, settles);
  t.create = kCreators[usedSlots];
  t.destroy = destroy;
  t.extension = extension;
  slots()[usedSlots++] = &stage;
}

}  // namespace

Policy& policy() {
  static Policy one;
  return one;
}

std::variant<const winnow_plugin*, Refusal> remotePlugin(const std::filesystem::path& file, Tier tier) {
  if (usedPlugins == kPlugins) return Refusal{"is one too many: " + std::to_string(kPlugins) + " plugins run in workers already"};
  // Never freed: its tables live as long as the process.
  static auto& all = *new std::deque<std::unique_ptr<RemotePlugin>>;
  RemotePlugin& plugin = *all.emplace_back(std::make_unique<RemotePlugin>(file, tier));
  try {
    std::unique_ptr<Worker> worker = plugin.start();
    const Message message = plugin.hello(*worker);
    Decoder from(message.payload);
    if (message.type == Frame::Refused) return Refusal{std::string(from.text())};
    if (message.type != Frame::Declare) return Refusal{"answered with a frame of type " + std::to_string(static_cast<int>(message.type)) + " instead of its declaration"};
    plugin.table.struct_size = sizeof(winnow_plugin);
    plugin.table.abi_major = WINNOW_ABI_MAJOR;
    plugin.table.abi_minor = WINNOW_ABI_MINOR;
    for (winnow_str winnow_plugin::*member : {&winnow_plugin::vendor, &winnow_plugin::name, &winnow_plugin::version, &winnow_plugin::license})
      plugin.table.*member = str(plugin.texts.emplace_back(from.text()));
    for (std::uint32_t n = from.count(40); n > 0; --n) readStage(plugin, from);
    plugin.table.stage = kStageAt[usedPlugins];
    plugins()[usedPlugins++] = &plugin;
    plugin.release(std::move(worker));
  } catch (const Failed& failed) {
    return Refusal{"did not start in a worker: " + failed.what};
  } catch (const std::exception& error) {
    return Refusal{std::string("did not start in a worker: it ") + error.what()};
  }
  if (std::string problem = declarationProblem(plugin.table); !problem.empty()) return Refusal{std::move(problem)};
  return &plugin.table;
}

}  // namespace winnow::plugins::worker
