// The records of a review: which files count, which records they hold, in which order, and how people name them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/Review.hpp"
#include "engine/reading/Import.hpp"
#include "ledger/Ledger.hpp"

namespace winnow::engine {

using ledger::RecordId;

/// The first place of a record, in the order of the configuration.
struct Home {
  std::uint32_t file = 0;  ///< index in Records::files()
  std::uint32_t line = 0;
  std::uint64_t ordinal = 0, byte = 0, size = 0;
};

/// Every record of the review and where it was seen. Immutable after loading; about 60 bytes a record.
class Records {
 public:
  Records(const config::Review& review, const ledger::Ledger& ledger, std::vector<ActiveFile> files);

  const std::vector<ActiveFile>& files() const noexcept { return files_; }
  /// All records, in order of wave, source, file and place.
  const std::vector<RecordId>& order() const noexcept { return order_; }
  /// False for records of the ledger that no file of the configuration holds any more.
  bool isActive(RecordId id) const noexcept { return id < homes_.size() && homes_[id].line != 0; }
  const Home& home(RecordId id) const noexcept { return homes_[id]; }
  std::size_t position(RecordId id) const noexcept { return positions_[id]; }
  std::size_t wave(RecordId id) const noexcept { return files_[homes_[id].file].wave; }
  const config::Source& source(RecordId id) const { return review_.sources[files_[homes_[id].file].source]; }
  std::string key(RecordId id) const;
  std::uint64_t content(RecordId id) const noexcept { return identities_[id].content; }
  /// Files that hold the record after its home: (record, file), sorted.
  const std::vector<std::pair<RecordId, std::uint32_t>>& laterSightings() const noexcept { return later_; }
  /// All files of a record, its home first.
  std::vector<std::uint32_t> filesOf(RecordId id) const;

 private:
  const config::Review& review_;
  std::vector<ActiveFile> files_;
  std::vector<RecordId> order_;
  std::vector<std::uint32_t> positions_;
  std::vector<Home> homes_;
  std::vector<ledger::Identity> identities_;
  std::vector<std::string> slugs_;  ///< by ledger source id
  std::vector<std::pair<RecordId, std::uint32_t>> later_;
};

/// How people name records in decision files: a key or the begin of one, "doi:...", "pmid:...", "title:...", or the id
/// the export itself gave. Built on first use: it reads every record once.
class References {
 public:
  References(const Records& records, const ledger::Ledger& ledger, plugins::TagTable& tags);
  /// All records of that name, in order.
  std::vector<RecordId> find(std::string_view reference) const;

 private:
  void build() const;
  const Records& records_;
  const ledger::Ledger& ledger_;
  plugins::TagTable& tags_;
  mutable bool built_ = false;
  mutable std::map<std::string, RecordId, std::less<>> keys_;
  mutable std::unordered_multimap<std::string, RecordId> names_;
};

/// Lower case (ASCII), blanks collapsed: for comparing names that people typed.
std::string plainName(std::string_view text);

}  // namespace winnow::engine
