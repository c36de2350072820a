#include "WriteOutput.hpp"

#include <algorithm>
#include <exception>

#include <winnow/plugin.hpp>

#include "engine/stages/Stages.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

namespace {

using BatchesOf = std::function<const winnow_batch&(const std::vector<RecordId>&)>;

/// The host's end of one export: hands records over, takes bytes in.
class Writing {
 public:
  Writing(const std::vector<RecordId>& ids, const BatchesOf& batch, io::AtomicFile& file)
      : ids_(ids), batch_(batch), file_(file), sink_{sizeof sink_, 0, this, next, write} {}

  const winnow_sink& sink() const noexcept { return sink_; }
  std::exception_ptr failure() const noexcept { return failure_; }
  const std::string& seal() { return file_.seal(); }
  void commit() { file_.commit(); }

 private:
  static Writing& of(const winnow_sink* sink) { return *static_cast<Writing*>(sink->impl); }
  static winnow_status WINNOW_CALL next(const winnow_sink* sink, const winnow_batch** batch) {
    Writing& self = of(sink);
    return self.guarded([&] {
      if (plugins::cancelRequested()) return winnow_status{WINNOW_CANCELLED};
      if (self.at_ >= self.ids_.size()) return winnow_status{WINNOW_END};
      const std::size_t end = std::min(self.at_ + plugins::kRecordsAtOnce, self.ids_.size());
      const std::vector<RecordId> part(self.ids_.begin() + static_cast<std::ptrdiff_t>(self.at_),
                                       self.ids_.begin() + static_cast<std::ptrdiff_t>(end));
      self.at_ = end;
      *batch = &self.batch_(part);
      return winnow_status{WINNOW_OK};
    });
  }
  static winnow_status WINNOW_CALL write(const winnow_sink* sink, winnow_str bytes) {
    Writing& self = of(sink);
    return self.guarded([&] {
      self.file_.write(view(bytes));
      return winnow_status{WINNOW_OK};
    });
  }
  /// Nothing of ours is thrown through a plugin.
  template <class Work>
  winnow_status guarded(Work&& work) noexcept {
    if (failure_) return WINNOW_FAILED;
    try {
      return work();
    } catch (...) {
      failure_ = std::current_exception();
      return WINNOW_FAILED;
    }
  }

  const std::vector<RecordId>& ids_;
  const BatchesOf& batch_;
  io::AtomicFile& file_;
  winnow_sink sink_;
  std::size_t at_ = 0;
  std::exception_ptr failure_;
};

/// Runs one exporter into one file.
void runExporter(const plugins::StageEntry& entry, const plugins::SettingList& settings, const Documents& documents,
                 plugins::TagTable& tags, const io::DiagnosticSink& tell, const std::vector<RecordId>& ids,
                 const BatchesOf& batch, io::AtomicFile& file, const BeforeInPlace& before) {
  plugins::Services services(tags);
  for (const auto& [name, text] : documents) services.provide(name, text);
  services.onDiagnostic([&](const winnow_diagnostic& d) {
    io::Diagnostic told = unlocated(d);
    told.file = file.target().filename().string();
    tell(told);
  });
  plugins::Instance instance(entry.stage, settings, services);
  Writing writing(ids, batch, file);
  const winnow_status status = instance.write(writing.sink());
  if (writing.failure()) std::rethrow_exception(writing.failure());
  if (status == WINNOW_CANCELLED) throw Error("cancelled");
  if (status != WINNOW_OK)
    throw Error("plugin '" + std::string(view(entry.stage->id)) + "' could not write '" + file.target().string() + "'" +
                (services.lastError().empty() ? "" : ": " + services.lastError()));
  if (before) before(writing.seal(), services.asked());
  writing.commit();
}

}  // namespace

void writeOutput(const Workspace& work, const std::string& plugin, const plugins::SettingList& settings,
                 const Documents& documents, const std::vector<RecordId>& ids, Views& views, bool merged,
                 const ExtraFields& extra, io::AtomicFile& file, const BeforeInPlace& before) {
  const plugins::StageEntry& entry = work.stage(plugin);
  const bool withRaw = (entry.stage->flags & WINNOW_WANTS_RAW) != 0;
  const BatchesOf batch = [&](const std::vector<RecordId>& part) -> const winnow_batch& {
    return merged ? views.merged(part, withRaw, extra) : views.single(part, withRaw, extra);
  };
  Documents given = documents;
  given.merge(filesOf(work.review.folder, *entry.stage, settings));
  runExporter(entry, settings, given, work.tags, work.tell, ids, batch, file, before);
}

void drawDocument(const plugins::StageEntry& entry, const plugins::SettingList& settings, const Documents& documents,
                  plugins::TagTable& tags, const io::DiagnosticSink& tell, io::AtomicFile& file) {
  static constexpr winnow_batch kNone{sizeof(winnow_batch), 0, nullptr, 0};
  runExporter(entry, settings, documents, tags, tell, {},
              [](const std::vector<RecordId>&) -> const winnow_batch& { return kNone; }, file, {});
}

}  // namespace winnow::engine
