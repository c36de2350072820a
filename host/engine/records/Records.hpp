// The records of a review: which files count, which records they hold, in which order, and the key of each.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "config/Review.hpp"
#include "engine/reading/Import.hpp"
#include "io/SpillingBytes.hpp"
#include "ledger/Ledger.hpp"

namespace winnow::engine {

using ledger::RecordId;

/// The first place of a record, in the order of the configuration.
struct Home {
  static constexpr std::uint32_t kNoFile = UINT32_MAX;
  std::uint32_t file = kNoFile;  ///< index in Records::files()
  std::uint32_t line = 0;
  std::uint64_t ordinal = 0, byte = 0, size = 0;
};

/// A place of a record after its first one.
struct LaterSighting {
  RecordId record = 0;
  std::uint32_t file = 0;  ///< index in Records::files()
  RecordId reading = 0;    ///< the row of the ledger: another version of the record unless it is `record` itself
};

/// Every record of the review and where it was seen. Immutable after loading. About 32 bytes a record, and places up to
/// 64 MB; more of them are in a temporary file.
///
/// Two places hold the same record if their files belong to the same source and the database's own number is the same,
/// or, without a number, everything that an export repeats. A number that stands in one file with two texts names
/// nothing, and equal entries of one file are records of their own. A record is known by the row of its first place
/// (its current version); rows of later places that differ are other versions of it. All of this follows from the files
/// of the configuration alone, not from the ledger's history.
class Records {
 public:
  /// Throws ledger::Damaged if the ledger holds other places than the files had records.
  Records(const config::Review& review, const ledger::Ledger& ledger, std::vector<ActiveFile> files);

  const std::vector<ActiveFile>& files() const noexcept { return files_; }
  /// All records, in order of wave, source, file and place.
  const std::vector<RecordId>& order() const noexcept { return order_; }
  /// One more than the largest id, for tables by record.
  std::size_t idLimit() const noexcept { return positions_.size(); }
  /// False for rows of the ledger that are no record's current version.
  bool isActive(RecordId id) const noexcept { return id < fileOf_.size() && fileOf_[id] != Home::kNoFile; }
  /// Throws io::Error if the temporary file cannot be read.
  Home home(RecordId id) const { return stored(id).home; }
  /// Index in files() of its home.
  std::uint32_t fileOf(RecordId id) const noexcept { return fileOf_[id]; }
  std::size_t position(RecordId id) const noexcept { return positions_[id]; }
  std::size_t wave(RecordId id) const noexcept { return files_[fileOf_[id]].wave; }
  const config::Source& source(RecordId id) const { return review_.sources[files_[fileOf_[id]].source]; }
  /// "r:5f1c09ab33d2e471"; of several records with one identity the second in order ends on ".2".
  std::string key(RecordId id) const;
  /// Hash of the record's bytes.
  std::uint64_t content(RecordId id) const noexcept { return content_[id]; }
  /// Hash of its fields.
  std::uint64_t meaning(RecordId id) const { return stored(id).meaning; }
  /// What the key shows: of number or lasting text.
  std::uint64_t identity(RecordId id) const noexcept { return identity_[id]; }
  /// Rank among the records of one identity, from 1.
  std::uint32_t rank(RecordId id) const;
  /// Places of records after their first one, by record.
  const std::vector<LaterSighting>& laterSightings() const noexcept { return later_; }
  /// All files of a record, its home first.
  std::vector<std::uint32_t> filesOf(RecordId id) const;
  /// Rows of the ledger that are other versions of the record, in order of the configuration.
  std::vector<RecordId> otherVersions(RecordId id) const;
  /// The record whose version a row of the ledger is; 0: of none.
  RecordId recordOf(RecordId row) const noexcept { return row < recordOfRow_.size() ? recordOfRow_[row] : 0; }

 private:
  class Loader;
  struct Stored {
    Home home;
    std::uint64_t meaning = 0;
  };
  static constexpr std::size_t kStoredInMemory = std::size_t{1} << 26;

  Stored stored(RecordId id) const;

  const config::Review& review_;
  std::vector<ActiveFile> files_;
  std::vector<RecordId> order_;
  std::vector<std::uint32_t> positions_;
  std::vector<std::uint32_t> fileOf_;  ///< by record: index in files_; Home::kNoFile: no record
  std::vector<std::uint64_t> content_, identity_;
  io::SpillingBytes stored_{kStoredInMemory};          ///< in order
  std::unordered_map<RecordId, std::uint32_t> ranks_;  ///< above 1
  std::vector<LaterSighting> later_;
  std::vector<RecordId> recordOfRow_;
};

}  // namespace winnow::engine
