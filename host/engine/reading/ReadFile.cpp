#include "ReadFile.hpp"

#include <algorithm>
#include <exception>
#include <memory>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>

#include "UnknownFile.hpp"
#include "engine/stages/Stages.hpp"
#include "io/BoundedDiagnostics.hpp"
#include "io/Error.hpp"
#include "io/InputStream.hpp"
#include "io/Listed.hpp"

namespace winnow::engine {

namespace {

io::Diagnostic fileProblem(const ReadRequest& request, io::Severity severity, std::string code, std::string message,
                           std::string action) {
  io::Diagnostic d;
  d.severity = severity;
  d.code = std::move(code);
  d.message = std::move(message);
  d.action = std::move(action);
  d.file = request.shownName;
  d.line = 1;
  d.column = 1;
  return d;
}

io::Diagnostic fileError(const ReadRequest& request, std::string code, std::string message, std::string action) {
  return fileProblem(request, io::Severity::Error, std::move(code), std::move(message), std::move(action));
}

/// The host's end of one reading: hands bytes over, takes records in, checks them.
class Reading {
 public:
  Reading(const ReadRequest& request, io::InputStream& input, const std::function<void(const ReadRecord&)>& each,
          const std::function<void(std::uint64_t, std::uint64_t)>& progress, const Detection& detection,
          plugins::TagTable& tags)
      : request_(request),
        input_(input),
        each_(each),
        progress_(progress),
        detection_(detection),
        importer_(view(detection.entry->stage->id)),
        fields_(tags, (detection.entry->stage->flags & WINNOW_FILLED_IN) != 0),
        account_([this](std::uint64_t byte, std::uint64_t length) { return input_.slice(byte, length); }),
        source_{sizeof source_, 0, this, str(request.shownName), input.size(), next, emit, declare} {}

  /// Counts what the importer left: to the end of the source, unless it gave up.
  void finish(bool failed) {
    accounting([&] {
      account_.finish(input_.position(), failed);
      while (!failed && !input_.next().empty()) {
        input_.release(account_.releasable());
        account_.finish(input_.position(), false);
      }
    });
  }

  const winnow_source& source() const noexcept { return source_; }
  const io::ByteAccount& account() const noexcept { return account_; }
  const FieldCounts& fields() const noexcept { return fields_; }
  std::uint64_t untitled() const noexcept { return untitled_; }
  std::uint64_t records() const noexcept { return records_; }
  std::uint32_t lastLine() const noexcept { return lastLine_; }
  std::exception_ptr failure() const noexcept { return failure_; }
  static constexpr std::uint64_t kFewUntitled = 3;  ///< records that are reported one by one
  /// Of the first of them: kFewUntitled and one more.
  const std::vector<io::Diagnostic>& untitledPlaces() const noexcept { return untitledPlaces_; }
  /// Why the file was not read further, empty if it was.
  const std::string& tooLong() const noexcept { return tooLong_; }

 private:
  static Reading& of(const winnow_source* source) { return *static_cast<Reading*>(source->impl); }

  static winnow_status WINNOW_CALL next(const winnow_source* source, winnow_str* chunk) {
    Reading& self = of(source);
    return self.guarded([&] {
      if (plugins::cancelRequested()) return winnow_status{WINNOW_CANCELLED};
      if (!self.tooLong_.empty()) return winnow_status{WINNOW_FAILED};
      std::string_view bytes;
      try {
        bytes = self.input_.next();
      } catch (const io::RecordTooLong& why) {  // the importer may still send the records before it
        self.tooLong_ = why.what();
        return winnow_status{WINNOW_FAILED};
      }
      *chunk = str(bytes);
      if (self.progress_) self.progress_(self.input_.bytesRead(), self.input_.size());
      return bytes.empty() ? winnow_status{WINNOW_END} : winnow_status{WINNOW_OK};
    });
  }
  static winnow_status WINNOW_CALL emit(const winnow_source* source, const winnow_batch* batch) {
    Reading& self = of(source);
    return self.guarded([&] {
      for (std::size_t i = 0; i < batch->count; ++i) self.take(batch->records[i]);
      self.release();
      return winnow_status{WINNOW_OK};
    });
  }
  static winnow_status WINNOW_CALL declare(const winnow_source* source, const winnow_declaration* list,
                                           std::size_t count) {
    Reading& self = of(source);
    return self.guarded([&] {
      self.accounting([&] {
        for (std::size_t i = 0; i < count; ++i) self.account_.declare(list[i], self.input_.position());
      });
      if (self.input_.kept() > kMostKept) self.release();
      return winnow_status{WINNOW_OK};
    });
  }
  /// Nothing of ours is thrown through a plugin: the exception waits until read() has returned.
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

  void take(const winnow_record& record) {
    check(record);
    ++records_;
    accounting([&] { account_.take(record.at, input_.position()); });
    if (!fields_.add(record)) tellUntitled(record);
    const std::string_view raw = input_.slice(record.at.byte, record.at.length);
    const std::uint64_t begin = input_.originalByte(record.at.byte);
    each_({record, raw, begin, input_.originalByte(record.at.byte + record.at.length) - begin, records_, detection_});
    lastLine_ = record.at.line;
  }

  void tellUntitled(const winnow_record& record) {
    ++untitled_;
    if (untitledPlaces_.size() > kFewUntitled) return;
    io::Diagnostic d =
        fileProblem(request_, io::Severity::Warning, "record.no-title", "the record has no title", "kept");
    d.line = record.at.line;
    d.column = std::max(record.at.column, 1u);
    d.record = records_;
    untitledPlaces_.push_back(std::move(d));
  }

  void release() {
    accounting([&] { input_.release(account_.releasable()); });
  }

  void check(const winnow_record& record) const {
    if (record.at.line == 0 || record.at.length == 0) throw Error(blame() + "emitted a record without its place");
    for (std::size_t i = 0; i < record.field_count; ++i) {
      const winnow_field& field = record.fields[i];
      const bool fromRaw = field.origin == WINNOW_NONE || field.origin < record.field_count;
      if (field.tag == 0 || !fromRaw)
        throw Error(blame() + "emitted a field without a tag or with an origin that is no field");
    }
  }
  /// What the account refuses is the plugin's fault.
  template <class Work>
  void accounting(Work&& work) const {
    try {
      work();
    } catch (const Error& error) {
      throw Error(blame() + error.what());
    }
  }
  std::string blame() const {
    return "plugin '" + importer_ + "', in '" + request_.shownName + "' at record " +
           std::to_string(std::max<std::uint64_t>(records_, 1)) + ", ";
  }

  static constexpr std::uint64_t kMostKept = 2 << 20;

  const ReadRequest& request_;
  io::InputStream& input_;
  const std::function<void(const ReadRecord&)>& each_;
  const std::function<void(std::uint64_t, std::uint64_t)>& progress_;
  const Detection& detection_;
  std::string importer_;
  FieldCounts fields_;
  io::ByteAccount account_;
  winnow_source source_;
  std::uint64_t records_ = 0, untitled_ = 0;
  std::vector<io::Diagnostic> untitledPlaces_;
  std::uint32_t lastLine_ = 1;
  std::exception_ptr failure_;
  std::string tooLong_;
};

/// Hands records of a sheet over with the rows of the sheet for lines.
class RowLines {
 public:
  RowLines(const io::InputStream& input, const std::function<void(const ReadRecord&)>& each)
      : input_(input), each_(each), withRows_([this](const ReadRecord& read) { hand(read); }) {}
  const std::function<void(const ReadRecord&)>& each() const noexcept { return withRows_; }

 private:
  void hand(const ReadRecord& read) const {
    if (input_.originalLine(kFar) == kFar) return each_(read);
    winnow_record record = read.record;
    std::vector<winnow_field> fields(record.fields, record.fields + record.field_count);
    for (winnow_field& field : fields) field.line = input_.originalLine(field.line);
    record.fields = fields.data();
    record.at.line = input_.originalLine(record.at.line);
    each_({record, read.raw, read.byte, read.size, read.ordinal, read.detection});
  }
  static constexpr std::uint32_t kFar = 1u << 30;  ///< beyond every sheet
  const io::InputStream& input_;
  const std::function<void(const ReadRecord&)>& each_;
  std::function<void(const ReadRecord&)> withRows_;
};

bool wantsBytes(const winnow_stage& stage) { return (stage.flags & WINNOW_WANTS_BYTES) != 0; }

/// The first bytes of the file as it lies there.
std::string headOfBytes(const ReadRequest& request) {
  return std::string(io::InputStream(request.file, request.member, {}, io::Contents::Bytes).head());
}

/// Standard input and pipes are read once: nobody can be shown their bytes and their text.
bool isReadTwice(const ReadRequest& request) {
  std::error_code ignored;
  return request.file != "-" && std::filesystem::is_regular_file(request.file, ignored);
}

io::Diagnostic fromPlugin(const winnow_diagnostic& diagnostic, const std::string& file) {
  io::Diagnostic d = unlocated(diagnostic);
  d.file = file;
  d.line = diagnostic.at.line;
  d.column = diagnostic.at.line != 0 && diagnostic.at.column == 0 ? 1 : diagnostic.at.column;
  d.record = diagnostic.record;
  return d;
}

/// Those importers that take text, or those that take bytes, that claim the first bytes.
std::vector<Detection> claims(const ReadRequest& request, io::Contents contents, std::string_view head,
                              const plugins::Catalogue& catalogue, plugins::TagTable& tags,
                              const io::DiagnosticSink& tell) {
  std::vector<Detection> list;
  for (const plugins::StageEntry& entry : catalogue.stages()) {
    if (entry.stage->kind != WINNOW_IMPORTER) continue;
    if (wantsBytes(*entry.stage) != (contents == io::Contents::Bytes)) continue;
    plugins::Services services(tags);
    services.onDiagnostic([&](const winnow_diagnostic& d) {
      if (tell && view(d.code).substr(0, 7) == "worker.")
        tell(fromPlugin(d, request.shownName));  // a probe itself has nothing to tell
    });
    plugins::Instance instance(entry.stage, defaultSettings(*entry.stage), services);
    const winnow_probe found = instance.probe(head, request.shownName);
    if (found.confidence != 0) list.push_back({&entry, std::string(view(found.dialect)), found.confidence});
  }
  return list;
}

std::vector<Detection> claimsOfBytes(const ReadRequest& request, const plugins::Catalogue& catalogue,
                                     plugins::TagTable& tags, const io::DiagnosticSink& tell) {
  const auto& stages = catalogue.stages();
  const bool hasAny = std::any_of(stages.begin(), stages.end(), [](const plugins::StageEntry& entry) {
    return entry.stage->kind == WINNOW_IMPORTER && wantsBytes(*entry.stage);
  });
  if (!hasAny || !isReadTwice(request)) return {};
  return claims(request, io::Contents::Bytes, headOfBytes(request), catalogue, tags, tell);
}

void sortBySureness(std::vector<Detection>& list) {
  std::stable_sort(list.begin(), list.end(),
                   [](const Detection& a, const Detection& b) { return a.confidence > b.confidence; });
}

/// "3 lines are", "this line is".
std::string subject(std::uint32_t lines) { return lines == 1 ? "this line is" : std::to_string(lines) + " lines are"; }

/// The first line of a stretch, as far as it fits into a message.
std::string firstLine(std::string_view text) {
  constexpr std::size_t kMost = 60;
  text = text.substr(0, text.find_first_of("\r\n"));
  return std::string(formats::beginning(text, kMost)) + (text.size() > kMost ? "..." : "");
}

/// "MEDLINE text (nbib)": what the importer that knows a stretch of bytes says of itself; empty if none does.
std::string formatOf(const ReadRequest& request, std::string_view text, const plugins::Catalogue& catalogue,
                     plugins::TagTable& tags) {
  std::vector<Detection> list = claims(request, io::Contents::Text, text, catalogue, tags, {});
  sortBySureness(list);
  if (list.empty()) return {};
  const winnow_stage& stage = *list.front().entry->stage;
  plugins::Services services(tags);
  for (const plugins::FormatEntry& f : plugins::Instance(&stage, defaultSettings(stage), services).formats())
    if (f.dialect.empty() || f.dialect == list.front().dialect) return f.title;
  return std::string(view(stage.id));
}

/// The byte law: what is in no record and was not declared is an error, each stretch at its place.
void tellUnaccounted(const ReadRequest& request, const io::ByteAccount& account, const plugins::Catalogue& catalogue,
                     plugins::TagTable& tags, const io::DiagnosticSink& tell) {
  for (const io::Unaccounted& stretch : account.unaccounted()) {
    const std::string format = formatOf(request, stretch.text, catalogue, tags);
    io::Diagnostic d =
        fileError(request, "source.unaccounted",
                  subject(stretch.lines) + " in no record, and nothing tells what " +
                      (stretch.lines == 1 ? "it is" : "they are") + ": '" + firstLine(stretch.text) + "'",
                  format.empty() ? "not imported; correct or delete what stands there, or export again"
                                 : "not imported; this reads like " + format + ": put it into a file of its own");
    d.line = stretch.line;
    d.column = stretch.column;
    tell(d);
  }
  if (account.stretchCount() > account.unaccounted().size())
    tell(fileError(request, "source.unaccounted",
                   std::to_string(account.stretchCount() - account.unaccounted().size()) +
                       " more places hold text that is in no record",
                   "not imported; correct the places above first"));
}

/// A few records without a title are reported one by one, many in one line with the place of the first.
void tellUntitled(const Reading& reading, const io::DiagnosticSink& tell) {
  const std::vector<io::Diagnostic>& places = reading.untitledPlaces();
  if (reading.untitled() <= Reading::kFewUntitled) {
    for (const io::Diagnostic& one : places) tell(one);
    return;
  }
  io::Diagnostic first = places.front();
  first.message = "this record and " + std::to_string(reading.untitled() - 1) + " more of " +
                  std::to_string(reading.records()) + " have no title";
  tell(first);
}

/// Headings that mean something and were not understood, and files of which much was not.
void tellFields(const ReadRequest& request, const Reading& reading, const io::DiagnosticSink& tell) {
  const FieldCounts& fields = reading.fields();
  tellUntitled(reading, tell);
  for (const FieldCounts::Overlooked& one : fields.overlooked()) {
    io::Diagnostic d =
        fileProblem(request, io::Severity::Warning, "fields.overlooked",
                    "nothing was made of '" + one.use.name + "' (" + std::to_string(one.use.values) +
                        " values), which looks like " + std::string(one.meaning) + "; no record of the file has one",
                    "kept as it is, in no output; say what it means (of a table with 'columns')");
    d.line = one.use.line;
    tell(d);
  }
  constexpr std::uint64_t kFewest = 30;  // a record or two tell nothing about a format
  if (fields.values() < kFewest || fields.lost() * 3 <= fields.values()) return;
  std::string names;
  for (const std::string& name : fields.mostlyLost(5)) names += (names.empty() ? "'" : ", '") + name + "'";
  tell(fileProblem(request, io::Severity::Warning, "fields.mostly-unread",
                   "nothing was made of " + std::to_string(fields.lost()) + " of the " +
                       std::to_string(fields.values()) + " values, most of them in " + names,
                   "kept as they are, in no output; 'winnow lint --fields' lists all"));
}

/// An importer that gives bytes up without a word.
io::Diagnostic unreadable(const ReadRequest& request, const io::ByteAccount& account) {
  io::Diagnostic d = fileError(
      request, "source.unreadable",
      std::to_string(account.counts().unreadable) + " bytes could not be read, and the importer does not say why",
      "not imported; tell the author of the importer");
  if (account.firstUnreadable().line != 0) {
    d.line = account.firstUnreadable().line;
    d.column = std::max(account.firstUnreadable().column, 1u);
  }
  return d;
}

std::unique_ptr<io::InputStream> openedForBytes(const ReadRequest& request) {
  return std::make_unique<io::InputStream>(request.file, request.member, std::string(), io::Contents::Bytes);
}

/// The file as bytes or as text, whichever the importer that the request names reads; as text if it names none.
std::unique_ptr<io::InputStream> openedFor(const ReadRequest& request, const plugins::Catalogue& catalogue) {
  const plugins::StageEntry* entry = request.importer.empty() ? nullptr : catalogue.find(request.importer);
  if (entry != nullptr && wantsBytes(*entry->stage)) return openedForBytes(request);
  return std::make_unique<io::InputStream>(request.file, request.member, request.encoding);
}

/// A file, open as its importer wants it.
struct OpenFile {
  std::unique_ptr<io::InputStream> input;
  Detection detection;  ///< without an entry if no importer reads the file, which is reported
};

OpenFile openedWithImporter(const ReadRequest& request, const plugins::Catalogue& catalogue, plugins::TagTable& tags,
                            const io::DiagnosticSink& tell) {
  OpenFile open{openedFor(request, catalogue), {}};
  if (request.importer.empty()) {
    open.detection = detect(request, open.input->head(), catalogue, tags, tell);
    const plugins::StageEntry* found = open.detection.entry;
    if (found != nullptr && wantsBytes(*found->stage)) open.input = openedForBytes(request);
  } else {
    open.detection = named(request, open.input->head(), catalogue, tags);
    if (open.input->head().find_first_not_of(kBlank) == std::string_view::npos)
      tell(fileError(request, "detect.empty", describeUnknown(open.input->head()).message, "nothing was imported"));
  }
  return open;
}

void tellTooLong(const ReadRequest& request, const Reading& reading, const io::DiagnosticSink& tell) {
  io::Diagnostic d =
      fileError(request, "input.record-too-long", reading.tooLong(),
                io::counted(reading.records(), "record") + " before it " + (reading.records() == 1 ? "was" : "were") +
                    " kept; what stands from here on was not read");
  d.line = reading.account().line();
  d.record = reading.records() + 1;
  tell(d);
}

/// What the bytes say of their encoding that may surprise.
void tellEncoding(const ReadRequest& request, const io::InputStream& input, const io::DiagnosticSink& tell) {
  const auto warn = [&](const char* code, std::string message, std::string action) {
    tell(fileProblem(request, io::Severity::Warning, code, std::move(message), std::move(action)));
  };
  const io::Encoding encoding = input.encoding();
  if (!input.hasMark() && (encoding == io::Encoding::Utf16Le || encoding == io::Encoding::Utf16Be))
    warn("text.utf16-no-bom", "the file is UTF-16 without a byte order mark",
         "read as UTF-16, recognised by its NUL bytes");
  const std::string broken = std::to_string(input.brokenUnits());
  if (input.brokenUnits() == 0) return;
  if (encoding == io::Encoding::Other)
    warn("text.no-character", broken + " bytes stand for no character of the encoding", "each became U+FFFD");
  else
    warn("text.utf16-broken", broken + " code units stand for no character", "each became U+FFFD");
}

}  // namespace

std::vector<ReadRequest> expanded(const ReadRequest& request) {
  std::vector<ReadRequest> requests;
  for (const std::string& member : io::membersOf(request.file)) {
    ReadRequest one = request;
    one.member = member;
    one.shownName += "/" + member;
    requests.push_back(std::move(one));
  }
  if (requests.empty()) requests.push_back(request);
  return requests;
}

std::vector<ReadRequest> expanded(const ReadRequest& request, const plugins::Catalogue& catalogue,
                                  plugins::TagTable& tags) {
  std::vector<ReadRequest> members = expanded(request);
  if (members.front().member.empty()) return members;
  const plugins::StageEntry* named = request.importer.empty() ? nullptr : catalogue.find(request.importer);
  const bool isWhole = named != nullptr
                           ? wantsBytes(*named->stage)
                           : request.importer.empty() && !claimsOfBytes(request, catalogue, tags, {}).empty();
  return isWhole ? std::vector<ReadRequest>{request} : members;
}

std::vector<ReadRequest> readable(const ReadRequest& request, const plugins::Catalogue& catalogue,
                                  plugins::TagTable& tags, const io::DiagnosticSink& tell) {
  std::vector<ReadRequest> all = expanded(request, catalogue, tags), exports;
  if (all.size() < 2) return all;
  std::vector<io::Diagnostic> skipped;
  for (const ReadRequest& one : all) {
    std::string head;
    try {
      head = io::InputStream(one.file, one.member, one.encoding).head();
    } catch (const Error&) {  // encrypted, broken: an error when it is read
      exports.push_back(one);
      continue;
    }
    const UnknownFile what = describeUnknown(head);
    const bool isExport = one.importer.empty() ? !candidates(one, head, catalogue, tags, {}).empty() : !what.isNamed;
    if (isExport) {
      exports.push_back(one);
      continue;
    }
    io::Diagnostic& d =
        skipped.emplace_back(fileError(one, "container.skipped", what.message, "skipped; what else is in it is read"));
    d.severity = what.isNamed ? io::Severity::Info : io::Severity::Warning;
  }
  if (exports.empty()) return all;  // each of them is reported as an error
  for (const io::Diagnostic& d : skipped) tell(d);
  return exports;
}

std::vector<Detection> candidates(const ReadRequest& request, std::string_view head,
                                  const plugins::Catalogue& catalogue, plugins::TagTable& tags,
                                  const io::DiagnosticSink& tell) {
  std::vector<Detection> list = claims(request, io::Contents::Text, head, catalogue, tags, tell);
  for (Detection& one : claimsOfBytes(request, catalogue, tags, tell)) list.push_back(std::move(one));
  sortBySureness(list);
  return list;
}

Detection detect(const ReadRequest& request, std::string_view head, const plugins::Catalogue& catalogue,
                 plugins::TagTable& tags, const io::DiagnosticSink& tell) {
  const std::vector<Detection> list = candidates(request, head, catalogue, tags, tell);
  if (list.empty()) {
    UnknownFile what = describeUnknown(head);
    tell(fileError(request, std::move(what.code), std::move(what.message), std::move(what.action)));
    return {};
  }
  if (list.size() == 1 || list[1].confidence < list[0].confidence) return list[0];
  std::string names;
  for (const Detection& one : list)
    if (one.confidence == list[0].confidence)
      names += (names.empty() ? "'" : "', '") + std::string(view(one.entry->stage->id));
  tell(fileError(request, "detect.ambiguous", "could be read by " + names + "' alike",
                 "nothing was imported; choose one with --from (YAML: from)"));
  return {};
}

Detection named(const ReadRequest& request, std::string_view head, const plugins::Catalogue& catalogue,
                plugins::TagTable& tags) {
  const plugins::StageEntry* entry = catalogue.find(request.importer);
  if (entry == nullptr) throw UsageError("there is no importer '" + request.importer + "'");
  plugins::Services services(tags);
  provideFiles(services, request.folder, *entry->stage, request.settings);
  plugins::Instance instance(entry->stage, request.settings, services);
  const bool isOfBytes = wantsBytes(*entry->stage) && isReadTwice(request);
  const std::string bytes = isOfBytes ? headOfBytes(request) : std::string();
  return {entry, std::string(view(instance.probe(isOfBytes ? bytes : head, request.shownName).dialect)), 100};
}

ReadReport readFile(const ReadRequest& request, const plugins::Catalogue& catalogue, plugins::TagTable& tags,
                    const io::DiagnosticSink& tell, const std::function<void(const ReadRecord&)>& each,
                    const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  ReadReport report;
  io::BoundedDiagnostics bounded(tell);
  const io::DiagnosticSink counted = [&](const io::Diagnostic& d) {
    if (d.severity == io::Severity::Error) ++report.errors;
    if (d.severity == io::Severity::Warning) ++report.warnings;
    bounded.add(d);
  };
  const OpenFile open = openedWithImporter(request, catalogue, tags, counted);
  report.detection = open.detection;
  if (report.detection.entry == nullptr) return report;
  io::InputStream& input = *open.input;
  const winnow_stage* stage = report.detection.entry->stage;
  if (wantsBytes(*stage) && !request.encoding.empty())
    counted(fileProblem(request, io::Severity::Warning, "text.encoding-unused",
                        "the importer reads a binary format, which has no encoding: '" + request.encoding + "'",
                        "handed over as it is; take the encoding out"));
  plugins::Services services(tags);
  services.onDiagnostic([&](const winnow_diagnostic& diagnostic) {
    io::Diagnostic d = fromPlugin(diagnostic, request.shownName);
    d.line = input.originalLine(d.line);
    counted(d);
  });
  const plugins::SettingList settings = request.importer.empty() ? defaultSettings(*stage) : request.settings;
  provideFiles(services, request.folder, *stage, settings);
  plugins::Instance instance(stage, settings, services);
  const RowLines rows(input, each);
  Reading reading(request, input, rows.each(), progress, report.detection, tags);
  const winnow_status status = instance.read(reading.source());
  if (reading.failure()) std::rethrow_exception(reading.failure());
  if (!reading.tooLong().empty()) tellTooLong(request, reading, counted);
  if (status == WINNOW_CANCELLED) throw Error("cancelled");
  report.failed = status != WINNOW_OK && reading.tooLong().empty();
  reading.finish(status != WINNOW_OK || !reading.tooLong().empty());
  report.bytes = reading.account().counts();
  report.fields = reading.fields().uses();
  tellUnaccounted(request, reading.account(), catalogue, tags, counted);
  tellFields(request, reading, counted);
  if (report.bytes.unreadable > 0 && report.errors + report.warnings == 0)
    counted(unreadable(request, reading.account()));
  if (status != WINNOW_OK && report.errors == 0)
    counted(fileError(request, "importer.gave-up",
                      "the importer '" + std::string(view(stage->id)) + "' gave up without a message",
                      std::to_string(reading.records()) + " records were kept"));
  tellEncoding(request, input, counted);
  input.drain();
  if (!input.damage().empty()) {
    io::Diagnostic d =
        fileError(request, "container.damaged", input.damage(), "what came before was kept; get the file again");
    d.line = reading.lastLine();
    counted(d);
  }
  bounded.addRest();
  report.records = reading.records();
  report.sha256 = input.sha256();
  return report;
}

}  // namespace winnow::engine
