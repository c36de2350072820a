#include "Import.hpp"

#include <algorithm>
#include <memory_resource>
#include <unordered_map>

#include <winnow/plugin.hpp>

#include "Identity.hpp"
#include "ReadFile.hpp"
#include "engine/stages/LockFile.hpp"
#include "engine/stages/Stages.hpp"
#include "io/Error.hpp"
#include "io/InputStream.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

namespace {

constexpr std::size_t kCommit = 16384;

/// One file of one source.
class FileImport {
 public:
  FileImport(const Workspace& work, const config::Source& source, const LockContents& lock, ReadRequest request,
             SourceReport& report)
      : work_(work), source_(source), lock_(lock), report_(report), request_(std::move(request)) {
    std::tie(row_.sha256, row_.bytes) =
        request_.member.empty() ? io::sha256File(request_.file) : io::sha256Member(request_.file, request_.member);
    row_.name = request_.shownName;
  }

  /// The file's row, complete; nothing if no importer knows it.
  std::optional<ledger::FileRow> run() {
    const plugins::StageEntry* entry = findImporter();
    if (entry == nullptr) return std::nullopt;
    row_.importer = view(entry->stage->id);
    row_.importerVersion = view(entry->stage->version);
    row_.reader =
        io::sha256Hex(stageKey(*entry, request_.settings, filesOf(request_.folder, *entry->stage, request_.settings)) +
                      "\nencoding " + request_.encoding);
    ledger::Ledger::Transaction naming(work_.ledger);
    row_.source = work_.ledger.sourceId(source_.name);
    naming.commit();
    if (const auto known = work_.ledger.findFile(row_); known && known->complete) {
      for (io::Diagnostic& d : work_.ledger.diagnostics(known->id)) {
        d.file = row_.name;
        count(d);
      }
      report_.records += known->records;
      report_.format = formatName(*known);
      return known;
    }
    return import();
  }

 private:
  const plugins::StageEntry* findImporter() {
    io::InputStream input(request_.file, request_.member, request_.encoding);
    if (!request_.importer.empty()) {
      const plugins::StageEntry& entry = work_.stage(request_.importer);
      row_.settings = settingsText(*entry.stage, request_.settings);
      if (!request_.encoding.empty()) row_.settings += "encoding=" + request_.encoding;
      const Detection found = named(request_, input.head(), work_.catalogue, work_.tags);
      row_.dialect = found.dialect;
      return found.entry;
    }
    const Detection found =
        detect(request_, input.head(), work_.catalogue, work_.tags, [this](const io::Diagnostic& d) { count(d); });
    row_.dialect = found.dialect;
    if (!request_.encoding.empty()) row_.settings = "encoding=" + request_.encoding;
    if (isAnotherImporter(found.entry)) return nullptr;
    if (found.entry != nullptr) {
      request_.importer = view(found.entry->stage->id);
      request_.settings = defaultSettings(*found.entry->stage);
    }
    return found.entry;
  }

  /// The importer of a file is part of the review: what another one makes of the same bytes are other records, or none.
  /// A file whose bytes changed may be of another format, if the importer that read it is still there.
  bool isAnotherImporter(const plugins::StageEntry* now) {
    const auto before = lock_.importers.find(row_.name);
    if (before == lock_.importers.end() || (now != nullptr && before->second == view(now->stage->id))) return false;
    const auto input = lock_.inputs.find(row_.name);
    const bool isThere = work_.catalogue.find(before->second) != nullptr;
    if (now == nullptr && isThere) return false;  // reported: nobody knows the file
    if (isThere && input != lock_.inputs.end() && input->second != row_.sha256) return false;
    const std::string other = now == nullptr ? std::string() : std::string(view(now->stage->id));
    io::Diagnostic d;
    d.severity = io::Severity::Error;
    d.code = "source.another-importer";
    d.file = row_.name;
    d.message = "this file was read by '" + before->second + "'" +
                (isThere ? ", and '" + other + "' claims it now"
                         : ", which is not there any more or is refused ('winnow plugins --why' says why)" +
                               (now == nullptr ? std::string() : "; '" + other + "' would read it now"));
    d.action =
        std::string(isThere ? "nothing of it counts; say which one reads it with from:"
                            : "nothing of it counts; install or approve the plugin again, or name the importer with "
                              "from:");
    count(d);
    return true;
  }

  static bool isFatal(const io::Diagnostic& d, const std::vector<std::string>& failOn) {
    const auto holds = [&](std::string_view word) {
      return std::find(failOn.begin(), failOn.end(), word) != failOn.end();
    };
    return holds(d.code) || (d.severity == io::Severity::Warning && holds("warning"));
  }

  void count(const io::Diagnostic& diagnostic) {
    io::Diagnostic d = diagnostic;
    if (isFatal(d, work_.review.failOn) || isFatal(d, source_.failOn)) d.severity = io::Severity::Error;
    if (d.severity == io::Severity::Error) ++report_.errors;
    if (d.severity == io::Severity::Warning) ++report_.warnings;
    work_.tell(d);
  }

  std::string formatName(const ledger::FileRow& row) const {
    return row.importer.substr(row.importer.find('.') + 1) + (row.dialect.empty() ? "" : " (" + row.dialect + ")");
  }

  ledger::FileRow import() {
    report_.unchanged = false;
    ledger::Ledger::Transaction transaction(work_.ledger);
    row_ = work_.ledger.fileRow(row_);
    const bool mayShareBytes = work_.ledger.wasRead(row_);
    const IdentityHasher identities(work_.tags);
    // Given back whole when the file is read: millions of small pieces would leave the memory in tatters.
    std::pmr::monotonic_buffer_resource pieces;
    std::pmr::unordered_map<std::uint64_t, std::uint32_t> occurrences(&pieces);
    std::uint64_t told = 0;
    std::size_t pending = 0;
    const ReadReport read = readFile(
        request_, work_.catalogue, work_.tags,
        [&](const io::Diagnostic& d) {
          work_.ledger.addDiagnostic(row_.id, ++told, d);
          count(d);
        },
        [&](const ReadRecord& record) {
          const std::uint64_t content = ledger::contentHash(record.raw);
          const ledger::AddedReading reading = work_.ledger.addReading(
              {row_.source, content, ++occurrences[content], record.raw, record.record, mayShareBytes});
          const IdentityHashes identity =
              identities.of(record.record, content, record.detection.dialect, row_.importer);
          work_.ledger.addSighting({row_.id, record.ordinal, reading.id, record.byte, record.size,
                                    record.record.at.line, content, reading.meaning, identity.number,
                                    identity.lasting});
          if (++pending < kCommit) return;
          transaction.commitAndContinue();
          pending = 0;
        },
        work_.progressOf("import " + row_.name));
    if (read.sha256 != row_.sha256) throw Error("'" + row_.name + "' changed while it was read; run again");
    row_.records = read.records;
    row_.warnings = read.warnings;
    report_.records += read.records;
    report_.format = formatName(row_);
    // That an importer gave up may lie in the machine and not in the file: nothing is kept of it, and the next run
    // reads the file again.
    if (read.failed) return row_;
    work_.ledger.completeFile(row_);
    transaction.commit();
    row_.complete = true;
    return row_;
  }

  const Workspace& work_;
  const config::Source& source_;
  const LockContents& lock_;
  SourceReport& report_;
  ReadRequest request_;
  ledger::FileRow row_;
};

void tellSource(const Workspace& work, const config::Source& source, std::string code, std::string message,
                std::string action) {
  io::Diagnostic d;
  d.severity = io::Severity::Warning;
  d.code = std::move(code);
  d.message = std::move(message);
  d.action = std::move(action);
  d.file = work.review.file.filename().string();
  d.line = source.at.line;
  d.column = source.at.column;
  work.tell(d);
}

/// The hits that the user read off the screen against what the files hold (R2), the dates of search and wave (R6).
void compareWithConfiguration(const Workspace& work, const config::Source& source, std::uint64_t records) {
  const std::optional<std::uint64_t> expected = source.taken ? source.taken : source.reported;
  std::string names;
  for (const std::string& name : source.fileNames) names += (names.empty() ? "" : ", ") + name;
  if (expected && *expected != records)
    tellSource(work, source, "source.count-differs",
               source.name + " reported " + std::to_string(*expected) + " records, " + names + " hold" +
                   (source.fileNames.size() == 1 ? "s " : " ") + std::to_string(records),
               "the files count; look whether the export was cut off");
  const auto wave = std::find_if(work.review.waves.begin(), work.review.waves.end(),
                                 [&](const auto& w) { return w.name == source.wave; });
  if (wave != work.review.waves.end() && !source.searched.empty() &&
      source.searched.compare(0, wave->searched.size(), wave->searched) > 0)
    tellSource(work, source, "source.searched-late",
               source.name + " was searched on " + source.searched + ", after the wave's date " + wave->searched,
               "reported as it is");
}

/// Platforms write an empty file where nothing was found; PRISMA-S wants such a search listed.
bool isExpectedToBeEmpty(const config::Source& source, const std::filesystem::path& file) {
  std::error_code unreadable;
  return source.reported == 0U && std::filesystem::file_size(file, unreadable) == 0 && !unreadable;
}

std::vector<std::string> hashesOf(const config::Source& source) {
  std::vector<std::string> hashes;
  for (const std::filesystem::path& file : source.files) hashes.push_back(io::sha256File(file).first);
  return hashes;
}

/// A source whose name the ledger does not know, and all of whose files were delivered by one that is gone from the
/// configuration, is that source under a new name: nothing needs to be read or judged again.
void followRename(const Workspace& work, const config::Source& source) {
  const std::vector<std::pair<ledger::Id, std::string>> known = work.ledger.sources();
  const auto isKnown = [&](const auto& s) { return s.second == source.name; };
  if (source.files.empty() || std::any_of(known.begin(), known.end(), isKnown)) return;
  const std::vector<std::string> hashes = hashesOf(source);
  for (const auto& [id, name] : known) {
    const auto isConfigured = [&, &old = name](const config::Source& s) { return s.name == old; };
    if (std::any_of(work.review.sources.begin(), work.review.sources.end(), isConfigured)) continue;
    const std::vector<std::string> delivered = work.ledger.fileHashes(id);
    const auto isDelivered = [&](const std::string& hash) {
      return std::binary_search(delivered.begin(), delivered.end(), hash);
    };
    if (!std::all_of(hashes.begin(), hashes.end(), isDelivered)) continue;
    ledger::Ledger::Transaction renaming(work.ledger);
    work.ledger.renameSource(id, source.name);
    renaming.commit();
    return;
  }
}

}  // namespace

ImportReport importSources(const Workspace& work) {
  for (const config::Source& source : work.review.sources) followRename(work, source);
  ImportReport report;
  const LockContents lock = readLock(work.review.file);
  for (std::size_t s = 0; s < work.review.sources.size(); ++s) {
    const config::Source& source = work.review.sources[s];
    SourceReport& one = report.sources.emplace_back();
    one.source = s;
    const auto wave = std::find_if(work.review.waves.begin(), work.review.waves.end(),
                                   [&](const auto& w) { return w.name == source.wave; });
    const auto waveIndex = static_cast<std::size_t>(wave - work.review.waves.begin());
    for (std::size_t f = 0; f < source.files.size(); ++f) {
      if (isExpectedToBeEmpty(source, source.files[f])) continue;
      for (ReadRequest& request : readable({source.files[f],
                                            source.fileNames[f],
                                            source.importer,
                                            source.importerSettings,
                                            {},
                                            source.encoding,
                                            work.review.folder},
                                           work.catalogue, work.tags, work.tell))
        if (auto row = FileImport(work, source, lock, std::move(request), one).run())
          report.files.push_back({std::move(*row), s, waveIndex, f});
    }
    compareWithConfiguration(work, source, one.records);
    report.errors += one.errors;
  }
  std::stable_sort(report.files.begin(), report.files.end(), [](const ActiveFile& a, const ActiveFile& b) {
    return std::tuple(a.wave, a.source, a.row.name) < std::tuple(b.wave, b.source, b.row.name);
  });
  return report;
}

}  // namespace winnow::engine
