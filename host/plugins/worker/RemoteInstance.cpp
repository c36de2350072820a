#include "RemoteInstance.hpp"

#include <algorithm>

#include <winnow/ext/documents.h>
#include <winnow/ext/progress.h>
#include <winnow/ext/resources.h>

namespace winnow::plugins::worker {

namespace {

winnow_survey surveyOf(std::uint32_t space, std::uint32_t fewest) {
  return {sizeof(winnow_survey),
          space,
          fewest,
          0,
          [](void* self, const winnow_batch* block, const winnow_out* out) {
            return instanceOf(self).survey(*block, *out);
          },
          [](void* self, const winnow_key* facts, std::size_t count) { return instanceOf(self).learn(facts, count); }};
}

constexpr std::string_view kFailedCode = "worker.failed", kFailedLabel = "The plugin failed on this record";
constexpr std::uint64_t kMostDiagnostics = 1000;

}  // namespace

RemoteInstance::RemoteInstance(const RemoteStage& stage, const winnow_host* host, const winnow_setting* settings,
                               std::size_t count)
    : stage_(stage), services_(*static_cast<Services*>(host->impl)), host_(host) {
  for (std::size_t i = 0; i < count; ++i) settings_.emplace_back(view(settings[i].name), view(settings[i].value));
  made_ = blamed("create()", [&] { return start(); });
}

RemoteInstance::~RemoteInstance() {
  if (!worker_) return;
  try {
    begin(Frame::Destroy);
    exchange([](const Message& m) { return m.type == Frame::Done; });
    stage_.workers->release(std::move(worker_));
  } catch (...) {  // a worker that cannot even end is ended by its destructor
  }
}

std::size_t RemoteInstance::ownReasons() const {
  const bool mayGoOn = stage_.workers->policy().onFailure == OnFailure::Undecided && stage_.table.kind == WINNOW_FILTER;
  return own_.size() + (mayGoOn ? 1 : 0);
}

winnow_reason RemoteInstance::ownReason(std::size_t index) const {
  if (index >= own_.size()) return {str(kFailedCode), str(kFailedLabel), WINNOW_UNSURE, 0};
  return {str(own_[index].code), str(own_[index].label), own_[index].action, 0};
}

void RemoteInstance::tell(std::uint32_t severity, const std::string& what, const std::string& action,
                          std::uint64_t record) {
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

// ---- life

bool RemoteInstance::start() {
  worker_ = stage_.workers->acquire(services_.tags());
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
    surveys_ = !from.atEnd() && from.u32() != 0;
    if (surveys_) {
      const std::uint32_t space = from.u32();
      survey_ = surveyOf(space, from.u32());
    }
    return true;
  });
  return made;
}

void RemoteInstance::restart() {
  if (!start()) throw Failed{"it refuses the settings that it took before"};
}

void RemoteInstance::drop() {
  worker_.reset();
  allowed_ = 0;
}

// ---- frames

Encoder& RemoteInstance::begin(Frame type) {
  if (!worker_) restart();
  worker_->request.clear();
  worker_->request.begin(type);
  return worker_->request;
}

void RemoteInstance::beginBatch(Frame type, const winnow_batch& batch) {
  Encoder& to = begin(type);
  worker_->writer.write(to, batch, services_.tags());
  allowed_ = kMostDiagnostics + batch.count * kDiagnosticsARecord;
}

void RemoteInstance::sendRequest() {
  worker_->request.end();
  worker_->send(stage_.workers->soon());
}

void RemoteInstance::converse(const OnFrame& on) {
  if (allowed_ == 0) allowed_ = kMostDiagnostics;
  sendRequest();
  Deadline deadline = stage_.workers->soon();
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
    if (step == Step::Unknown)
      worker_->fail("it sent a frame of type " + std::to_string(static_cast<int>(m.type)) +
                    ", which does not belong to the call");
    if (step == Step::Progress) deadline = stage_.workers->soon();
  }
  allowed_ = 0;
}

void RemoteInstance::exchange(const std::function<bool(const Message&)>& on) {
  converse([&](const Message& m) { return on(m) ? Step::Finished : Step::Unknown; });
}

winnow_status RemoteInstance::collect(Frame type, const std::function<void(Decoder&)>& each) {
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

bool RemoteInstance::answerService(const Message& m) {
  Decoder from(m.payload);
  try {
    if (m.type == Frame::Diagnose) {
      diagnosed(from);
      return true;
    }
    if (m.type == Frame::Document) {
      answerDocument(from);
      return true;
    }
    if (m.type == Frame::WantResource) {
      answerResource(from);
      return true;
    }
    if (m.type == Frame::Progress) {
      const winnow_str what = from.str();
      const std::uint64_t done = from.u64();
      static_cast<const winnow_progress*>(host_->extension(host_, WINNOW_EXT_PROGRESS))
          ->report(host_, what, done, from.u64());
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

void RemoteInstance::answerDocument(Decoder& from) {
  const std::string wanted(from.text());
  const auto* documents = static_cast<const winnow_documents*>(host_->extension(host_, WINNOW_EXT_DOCUMENTS));
  begin(Frame::Text).text(documents->get(host_, str(wanted)));
  sendRequest();
}

void RemoteInstance::answerResource(Decoder& from) {
  const std::string wanted(from.text());
  const auto* resources = static_cast<const winnow_resources*>(host_->extension(host_, WINNOW_EXT_RESOURCES));
  winnow_str bytes{};
  const winnow_status status = resources->get(host_, str(wanted), &bytes);
  begin(Frame::Resource).number(status).text(bytes);
  sendRequest();
}

void RemoteInstance::diagnosed(Decoder& from) {
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
  d.option = from.str();
  d.stage = from.str();
  if (allowed_-- == 0) worker_->fail("it floods: more problems than the records can have");
  host_->diagnose(host_, &d);
}

}  // namespace winnow::plugins::worker
