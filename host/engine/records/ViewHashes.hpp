// The hash of exactly what a stage is handed of a record, without reading it: what a stored answer and a written file
// are valid for.
#pragma once

#include <cstdint>
#include <vector>

#include "Clusters.hpp"
#include "Views.hpp"

namespace winnow::engine {

/// One thread. Costs less than a microsecond a record; no record is read.
class ViewHashes {
 public:
  /// `annotations`: as given to the Views.
  ViewHashes(const config::Review& review, const Records& records, const Clusters& clusters,
             const Annotations* annotations = nullptr);

  /// Of Views::merged: the fields of every visible member, the fields that the host adds, and `extra`.
  std::uint64_t merged(RecordId representative, const ExtraFields& extra = {}) const;
  /// Of Views::single.
  std::uint64_t single(RecordId id, const ExtraFields& extra = {}) const;
  /// SHA-256 of single() of all of them, in order: what a matcher's answer about a set is valid for.
  std::string singles(const std::vector<RecordId>& ids) const;

 private:
  std::uint64_t hash(RecordId id, const std::vector<RecordId>& members, const ExtraFields& extra) const;

  const Records& records_;
  const Clusters& clusters_;
  const Annotations* annotations_;
  std::vector<std::uint64_t> sourceNames_;  ///< by source of the review
  std::vector<std::uint64_t> files_;        ///< by file: wave, name, importer, dialect
};

}  // namespace winnow::engine
