// How people name records: by key, by what exports and databases call them, or, where the key is unknown, by what else
// the same row says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "Records.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::engine {

/// Lower case (ASCII), blanks collapsed: for comparing names that people typed.
std::string plainName(std::string_view text);

/// What a row says of its record besides the key: for rows whose key names nothing any more.
struct RecordDescription {
  std::string number, doi, pmid, title, year, author;  ///< as written; DOI and PMID bare; empty: not stated
};

/// Records that fit a description, and by what: "database number", "DOI", "PMID", "title"; empty: none fits.
struct Described {
  std::vector<RecordId> records;
  std::string by;
};

/// Names of records. Keys are looked up in hashes that the records bring along; every other name reads every record,
/// once.
class References {
 public:
  References(const Records& records, const ledger::Ledger& ledger, plugins::TagTable& tags);

  /// All records of that name, in order. A name is a key or the beginning of one, a key of an earlier time (a record
  /// that got a number since, keys of version 0.1), "doi:...", "pmid:...", "title:...", or the id the export itself
  /// gave.
  std::vector<RecordId> find(std::string_view name) const;

  /// Records that a description fits, by the first of: the database's number, DOI, PMID, title with year and first
  /// author; a title of five words or more alone, where neither year nor author is stated.
  Described describedBy(const RecordDescription& description) const;
  /// True for a key of any time, whether or not a record has it.
  static bool isKey(std::string_view name);

 private:
  using Hashed = std::vector<std::pair<std::uint64_t, RecordId>>;  ///< sorted by hash

  void indexKeys() const;
  void indexNames() const;
  std::vector<RecordId> keyed(std::string_view key) const;
  std::vector<RecordId> beginningWith(std::string_view key) const;
  std::vector<RecordId> named(std::string_view prefix, std::string_view name) const;
  std::vector<RecordId> byTitle(const RecordDescription& description) const;
  std::vector<RecordId> all(const Hashed& hashed, std::uint64_t hash) const;
  void sort(std::vector<RecordId>& list) const;

  const Records& records_;
  const ledger::Ledger& ledger_;
  std::uint32_t doi_, pmid_, title_, local_, number_, year_, family_, literal_;
  mutable bool hasKeys_ = false, hasNames_ = false;
  mutable Hashed identities_;  ///< what keys show
  mutable Hashed aliases_;     ///< number, lasting text and bytes: what keys showed or may have shown
  mutable Hashed names_;       ///< of prefix and plain name
};

}  // namespace winnow::engine
