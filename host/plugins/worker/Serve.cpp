#include "Serve.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <winnow/ext/documents.h>
#include <winnow/ext/progress.h>
#include <winnow/ext/reasons.h>
#include <winnow/ext/resources.h>
#include <winnow/ext/survey.h>
#include <winnow/plugin.hpp>

#include "../Declarations.hpp"
#include "../Elf.hpp"
#include "../Library.hpp"
#include "../Services.hpp"
#include "Batches.hpp"
#include "Command.hpp"
#include "Process.hpp"
#include "Sandbox.hpp"
#include "io/ReadWrite.hpp"

namespace winnow::plugins::worker {

namespace {

std::atomic<bool> cancelRequested{false};
extern "C" void cancelWorker(int) { cancelRequested = true; }

constexpr std::size_t kFlushBytes = 512 * 1024;

/// Where a received payload stays until the next one comes.
struct Buffer {
  std::unique_ptr<char[]> bytes;
  std::size_t capacity = 0;
};

/// The pipe to the host: blocking, because a worker has nothing else to do. Diagnostics may come from any thread.
class Connection {
 public:
  Connection(int in, int out) : in_(in), out_(out) {}

  template <class Fill>
  void send(Frame type, Fill&& fill) {
    const std::lock_guard lock(mutex_);
    encoder_.begin(type);
    fill(encoder_);
    encoder_.end();
    if (encoder_.bytes().size() > kFlushBytes) flushLocked();
  }
  void flush() {
    const std::lock_guard lock(mutex_);
    flushLocked();
  }
  /// The next frame; ends the process when the host has gone.
  Message receive() { return receive(main_); }
  /// The same into a buffer of its own: the batch in the main one is still in use.
  Message receive(Buffer& buffer) {
    flush();
    char header[kHeaderBytes];
    readAll(header, sizeof header);
    std::uint32_t size = 0;
    std::memcpy(&size, header, 4);
    if (size > buffer.capacity) {
      buffer.capacity = size + size / 4;
      buffer.bytes.reset(new char[buffer.capacity]);
    }
    readAll(buffer.bytes.get(), size);
    return {static_cast<Frame>(header[4]), {buffer.bytes.get(), size}};
  }

 private:
  void flushLocked() {
    if (io::writeAll(out_, encoder_.bytes()) != 0) ::_exit(0);
    encoder_.clear();
  }
  void readAll(char* to, std::size_t size) {
    while (size > 0) {
      const ssize_t got = ::read(in_, to, size);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) ::_exit(0);
      to += got;
      size -= static_cast<std::size_t>(got);
    }
  }
  int in_, out_;
  std::mutex mutex_;
  Encoder encoder_;
  Buffer main_;
};

void encodeReason(Encoder& to, const winnow_reason& reason) {
  to.text(reason.code).text(reason.label).number(reason.action);
}

void encodeTags(Encoder& to, const winnow_str* names, std::size_t count) {
  to.number(static_cast<std::uint32_t>(count));
  for (std::size_t i = 0; i < count; ++i) to.text(names[i]);
}

void encodeStage(Encoder& to, const winnow_stage& stage) {
  to.number(stage.kind).number(stage.flags).text(stage.id).text(stage.version).text(stage.help);
  to.number(static_cast<std::uint32_t>(stage.option_count));
  for (std::size_t i = 0; i < stage.option_count; ++i) {
    const winnow_option& o = *stage.options[i];
    to.number(o.type)
        .number(o.flags)
        .text(o.name)
        .text(o.fallback)
        .text(o.help)
        .text(o.choices)
        .text(o.minimum)
        .text(o.maximum)
        .text(o.replaced_by);
  }
  to.number(static_cast<std::uint32_t>(stage.reason_count));
  for (std::size_t i = 0; i < stage.reason_count; ++i) encodeReason(to, stage.reasons[i]);
  const bool settles =
      stage.kind == WINNOW_MATCHER && static_cast<const winnow_matcher*>(stage.methods)->settle != nullptr;
  to.number(static_cast<std::uint8_t>(settles ? 1 : 0));
  encodeTags(to, stage.reads, stage.read_count);
  encodeTags(to, stage.gives, stage.give_count);
}

/// One library served.
class Server {
 public:
  Server(const winnow_plugin& plugin, Connection& pipe)
      : plugin_(plugin),
        pipe_(pipe),
        host_{sizeof host_, WINNOW_ABI_MAJOR, WINNOW_ABI_MINOR, 0,       this,     extension,
              tag,          diagnose,         cancelled,        tagName, kFeatures} {}

  void declare() {
    pipe_.send(Frame::Declare, [&](Encoder& to) {
      to.text(plugin_.vendor).text(plugin_.name).text(plugin_.version).text(plugin_.license);
      to.text(plugin_.description).text(plugin_.homepage).text(plugin_.support).text(plugin_.keywords);
      const std::vector<const winnow_stage*> stages = knownStages(plugin_);
      to.number(static_cast<std::uint32_t>(stages.size()));
      for (const winnow_stage* stage : stages) encodeStage(to, *stage);
    });
  }

  [[noreturn]] void serve() {
    for (;;) {
      const Message message = pipe_.receive();
      try {
        answer(message);
      } catch (const std::exception& error) {
        pipe_.send(Frame::Threw, [&](Encoder& to) { to.text(std::string_view(error.what())); });
      } catch (...) {
        pipe_.send(Frame::Threw,
                   [&](Encoder& to) { to.text(std::string_view("something that is no std::exception")); });
      }
    }
  }

 private:
  static Server& of(const winnow_host* host) { return *static_cast<Server*>(host->impl); }
  template <class Methods>
  const Methods& methods() const {
    return *static_cast<const Methods*>(stage_->methods);
  }

  void answer(const Message& message) {
    Decoder from(message.payload);
    switch (message.type) {
      case Frame::Create:
        return create(from);
      case Frame::Destroy:
        destroy();
        return done(WINNOW_OK);
      default:
        break;
    }
    if (self_ == nullptr) throw Broken("a call without an instance");
    const winnow_out out{sizeof out, 0, this, verdicts, keys, pairs, annotations, scores};
    switch (message.type) {
      case Frame::Probe:
        return probe(from);
      case Frame::Read:
        return read(from);
      case Frame::Process: {
        const winnow_batch batch = reader_.read(from, tags_);
        return done(methods<winnow_filter>().process(self_, &batch, &out));
      }
      case Frame::Keys: {
        const winnow_batch batch = reader_.read(from, tags_);
        return done(stage_->kind == WINNOW_MATCHER ? methods<winnow_matcher>().keys(self_, &batch, &out)
                                                   : methods<winnow_sampler>().keys(self_, &batch, &out));
      }
      case Frame::Match: {
        const winnow_batch batch = reader_.read(from, tags_);
        return done(methods<winnow_matcher>().match(self_, &batch, &out));
      }
      case Frame::Settle:
        return settle(from, out);
      case Frame::Survey: {
        const winnow_batch batch = reader_.read(from, tags_);
        return done(needSurvey().survey(self_, &batch, &out));
      }
      case Frame::Learn:
        return learn(from);
      case Frame::Take: {
        const std::uint32_t space = from.u32();
        std::uint64_t taken = 0;
        const winnow_status status = methods<winnow_sampler>().take(self_, space, from.u64(), &taken);
        return pipe_.send(Frame::Taken, [&](Encoder& to) { to.number(status).number(taken); });
      }
      case Frame::Annotate: {
        const winnow_batch batch = reader_.read(from, tags_);
        return done(methods<winnow_annotator>().annotate(self_, &batch, &out));
      }
      case Frame::TakeRecords: {
        const winnow_batch batch = reader_.read(from, tags_);
        return done(methods<winnow_ranker>().take(self_, &batch));
      }
      case Frame::LearnLabels:
        return learnLabels(from);
      case Frame::Rank:
        return done(methods<winnow_ranker>().rank(self_, &out));
      case Frame::Write: {
        const winnow_sink sink{sizeof sink, 0, this, nextRecords, output};
        return done(methods<winnow_exporter>().write(self_, &sink));
      }
      default:
        throw Broken("a frame of an unknown type");
    }
  }

  void create(Decoder& from) {
    destroy();
    const std::string id(from.text());
    std::vector<winnow_setting> settings;
    for (std::uint32_t n = from.count(8); n > 0; --n) {
      const winnow_str name = from.str(), value = from.str();
      settings.push_back({name, value});
    }
    stage_ = nullptr;
    for (std::size_t i = 0; const winnow_stage* stage = plugin_.stage(i); ++i)
      if (view(stage->id) == id) stage_ = stage;
    if (stage_ == nullptr) throw Broken("there is no stage '" + id + "'");
    cancelRequested = false;
    self_ = stage_->create(&host_, settings.data(), settings.size());
    const winnow_reasons* own = nullptr;
    if (self_ != nullptr && stage_->extension != nullptr)
      own = static_cast<const winnow_reasons*>(stage_->extension(self_, WINNOW_EXT_REASONS));
    pipe_.send(Frame::Created, [&](Encoder& to) {
      to.number(static_cast<std::uint32_t>(self_ != nullptr ? 1 : 0));
      const std::size_t count = own == nullptr ? 0 : own->count(self_);
      to.number(static_cast<std::uint32_t>(count));
      for (std::size_t i = 0; i < count; ++i) encodeReason(to, own->get(self_, i));
      const winnow_survey* surveyed = survey();
      to.number(static_cast<std::uint32_t>(surveyed != nullptr ? 1 : 0));
      if (surveyed != nullptr) to.number(surveyed->space).number(surveyed->fewest);
    });
  }
  const winnow_survey* survey() const {
    if (self_ == nullptr || stage_->extension == nullptr || stage_->kind != WINNOW_MATCHER) return nullptr;
    return static_cast<const winnow_survey*>(stage_->extension(self_, WINNOW_EXT_SURVEY));
  }
  const winnow_survey& needSurvey() const {
    const winnow_survey* found = survey();
    if (found == nullptr) throw Broken("a survey of a stage that makes none");
    return *found;
  }
  void learn(Decoder& from) {
    std::vector<winnow_key> facts;
    for (std::uint32_t n = from.count(16); n > 0; --n) {
      const std::uint64_t record = from.u64();
      const std::uint32_t space = from.u32();
      facts.push_back({record, space, 0, from.str()});
    }
    done(needSurvey().learn(self_, facts.data(), facts.size()));
  }
  void learnLabels(Decoder& from) {
    std::vector<winnow_label> labels;
    for (std::uint32_t n = from.count(12); n > 0; --n) {
      const std::uint64_t record = from.u64();
      labels.push_back({record, from.u32(), 0});
    }
    done(methods<winnow_ranker>().learn(self_, labels.data(), labels.size()));
  }
  void destroy() {
    if (self_ != nullptr) stage_->destroy(self_);
    self_ = nullptr;
    documents_.clear();
    resources_.clear();
  }
  void done(winnow_status status) {
    pipe_.send(Frame::Done, [&](Encoder& to) { to.number(status); });
  }

  void probe(Decoder& from) {
    const winnow_str head = from.str(), name = from.str();
    winnow_probe found{sizeof found, 0, {}};
    const winnow_status status = methods<winnow_importer>().probe(self_, head, name, &found);
    pipe_.send(Frame::Probed, [&](Encoder& to) { to.number(status).number(found.confidence).text(found.dialect); });
  }
  void read(Decoder& from) {
    const std::string name(from.text());
    const winnow_source source{sizeof source, 0, this, str(name), from.u64(), nextChunk, emit, declare};
    done(methods<winnow_importer>().read(self_, &source));
  }
  void settle(Decoder& from, const winnow_out& out) {
    const winnow_batch batch = reader_.read(from, tags_);
    std::vector<winnow_pair> list;
    for (std::uint32_t n = from.count(36); n > 0; --n) {
      winnow_pair p{};
      p.left = from.u64();
      p.right = from.u64();
      p.rule = from.u32();
      p.maybe = from.u32();
      p.score = from.number<double>();
      p.note = from.str();
      list.push_back(p);
    }
    done(methods<winnow_matcher>().settle(self_, &batch, list.data(), list.size(), &out));
  }

  // ---- what the plugin calls

  static winnow_status WINNOW_CALL nextChunk(const winnow_source* source, winnow_str* chunk) {
    Server& self = *static_cast<Server*>(source->impl);
    self.pipe_.send(Frame::Next, [](Encoder&) {});
    Decoder from(self.pipe_.receive().payload);
    const auto status = from.number<winnow_status>();
    *chunk = from.str();
    return status;
  }
  static winnow_status WINNOW_CALL emit(const winnow_source* source, const winnow_batch* batch) {
    Server& self = *static_cast<Server*>(source->impl);
    self.pipe_.send(Frame::Emit, [&](Encoder& to) { self.writer_.write(to, *batch, self.tags_); });
    return cancelRequested ? WINNOW_CANCELLED : WINNOW_OK;
  }
  static winnow_status WINNOW_CALL declare(const winnow_source* source, const winnow_declaration* list,
                                           std::size_t count) {
    Server& self = *static_cast<Server*>(source->impl);
    self.pipe_.send(Frame::Bytes, [&](Encoder& to) {
      to.number(static_cast<std::uint32_t>(count));
      for (std::size_t i = 0; i < count; ++i)
        to.number(list[i].at.byte)
            .number(list[i].at.line)
            .number(list[i].at.column)
            .number(list[i].at.length)
            .number(list[i].kind);
    });
    return cancelRequested ? WINNOW_CANCELLED : WINNOW_OK;
  }
  static winnow_status WINNOW_CALL nextRecords(const winnow_sink* sink, const winnow_batch** batch) {
    Server& self = *static_cast<Server*>(sink->impl);
    self.pipe_.send(Frame::NextRecords, [](Encoder&) {});
    Decoder from(self.pipe_.receive().payload);
    const auto status = from.number<winnow_status>();
    if (status != WINNOW_OK) return status;
    self.batch_ = self.reader_.read(from, self.tags_);
    *batch = &self.batch_;
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL output(const winnow_sink* sink, winnow_str bytes) {
    Server& self = *static_cast<Server*>(sink->impl);
    self.pipe_.send(Frame::Output, [&](Encoder& to) { to.text(bytes); });
    return cancelRequested ? WINNOW_CANCELLED : WINNOW_OK;
  }
  static void WINNOW_CALL verdicts(const winnow_out* out, const winnow_verdict* list, std::size_t count) {
    static_cast<Server*>(out->impl)->pipe_.send(Frame::Verdicts, [&](Encoder& to) {
      to.number(static_cast<std::uint32_t>(count));
      for (std::size_t i = 0; i < count; ++i) {
        const winnow_verdict& v = list[i];
        to.number(v.record).number(v.action).number(v.reason).number(v.score).text(v.note);
        to.number(static_cast<std::uint32_t>(v.evidence_count));
        for (std::size_t k = 0; k < v.evidence_count; ++k) {
          const winnow_evidence& e = v.evidence[k];
          to.number(e.field).number(e.begin).number(e.size).text(e.label);
        }
      }
    });
  }
  static void WINNOW_CALL keys(const winnow_out* out, const winnow_key* list, std::size_t count) {
    static_cast<Server*>(out->impl)->pipe_.send(Frame::KeyList, [&](Encoder& to) {
      to.number(static_cast<std::uint32_t>(count));
      for (std::size_t i = 0; i < count; ++i) to.number(list[i].record).number(list[i].space).text(list[i].value);
    });
  }
  static void WINNOW_CALL pairs(const winnow_out* out, const winnow_pair* list, std::size_t count) {
    static_cast<Server*>(out->impl)->pipe_.send(Frame::Pairs, [&](Encoder& to) {
      to.number(static_cast<std::uint32_t>(count));
      for (std::size_t i = 0; i < count; ++i)
        to.number(list[i].left)
            .number(list[i].right)
            .number(list[i].rule)
            .number(list[i].maybe)
            .number(list[i].score)
            .text(list[i].note);
    });
  }

  static void WINNOW_CALL annotations(const winnow_out* out, const winnow_annotation* list, std::size_t count) {
    Server& self = *static_cast<Server*>(out->impl);
    self.pipe_.send(Frame::Annotations, [&](Encoder& to) {
      for (std::size_t i = 0; i < count; ++i) {
        self.writer_.introduce(list[i].tag);
        self.writer_.introduce(list[i].rule);
      }
      self.writer_.writeNames(to, self.tags_);
      to.number(static_cast<std::uint32_t>(count));
      for (std::size_t i = 0; i < count; ++i) {
        const winnow_annotation& a = list[i];
        to.number(a.record).number(a.tag).number(a.origin).number(a.begin).number(a.size).number(a.rule).text(a.value);
      }
    });
  }
  static void WINNOW_CALL scores(const winnow_out* out, const winnow_score* list, std::size_t count) {
    static_cast<Server*>(out->impl)->pipe_.send(Frame::Scores, [&](Encoder& to) {
      to.number(static_cast<std::uint32_t>(count));
      for (std::size_t i = 0; i < count; ++i) to.number(list[i].record).number(list[i].score).number(list[i].by_chance);
    });
  }

  static const void* WINNOW_CALL extension(const winnow_host*, const char* id) {
    static constexpr winnow_documents kDocuments{sizeof(winnow_documents), 0, document};
    static constexpr winnow_progress kProgress{sizeof(winnow_progress), 0, progress};
    static constexpr winnow_resources kResources{sizeof(winnow_resources), 0, resource};
    const std::string_view name = id;
    if (name == WINNOW_EXT_DOCUMENTS) return &kDocuments;
    if (name == WINNOW_EXT_PROGRESS) return &kProgress;
    if (name == WINNOW_EXT_RESOURCES) return &kResources;
    return nullptr;
  }
  static std::uint32_t WINNOW_CALL tag(const winnow_host* host, winnow_str name) {
    return of(host).tags_.number(view(name));
  }
  static void WINNOW_CALL diagnose(const winnow_host* host, const winnow_diagnostic* d) {
    of(host).pipe_.send(Frame::Diagnose, [&](Encoder& to) {
      to.number(d->severity).text(d->code).text(d->message).text(d->action);
      to.number(d->at.byte).number(d->at.line).number(d->at.column).number(d->at.length).number(d->record);
      to.text(d->option).text(d->stage);
    });
  }
  static winnow_str WINNOW_CALL tagName(const winnow_host* host, std::uint32_t tag) {
    return str(of(host).tags_.nameOrEmpty(tag));
  }
  static winnow_status WINNOW_CALL resource(const winnow_host* host, winnow_str name, winnow_str* bytes) {
    Server& self = of(host);
    *bytes = {};
    auto found = self.resources_.find(view(name));
    if (found == self.resources_.end()) {
      self.pipe_.send(Frame::WantResource, [&](Encoder& to) { to.text(name); });
      Decoder from(self.pipe_.receive(self.aside_).payload);
      if (from.number<winnow_status>() != WINNOW_OK) return WINNOW_FAILED;
      found = self.resources_.emplace(std::string(view(name)), std::string(from.text())).first;
    }
    *bytes = str(found->second);
    return WINNOW_OK;
  }
  static std::int32_t WINNOW_CALL cancelled(const winnow_host*) { return cancelRequested ? 1 : 0; }
  static winnow_str WINNOW_CALL document(const winnow_host* host, winnow_str name) {
    Server& self = of(host);
    for (const auto& [known, text] : self.documents_)
      if (known == view(name)) return str(text);
    self.pipe_.send(Frame::Document, [&](Encoder& to) { to.text(name); });
    Decoder from(self.pipe_.receive(self.aside_).payload);
    self.documents_.emplace_back(std::string(view(name)), std::string(from.text()));
    return str(self.documents_.back().second);
  }
  static void WINNOW_CALL progress(const winnow_host* host, winnow_str what, std::uint64_t done, std::uint64_t total) {
    of(host).pipe_.send(Frame::Progress, [&](Encoder& to) { to.text(what).number(done).number(total); });
  }

  const winnow_plugin& plugin_;
  Connection& pipe_;
  winnow_host host_;
  TagTable tags_;
  BatchReader reader_;
  BatchWriter writer_;
  const winnow_stage* stage_ = nullptr;
  void* self_ = nullptr;
  winnow_batch batch_{};
  Buffer aside_;
  std::deque<std::pair<std::string, std::string>> documents_;
  std::map<std::string, std::string, std::less<>> resources_;
};

/// What a worker was started with.
struct Given {
  std::filesystem::path file;
  Limits limits;
  bool mayBeWeak = false;
};

std::optional<Given> given(int argc, char** argv) {
  if (argc != 6) return std::nullopt;
  return Given{argv[2], {std::atoi(argv[3]), std::atoi(argv[4])}, std::string_view(argv[5]) == kWeak};
}

/// Tells the host what is in force, and ends the process if that is not enough.
void report(const Confinement& so, bool mayBeWeak) {
  std::string text;
  for (const std::string& name : so.active) text += "active " + name + "\n";
  for (const Missing& m : so.missing) text += "missing " + m.name + " " + m.why + "\n";
  const bool goesOn = so.missing.empty() || mayBeWeak;
  if (goesOn) text += "ready\n";
  const bool isTold = ::write(kStatus, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(kStatus);
  if (!goesOn || !isTold) ::_exit(3);
}

/// Opens kLibrary anew, so that its position is shared with no other worker.
void reopenLibrary() {
  const std::string path = "/proc/self/fd/" + std::to_string(kLibrary);
  const int own = ::open(path.c_str(), O_RDONLY);
  if (own < 0 || ::dup2(own, kLibrary) < 0) ::_exit(2);
  ::close(own);
}

/// The libraries that it is linked with are the system's: they are loaded while files can still be opened, so that its
/// own loading opens nothing. The refusal, empty if they are there.
std::string loadNeeded() {
  const auto facts = readElf(kLibrary);
  if (const auto* fault = std::get_if<std::string>(&facts)) return *fault;
  for (const std::string& name : std::get<ElfFacts>(facts).needed) {
    const bool isPath = name.find('/') != std::string::npos;
    if (isPath || ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL) == nullptr)
      return "needs the library '" + name +
             "', which is not among the system's; a plugin is one file, so link it in (" +
             (isPath ? std::string("it is named by a path") : std::string(::dlerror())) + ")";
  }
  return {};
}

/// Loads the library under its own name although nothing can be opened any more.
std::variant<const winnow_plugin*, Refusal> loadConfined(const Given& start) {
  reopenLibrary();
  Confinement so;
  const std::string path = start.file.string();
  const bool isAnswered = openInsteadOf(path, kLibrary);
  std::vector<Permitted> paths = libraryFolders();
  if (!isAnswered || start.mayBeWeak) paths.push_back({start.file, Reach::Read});  // the kernel opens it, by descriptor
  confineResources(start.limits, paths, so);
  std::string refusal = loadNeeded();
  confineCalls(Task::Library, so);
  report(so, start.mayBeWeak);
  if (!refusal.empty()) return Refusal{std::move(refusal)};
  // Without the list of calls nothing answers for its name; a copy in memory opens under the name of its descriptor.
  const bool hasList = std::find(so.active.begin(), so.active.end(), "seccomp") != so.active.end();
  const std::filesystem::path opened = "/proc/self/fd/" + std::to_string(kLibrary);
  return loadLibrary(kLibrary, isAnswered && hasList ? start.file : opened);
}

}  // namespace

int workerMain(int argc, char** argv) {
  dieWithParent();
  const auto start = given(argc, argv);
  if (!start) return 2;
  forgetCaller(kLastDescriptor);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGTERM, cancelWorker);
  // What a plugin prints must not become a frame: it goes to standard error.
  const int in = ::fcntl(0, F_DUPFD_CLOEXEC, kLastDescriptor + 1),
            out = ::fcntl(1, F_DUPFD_CLOEXEC, kLastDescriptor + 1);
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (in < 0 || out < 0 || ::dup2(nothing, 0) < 0 || ::dup2(2, 1) < 0) return 2;
  ::close(nothing);
  Connection pipe(in, out);
  const auto loaded = loadConfined(*start);
  if (pipe.receive().type != Frame::Hello) return 2;
  if (const auto* refusal = std::get_if<Refusal>(&loaded)) {
    pipe.send(Frame::Refused, [&](Encoder& to) { to.text(std::string_view(refusal->reason)); });
    pipe.flush();
    ::_exit(0);
  }
  Server server(*std::get<const winnow_plugin*>(loaded), pipe);
  server.declare();
  server.serve();
}

int execMain(int argc, char** argv) {
  dieWithParent();
  const auto start = given(argc, argv);
  if (!start) return 2;
  forgetCaller(kLastDescriptor);
  reopenLibrary();
  const std::vector<std::string> words = commandOf(kLibrary, start->file);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::vector<Permitted> paths = libraryFolders();
  for (const char* folder : {"/usr", "/bin", "/lib", "/lib64"}) paths.push_back({folder, Reach::ReadAndRun});
  for (const char* file : {"/dev/null", "/dev/urandom", "/etc/localtime"}) paths.push_back({file, Reach::Read});
  paths.push_back({start->file.parent_path(), Reach::Read});
  Confinement so;
  confineResources(start->limits, paths, so);
  confineCalls(Task::Program, so);
  report(so, start->mayBeWeak);
  startOnce(arguments.front(), arguments.data(), environ);
  ::_exit(127);
}

}  // namespace winnow::plugins::worker
