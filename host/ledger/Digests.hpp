// Checksums of groups of rows: a flipped bit, a changed cell, a row taken away or put in is noticed on reading.
//
// A group is a kind of row and its parent ("sighting" of file 12). Its digest is the number of rows and the sum of
// their hashes, so that rows may come in any order, and is written in the transaction that writes the rows.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace SQLite {
class Database;
}

namespace winnow::ledger {

struct Digest {
  std::int64_t rows = 0;
  std::uint64_t sum = 0;
  bool operator==(const Digest&) const = default;
  void add(std::uint64_t rowHash) {
    ++rows;
    sum += rowHash;
  }
  void take(std::uint64_t rowHash) {
    --rows;
    sum -= rowHash;
  }
};

/// The digests of one database: what was added in the open transaction, and what is stored.
class Digests {
 public:
  explicit Digests(SQLite::Database& database) : database_(database) {}
  void added(std::string_view kind, const std::string& parent, std::uint64_t rowHash);
  void taken(std::string_view kind, const std::string& parent, std::uint64_t rowHash);
  /// Writes what was added; call before COMMIT.
  void store();
  /// Forgets what was added; call with ROLLBACK.
  void forget() noexcept {
    pending_.clear();
    last_ = nullptr;
  }
  /// Throws Damaged unless the rows that were read are those that were written.
  void require(std::string_view kind, const std::string& parent, const Digest& read) const;

 private:
  Digest& pending(std::string_view kind, const std::string& parent);
  SQLite::Database& database_;
  std::map<std::pair<std::string, std::string>, Digest, std::less<>> pending_;
  Digest* last_ = nullptr;  ///< of the newest group: rows come in runs
  std::string lastKind_, lastParent_;
};

/// Throws Damaged, saying what is wrong and what to do.
[[noreturn]] void damaged(const std::string& what);

}  // namespace winnow::ledger
