// The ledger: one SQLite file that remembers everything. The only component that depends on SQLite.
//
// Records are immutable; everything later is appended. All calls come from one thread and throw winnow::Error when the
// database cannot go on (disk full, read-only), naming the file, and ledger::Damaged when what it holds is not what was
// written: rows carry checksums, tables their count and sum (Digests.hpp), and both are compared on reading.
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
#include "io/Error.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::ledger {

using RecordId = std::uint32_t;  ///< 1, 2, 3 ... in the order of import; never shown to people
using Id = std::int64_t;         ///< any other row

/// The ledger holds something else than was written into it.
class Damaged : public Error {
 public:
  using Error::Error;
};

/// What is stored of one imported file. It is known by source, name, hash and reader; wave, date and query are the
/// configuration's and stand there.
struct FileRow {
  Id id = 0;
  Id source = 0;
  std::string name, sha256;
  std::string reader;  ///< hash of everything that its meaning hangs on besides its bytes: importer, version, settings
  std::string importer, importerVersion, dialect, settings;
  std::uint64_t bytes = 0;
  std::uint64_t records = 0, warnings = 0;
  bool complete = false;
};

/// Where a record stood, and what tells which record it is.
struct Sighting {
  Id file = 0;
  std::uint64_t ordinal = 0;
  RecordId record = 0;
  std::uint64_t byte = 0, size = 0;
  std::uint32_t line = 0;
  std::uint64_t content = 0;  ///< hash of its bytes
  std::uint64_t meaning = 0;  ///< hash of its fields
  std::uint64_t number = 0;   ///< hash of the database's own number; 0: none
  std::uint64_t lasting = 0;  ///< hash of what an export made again repeats: its raw fields without the volatile ones
};

/// Bytes of a source as one reader understood them.
struct NewReading {
  Id source = 0;
  std::uint64_t content = 0;
  std::uint32_t occurrence = 1;  ///< n-th time that these bytes stand in their file
  std::string_view raw;
  const winnow_record& record;
  bool mayShareBytes = false;  ///< the same bytes may be stored already, as another reader understood them
};

struct AddedReading {
  RecordId id = 0;
  std::uint64_t meaning = 0;
  bool isNew = false;
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
  std::uint32_t reason = WINNOW_NONE;  ///< number of a row of reasons(stage)
  std::string evidence;                ///< "tag: the words"
  double score = 0;                    ///< NaN: none
  std::string note;
  std::uint64_t seen = 0;  ///< hash of the fields that the stage reads; 0: it reads all
};

/// Two records that a matcher named; 24 bytes, for there are as many as records.
struct Pair {
  RecordId a = 0, b = 0;
  double score = 0;
  std::uint32_t rule = 0;
  bool maybe = false;
  bool stands = true;  ///< false: cut by settle() or refused by the host
};

/// A pair with what people read beside it.
struct PairRow {
  Pair pair;
  std::string note;
};

struct EventRow {
  Id id = 0, run = 0;
  std::string kind, step;
  std::string record;   ///< the record's key at that time; empty: not about one record
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
  Id sourceId(const std::string& name);
  /// Every source that ever delivered records, by name.
  std::vector<std::pair<Id, std::string>> sources() const;
  /// A source under another name is the same source.
  void renameSource(Id source, const std::string& name);
  /// Hashes of the files that a source delivered.
  std::vector<std::string> fileHashes(Id source) const;
  /// The row equal in source, name, hash and reader; created if missing.
  FileRow fileRow(const FileRow& wanted);
  std::optional<FileRow> findFile(const FileRow& wanted) const;
  /// True if the file's bytes were read from that source before, by whatever reader.
  bool wasRead(const FileRow& file) const;
  void completeFile(const FileRow& file);
  void addDiagnostic(Id file, std::uint64_t ordinal, const io::Diagnostic& diagnostic);
  std::vector<io::Diagnostic> diagnostics(Id file) const;
  /// Adds the reading unless it is stored already. `raw` is compared with what is stored: equal hashes of unequal bytes
  /// throw.
  AddedReading addReading(const NewReading& reading);
  /// Adds a sighting; the same (file, ordinal) again is ignored.
  void addSighting(const Sighting& sighting);

  // ---- reading
  RecordId recordCount() const;
  /// As recordCount(), for tables over all records: throws Damaged when the last number is far beyond the number of
  /// records, as only an edit makes it; numbers are given one after the other.
  RecordId plausibleRecordCount() const;
  /// The sightings of a complete file in order. Throws Damaged unless they are those that were written.
  void forEachSighting(Id file, const std::function<void(const Sighting&)>& each) const;
  /// Reads and decodes the records of `ids` (sorted or not) into `block`; `lines` gives the first line of each record.
  void read(const std::vector<RecordId>& ids, bool withRaw, RecordBlock& block,
            const std::function<std::uint32_t(RecordId)>& firstLine) const;

  // ---- machines
  Id stageId(const std::string& key, const std::string& plugin, const std::string& version,
             const std::string& settings);
  void setReasons(Id stage, const std::vector<ReasonRow>& reasons);
  std::vector<ReasonRow> reasons(Id stage) const;
  /// What became of every record of a run, unless it is what the last run kept; the two newest are kept.
  void keepFates(const std::string& fates);
  /// Those of the last run, `back` 1: of the one before that came out differently. Throws Damaged.
  std::optional<std::string> fates(int back) const;

  /// Adds the verdict; of the same record and view it replaces the one before.
  void addVerdict(Id stage, const VerdictRow& verdict);
  /// The verdict on a record as it was seen.
  std::optional<VerdictRow> verdict(Id stage, RecordId record, std::uint64_t view) const;
  void forEachVerdict(Id stage, const std::function<void(const VerdictRow&)>& each) const;
  /// A matcher's answer about the set of records that `input` is the hash of; nothing if it was not asked yet.
  std::optional<Id> pairing(Id stage, const std::string& input) const;
  Id addPairing(Id stage, const std::string& input);
  void addPair(Id pairing, const PairRow& row);
  /// By `a`, then `b`.
  std::vector<Pair> pairs(Id pairing) const;
  /// What people read beside a pair of this pairing.
  std::string pairNote(Id pairing, const Pair& pair) const;

  // ---- people
  void addEvent(const EventRow& event);
  std::vector<EventRow> events(std::string_view kind, std::string_view step) const;

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

  /// Every row against its checksums: a sentence for each group of rows that is not what was written. Empty: all are.
  std::vector<std::string> verify() const;

  /// Copies the whole ledger into a new file, for what-if runs. The target is removed by the caller.
  void copyTo(const std::filesystem::path& target) const;

 private:
  void begin();
  void commit();
  void rollback() noexcept;

  struct Rows;
  std::unique_ptr<Rows> rows_;
};

/// Lower-case letters, digits and hyphens: "Academic Search Elite" -> "academic-search-elite". Never empty.
std::string slug(std::string_view name);
/// The hash of what a record's bytes say, however the file was saved: SHA-256 with CR LF and CR as LF, blank lines at
/// both ends cut off, bytes that are no UTF-8 taken as Windows-1252.
std::uint64_t contentHash(std::string_view raw);

}  // namespace winnow::ledger
