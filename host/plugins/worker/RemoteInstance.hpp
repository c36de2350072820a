// One instance of a stage that works in a worker process: the calls of the ABI as conversations. What belongs to files
// stands in RemoteFiles.cpp, filters in RemoteJudging.cpp, matchers, samplers, annotators and rankers in
// RemoteSets.cpp.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include <winnow/ext/survey.h>
#include <winnow/plugin.hpp>

#include "../Instance.hpp"
#include "../Services.hpp"
#include "Workers.hpp"

namespace winnow::plugins::worker {

/// A stage as a worker declared it.
struct RemoteStage {
  Workers* workers = nullptr;
  winnow_stage table{};
  std::deque<std::string> texts;
  std::deque<winnow_option> options;
  std::vector<const winnow_option*> optionPointers;
  std::vector<winnow_reason> reasons;
  std::vector<winnow_str> reads, gives;

  winnow_str keep(std::string_view text) { return str(texts.emplace_back(text)); }
};

/// Answers like the instance in its worker. A worker that crashes, hangs, floods or lies ends the call with
/// winnow::Error, after the record was named; a filter may go on (Policy::onFailure). One thread.
class RemoteInstance {
 public:
  /// Throws winnow::Error when the worker fails; see isMade() when it refuses the settings.
  RemoteInstance(const RemoteStage& stage, const winnow_host* host, const winnow_setting* settings, std::size_t count);
  ~RemoteInstance();
  RemoteInstance(const RemoteInstance&) = delete;
  RemoteInstance& operator=(const RemoteInstance&) = delete;
  bool isMade() const noexcept { return made_; }

  winnow_status probe(winnow_str head, winnow_str name, winnow_probe* out);
  winnow_status read(const winnow_source& source);
  winnow_status process(const winnow_batch& batch, const winnow_out& out);
  winnow_status keys(const winnow_batch& batch, const winnow_out& out);
  winnow_status match(const winnow_batch& block, const winnow_out& out);
  winnow_status settle(const winnow_batch& component, const winnow_pair* list, std::size_t count,
                       const winnow_out& out);
  /// The matcher's survey (winnow.survey/1), or null.
  const winnow_survey* survey() const noexcept { return surveys_ ? &survey_ : nullptr; }
  winnow_status survey(const winnow_batch& block, const winnow_out& out);
  winnow_status learn(const winnow_key* facts, std::size_t count);
  winnow_status take(std::uint32_t space, std::uint64_t count, std::uint64_t* taken);
  winnow_status annotate(const winnow_batch& batch, const winnow_out& out);
  winnow_status take(const winnow_batch& batch);
  winnow_status learn(const winnow_label* labels, std::size_t count);
  winnow_status rank(const winnow_out& out);
  winnow_status write(const winnow_sink& sink);

  /// The reasons of this instance's settings (winnow.reasons/1), then the one for records on which the plugin failed.
  std::size_t ownReasons() const;
  winnow_reason ownReason(std::size_t index) const;

 private:
  /// What a frame meant for the call: it moved on (the clock starts anew), it did not, the call is over, it does not
  /// belong.
  enum class Step { Progress, Wait, Finished, Unknown };
  using OnFrame = std::function<Step(const Message&)>;

  std::string name() const { return "plugin '" + std::string(view(stage_.table.id)) + "'"; }
  void tell(std::uint32_t severity, const std::string& what, const std::string& action, std::uint64_t record);
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

  // ---- life
  bool start();
  void restart();
  void drop();

  // ---- frames
  Encoder& begin(Frame type);
  void beginBatch(Frame type, const winnow_batch& batch);
  void sendRequest();
  /// Sends the request and hears the worker out. `on` says what a frame means for the call.
  void converse(const OnFrame& on);
  /// As converse(), for calls that one frame answers.
  void exchange(const std::function<bool(const Message&)>& on);
  /// As converse(), for lists of one type until the call is done.
  winnow_status collect(Frame type, const std::function<void(Decoder&)>& each);
  /// Frames that may come during any call.
  bool answerService(const Message& m);
  void diagnosed(Decoder& from);
  /// A frame of the service (Document, WantResource) is answered.
  void answerDocument(Decoder& from);
  void answerResource(Decoder& from);

  // ---- filters
  void ask(const winnow_batch& batch);
  void readEvidence(Decoder& from, winnow_verdict& verdict);
  /// A lie is a failure like a crash: the record is named, the others are judged.
  void check(const winnow_batch& batch, const std::vector<winnow_verdict>& list);
  /// A batch on which the worker failed: each record alone, so that the one is named and the others are judged.
  void oneByOne(const winnow_batch& batch, const Failed& first);
  void failedOn(std::uint64_t record, const Failed& failed);

  // ---- set-wise
  void readKeys(Decoder& from);
  winnow_status pairs(std::size_t count, const winnow_out& out);
  /// Runs a call over a batch; a failure is reported at its first record.
  winnow_status named(const char* call, const winnow_batch& batch,
                      const std::function<winnow_status(const winnow_batch&)>& work);

  const RemoteStage& stage_;
  Services& services_;
  const winnow_host* host_;
  SettingList settings_;
  std::unique_ptr<Worker> worker_;
  bool made_ = false, surveys_ = false;
  winnow_survey survey_{};
  std::vector<Reason> own_;
  std::string dialect_;
  std::uint64_t allowed_ = 0;  // problems that the call may still tell
  std::uint64_t ranked_ = 0;   // records that a ranker has
  std::deque<std::vector<winnow_evidence>> evidence_;
  std::size_t failures_ = 0;
  winnow_status status_ = WINNOW_OK;
  std::vector<winnow_verdict> verdicts_;
  std::deque<std::string> notes_;
  std::vector<winnow_key> keys_;
  std::vector<winnow_pair> pairs_;
};

/// The instance that a call of the plugin interface is for.
inline RemoteInstance& instanceOf(void* self) { return *static_cast<RemoteInstance*>(self); }

/// True if the batch holds that handle.
bool isGiven(const winnow_batch& batch, std::uint64_t record);

inline constexpr std::uint64_t kDiagnosticsARecord = 100;

}  // namespace winnow::plugins::worker
