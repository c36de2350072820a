// What makes a record the same record in an export made again: the database's own number, or else whatever an export
// repeats word for word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <winnow/abi.h>

#include "plugins/TagTable.hpp"

namespace winnow::engine {

struct IdentityHashes {
  std::uint64_t number = 0;   ///< of database and number, with the title where nothing names the database; 0: none
  std::uint64_t lasting = 0;  ///< of the raw fields that are not volatile; of the bytes if none is volatile
};

/// Reads identity from the fields of a record. Stateless but for the numbers of its tags.
class IdentityHasher {
 public:
  explicit IdentityHasher(plugins::TagTable& tags);

  /// `content` is the hash of the record's bytes. `dialect` and `importer` name the database where the record does not.
  IdentityHashes of(const winnow_record& record, std::uint64_t content, std::string_view dialect,
                    std::string_view importer) const;

 private:
  std::uint64_t number(const winnow_record& record, std::string_view dialect, std::string_view importer) const;
  std::uint64_t lasting(const winnow_record& record, std::uint64_t content) const;

  std::uint32_t accession_, pmid_, database_, title_;
};

/// The name of a database without what changes from export to export: "Ovid MEDLINE(R) ALL <1946 to August 31, 2020>"
/// is "ovid medline".
std::string databaseName(std::string_view written);

}  // namespace winnow::engine
