// winnow convert: one or more files into another format, without a review.
#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include <boost/program_options.hpp>

#include "CommandLine.hpp"
#include "StageSettings.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kConvertHelp =
    "Reads by content (or --from) and writes with an exporter. Problems go to standard error, or as JSON lines to the\n"
    "file named by --diagnostics.\n  $ winnow convert scopus.csv --to ris -o scopus.ris\n";

/// Records that own their bytes, in blocks: a value is copied once and freed with its batch.
struct OwnedBatch {
  std::vector<std::unique_ptr<char[]>> blocks;
  std::size_t used = kBlock;  ///< of the last block
  std::vector<winnow_field> fields;
  std::vector<winnow_record> records;

  winnow_str keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > kBlock - std::min(used, kBlock)) {
      blocks.push_back(std::make_unique_for_overwrite<char[]>(std::max(kBlock, text.size())));
      used = 0;
    }
    char* place = blocks.back().get() + used;
    std::memcpy(place, text.data(), text.size());
    used += text.size();
    return {place, text.size()};
  }
  void add(std::uint32_t tag, std::string_view text) {
    if (text.empty()) return;
    fields.push_back({tag, WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, keep(text), 0, 0});
  }
  winnow_batch view() {
    const winnow_field* field = fields.data();
    for (winnow_record& record : records) {
      record.fields = field;
      field += record.field_count;
    }
    return {sizeof(winnow_batch), 0, records.data(), records.size()};
  }

 private:
  static constexpr std::size_t kBlock = 64 << 10;
};

/// Hands batches from the reading thread to the writing one; bounded, so that memory does not depend on the input.
class BatchQueue {
 public:
  /// False: the reader of the queue has given up.
  bool push(OwnedBatch&& batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return batches_.size() < kMost || abandoned_; });
    if (abandoned_) return false;
    batches_.push_back(std::move(batch));
    changed_.notify_all();
    return true;
  }
  /// False: no more will come.
  bool pop(OwnedBatch& batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !batches_.empty() || closed_; });
    if (batches_.empty()) return false;
    batch = std::move(batches_.front());
    batches_.pop_front();
    changed_.notify_all();
    return true;
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  void abandon() {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t kMost = 8;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<OwnedBatch> batches_;
  bool closed_ = false, abandoned_ = false;
};

/// Diagnostics of both threads, one at a time.
class DiagnosticFile {
 public:
  DiagnosticFile(Context& context, const std::string& path) : console_(context.console) {
    if (!path.empty()) file_ = context.outputs.open(path, io::NamedBy::CommandLine);
  }
  void tell(const io::Diagnostic& d) {
    const std::lock_guard lock(mutex_);
    errors_ += d.severity == io::Severity::Error ? 1 : 0;
    if (!file_) return console_.tell(d);
    try {
      file_->write(io::renderJson(d) + "\n");
    } catch (...) {  // a plugin stands between here and those who catch
      if (!failure_) failure_ = std::current_exception();
    }
  }
  std::uint64_t errors() const noexcept { return errors_; }
  /// Puts what was reported into place, also when the work failed: it says why.
  void finish() {
    if (failure_) std::rethrow_exception(failure_);
    if (file_) file_->commit();
  }

 private:
  Console& console_;
  std::mutex mutex_;
  std::unique_ptr<io::AtomicFile> file_;
  std::exception_ptr failure_;
  std::uint64_t errors_ = 0;
};

/// Thrown in the reading thread when the writing side has given up.
struct Abandoned {};

/// The reading side: every input through its importer into the queue.
class Reader {
 public:
  Reader(Context& context, DiagnosticFile& diagnostics, BatchQueue& queue, std::vector<engine::ReadRequest> requests,
         bool withRaw)
      : context_(context),
        diagnostics_(diagnostics),
        queue_(queue),
        requests_(std::move(requests)),
        withRaw_(withRaw),
        file_(context.tags.number(tags::kRecordFile)),
        line_(context.tags.number(tags::kRecordLine)),
        byte_(context.tags.number(tags::kRecordByte)),
        importer_(context.tags.number(tags::kRecordImporter)),
        dialect_(context.tags.number(tags::kRecordDialect)) {}

  void run() noexcept {
    try {
      for (const engine::ReadRequest& request : requests_) readOne(request);
      flush();
    } catch (const Abandoned&) {  // the writing side has its own reason
    } catch (...) {
      failure = std::current_exception();
    }
    queue_.close();
  }

  /// Records read. After the thread has ended.
  std::uint64_t count() const noexcept { return count_; }

  std::exception_ptr failure;

 private:
  /// Standard input can be read once only, so the file is detected and read through one stream.
  void readOne(const engine::ReadRequest& request) {
    engine::readFile(
        request, context_.catalogue(), context_.tags, [&](const io::Diagnostic& d) { diagnostics_.tell(d); },
        [&](const engine::ReadRecord& record) { take(record, request); });
  }

  void take(const engine::ReadRecord& read, const engine::ReadRequest& request) {
    const std::size_t first = batch_.fields.size();
    for (std::size_t i = 0; i < read.record.field_count; ++i) {
      winnow_field field = read.record.fields[i];
      if (!withRaw_ && (field.flags & WINNOW_FIELD_RAW) != 0) continue;
      bytes_ += field.value.size;
      field.value = batch_.keep(view(field.value));
      if (!withRaw_) field.origin = WINNOW_NONE;
      batch_.fields.push_back(field);
    }
    batch_.add(file_, request.shownName);
    batch_.add(line_, std::to_string(read.record.at.line));
    batch_.add(byte_, std::to_string(read.byte));
    batch_.add(importer_, view(read.detection.entry->stage->id));
    batch_.add(dialect_, read.detection.dialect);
    batch_.records.push_back({++count_, nullptr, batch_.fields.size() - first, read.record.at});
    if (batch_.records.size() >= kBatch || bytes_ >= kBatchBytes) flush();
  }

  void flush() {
    if (batch_.records.empty()) return;
    if (!queue_.push(std::move(batch_))) throw Abandoned{};
    batch_ = OwnedBatch{};
    bytes_ = 0;
  }

  static constexpr std::size_t kBatch = 128, kBatchBytes = 512 << 10;
  Context& context_;
  DiagnosticFile& diagnostics_;
  BatchQueue& queue_;
  std::vector<engine::ReadRequest> requests_;
  bool withRaw_;
  std::uint32_t file_, line_, byte_, importer_, dialect_;
  OwnedBatch batch_;
  std::size_t bytes_ = 0;  ///< of texts in the batch
  std::uint64_t count_ = 0;
};

/// The writing side's sink.
struct Output {
  BatchQueue& queue;
  std::unique_ptr<io::AtomicFile> file;
  OwnedBatch owned;
  winnow_batch batch{};
  std::exception_ptr failure;

  static Output& of(const winnow_sink* sink) { return *static_cast<Output*>(sink->impl); }
  static winnow_status WINNOW_CALL next(const winnow_sink* sink, const winnow_batch** batch) {
    Output& self = of(sink);
    if (plugins::cancelRequested()) return WINNOW_CANCELLED;
    if (!self.queue.pop(self.owned)) return WINNOW_END;
    self.batch = self.owned.view();
    *batch = &self.batch;
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL write(const winnow_sink* sink, winnow_str bytes) {
    Output& self = of(sink);
    try {
      self.file->write(view(bytes));
      return WINNOW_OK;
    } catch (...) {
      self.failure = std::current_exception();
      return WINNOW_FAILED;
    }
  }
};

/// What to read, protected from being written over.
std::vector<engine::ReadRequest> requestsOf(Context& context, const po::variables_map& values) {
  if (values.count("input") == 0) throw UsageError("no input; 'winnow convert --help' shows how");
  const NamedImporter importer = namedImporter(context, values);
  std::vector<engine::ReadRequest> requests;
  for (const std::string& input : wordsOf(values, "input")) {
    if (input != "-") context.outputs.protect(input, io::FileRole::Input);
    requests.push_back({input, input, importer.id, importer.settings, {}, importer.encoding});
  }
  return requests;
}

/// Reads in one thread and writes in this one.
void work(Context& context, const po::variables_map& values, DiagnosticFile& diagnostics,
          const std::vector<engine::ReadRequest>& inputs) {
  std::vector<engine::ReadRequest> requests;
  for (const engine::ReadRequest& input : inputs)
    for (engine::ReadRequest& request : engine::readable(input, context.catalogue(), context.tags,
                                                         [&](const io::Diagnostic& d) { diagnostics.tell(d); }))
      requests.push_back(std::move(request));
  const plugins::StageEntry& exporter = requiredStage(context, stageId("exporters.", valueOf(values, "to")), "--to");
  BatchQueue queue;
  Output output{queue, context.outputs.open(valueOf(values, "output"), io::NamedBy::CommandLine), {}, {}, {}};
  Reader reader(context, diagnostics, queue, std::move(requests), (exporter.stage->flags & WINNOW_WANTS_RAW) != 0);
  plugins::Services services(context.tags);
  services.onDiagnostic([&](const winnow_diagnostic& d) { diagnostics.tell(engine::unlocated(d)); });
  const plugins::SettingList settings = settingsOf(*exporter.stage, wordsOf(values, "set"));
  engine::provideFiles(services, {}, *exporter.stage, settings);
  plugins::Instance instance(exporter.stage, settings, services);
  std::thread thread([&] { reader.run(); });
  const winnow_sink sink{sizeof sink, 0, &output, Output::next, Output::write};
  winnow_status status = WINNOW_FAILED;
  try {
    status = instance.write(sink);
  } catch (...) {
    output.failure = std::current_exception();
  }
  queue.abandon();
  thread.join();
  if (output.failure) std::rethrow_exception(output.failure);
  if (status == WINNOW_CANCELLED) throw Error("cancelled");
  if (status != WINNOW_OK)
    throw Error("plugin '" + std::string(view(exporter.stage->id)) + "' gave up: " + services.lastError());
  if (reader.failure) std::rethrow_exception(reader.failure);
  const std::string target = valueOf(values, "output");
  if (reader.count() == 0 && diagnostics.errors() != 0 && !target.empty() && target != "-")
    throw Error("no record was read, so '" + target + "' is left as it was");
  output.file->commit();
}

int convert(Context& context, const po::variables_map& values) {
  const std::vector<engine::ReadRequest> inputs = requestsOf(context, values);
  DiagnosticFile diagnostics(context, valueOf(values, "diagnostics"));
  try {
    work(context, values, diagnostics, inputs);
  } catch (const UsageError&) {  // nothing was read: what stands in the file is of an earlier time, and stays
    throw;
  } catch (...) {
    try {
      diagnostics.finish();
    } catch (...) {  // why the work failed is what people must know
    }
    throw;
  }
  diagnostics.finish();
  return diagnostics.errors() == 0 ? Done : WorkFailed;
}

}  // namespace

Command convertCommand() {
  return {"convert",
          "INPUT... --to FORMAT [-o FILE]",
          "Turn export files into another format",
          kConvertHelp,
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::vector<std::string>>(), "files; - is standard input")(
                "to", po::value<std::string>()->required(), "exporter: ris, endnote-xml, csl-json, csv ...")(
                "output,o", po::value<std::string>()->default_value("-"), "file to write; - is standard output")(
                "diagnostics", po::value<std::string>(), "write what is wrong as JSON lines")(
                "set", po::value<std::vector<std::string>>(), "an option of the exporter, name=value (repeatable)");
            addImporterOptions(options);
          },
          {"input"},
          convert};
}

}  // namespace winnow::cli
