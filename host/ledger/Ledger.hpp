// The ledger: one SQLite file that remembers everything. The only room that knows SQLite.
//
// Records are immutable; everything later is appended. All calls come from one thread and throw winnow::Error when the
// database cannot go on (disk full, read-only, damaged), naming the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/abi.h>

#include "io/Diagnostic.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::ledger {

using RecordId = std::uint32_t;  ///< 1, 2, 3 ... in the order of import; never shown to people
using Id = std::int64_t;         ///< any other row

/// What is stored of one imported file.
struct FileRow {
  Id id = 0;
  Id source = 0;
  std::string wave, name, sha256, platform, searched, query, importer, importerVersion, dialect, settings;
  std::uint64_t bytes = 0;
  std::optional<std::uint64_t> reported;
  std::uint64_t records = 0, warnings = 0;
  bool complete = false;
};

/// Where a record stood.
struct Sighting {
  Id file = 0;
  std::uint64_t ordinal = 0;
  RecordId record = 0;
  std::uint64_t byte = 0, size = 0;
  std::uint32_t line = 0;
};

/// The identity of a record without its text.
struct Identity {
  Id source = 0;
  std::uint64_t content = 0;
  std::uint32_t occurrence = 1;
};

/// Records decoded for a stage; views live as long as this object and until the next read into it.
struct RecordBlock {
  std::vector<RecordId> ids;
  std::vector<std::size_t> begins;  ///< first field of each record; one more at the end
  std::vector<winnow_field> fields;
  std::vector<std::unique_ptr<std::string>> texts;  ///< raw bytes and blobs the views point into
  std::string_view raw(std::size_t index) const { return *texts[2 * index]; }
  void clear();
};

struct VerdictRow {
  RecordId record = 0;
  std::uint64_t view = 0;
  std::uint32_t action = 0;
  std::uint32_t reason = WINNOW_NONE;
  std::string evidence;  ///< "tag: the words"
  double score = 0;      ///< NaN: none
  std::string note;
};

struct PairRow {
  RecordId a = 0, b = 0;
  std::uint32_t rule = 0;
  bool maybe = false;
  bool stands = true;  ///< false: cut by settle() or refused by the host
  double score = 0;
  std::string note;
};

struct EventRow {
  Id id = 0, run = 0;
  std::string kind, step;
  RecordId record = 0;  ///< 0: not about one record
  std::string subject;  ///< item of a form, other record of a pair, wave of a batch
  std::string actor, value, reason, note, file;
  std::uint32_t line = 0;
};

struct ReasonRow {
  std::string code, label;
  std::uint32_t action = 0;
};

enum class Access { ReadWrite, ReadOnly };

class Ledger {
 public:
  /// Opens; ReadWrite creates a missing file and locks it against every other winnow. Throws winnow::Error: locked,
  /// read-only folder, no ledger, newer schema. ReadOnly of a missing file throws too.
  Ledger(const std::filesystem::path& file, Access access, plugins::TagTable& tags);
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  const std::filesystem::path& path() const noexcept;

  /// Groups writes: begins with the object and is undone with it unless committed before. Not nested.
  class Transaction {
   public:
    explicit Transaction(Ledger& ledger) : ledger_(ledger) { ledger_.begin(); }
    ~Transaction() {
      if (isOpen_) ledger_.rollback();
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit() {
      ledger_.commit();
      isOpen_ = false;
    }
    /// Makes safe what was written so far and goes on with the next group.
    void commitAndContinue() {
      commit();
      ledger_.begin();
      isOpen_ = true;
    }

   private:
    Ledger& ledger_;
    bool isOpen_ = true;
  };

  // ---- importing
  Id sourceId(const std::string& name, const std::string& slug);
  /// The row equal in source, wave, name, hash, importer, version and settings; created if missing.
  FileRow fileRow(const FileRow& wanted);
  std::optional<FileRow> findFile(const FileRow& wanted) const;
  void completeFile(const FileRow& file);
  void addDiagnostic(Id file, std::uint64_t ordinal, const io::Diagnostic& diagnostic);
  std::vector<io::Diagnostic> diagnostics(Id file) const;
  /// Adds the record unless its identity exists; returns its id and whether it is new. `raw` is compared with what is
  /// stored: equal identities of unequal bytes throw.
  std::pair<RecordId, bool> addRecord(const Identity& identity, std::string_view raw, const winnow_record& record);
  /// Adds a sighting; the same (file, ordinal) again is ignored.
  void addSighting(const Sighting& sighting);

  // ---- reading
  std::vector<FileRow> files() const;
  std::vector<std::pair<Id, std::string>> sourceSlugs() const;
  RecordId recordCount() const;
  void forEachSighting(Id file, const std::function<void(const Sighting&)>& each) const;
  void forEachIdentity(const std::function<void(RecordId, const Identity&)>& each) const;
  /// Reads and decodes the records of `ids` (sorted or not) into `block`; `lines` gives the first line of each record.
  void read(const std::vector<RecordId>& ids, bool withRaw, RecordBlock& block,
            const std::function<std::uint32_t(RecordId)>& firstLine) const;

  // ---- machines
  Id stageId(const std::string& key, const std::string& plugin, const std::string& version,
             const std::string& settings);
  void setReasons(Id stage, const std::vector<ReasonRow>& reasons);
  std::vector<ReasonRow> reasons(Id stage) const;
  void addVerdict(Id stage, const VerdictRow& verdict);
  void forEachVerdict(Id stage, const std::function<void(const VerdictRow&)>& each) const;
  std::optional<std::vector<PairRow>> pairs(Id stage, const std::string& input) const;
  void addPairs(Id stage, const std::string& input, const std::vector<PairRow>& pairs);

  // ---- people
  void addEvent(const EventRow& event);
  std::vector<EventRow> events(std::string_view kind, std::string_view step) const;
  std::vector<EventRow> eventsOfRecord(RecordId record) const;

  // ---- outputs and runs
  /// Key and hash of what was last written to that path.
  std::optional<std::pair<std::string, std::string>> lastOutput(const std::string& path) const;
  /// True if a file with that hash was ever written to that path.
  bool isOutput(const std::string& path, const std::string& sha256) const;
  /// Says what is about to stand at that path; nothing is added where that is what the ledger knows already.
  void addOutput(const std::string& path, const std::string& key, const std::string& sha256);
  Id beginRun(const std::string& program, const std::string& configuration);
  void endRun(Id run, const std::string& result);
  Id currentRun() const noexcept;

  /// Copies the whole ledger into a new file, for what-if runs. The target is removed by the caller.
  void copyTo(const std::filesystem::path& target) const;

 private:
  void begin();
  void commit();
  void rollback() noexcept;

  struct Rows;
  std::unique_ptr<Rows> rows_;
};

/// "medline:5f1c09ab33d2e471", from the third occurrence in one file on "....3".
std::string recordKey(std::string_view slug, const Identity& identity);
/// Lower-case letters, digits and hyphens: "Academic Search Elite" -> "academic-search-elite". Never empty.
std::string slug(std::string_view name);
/// The hash that identifies a record's bytes: SHA-256 with CR LF and CR as LF, blank lines at both ends cut off.
std::uint64_t contentHash(std::string_view raw);

}  // namespace winnow::ledger
