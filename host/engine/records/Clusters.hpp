// Which records are the same work.
#pragma once

#include <utility>
#include <vector>

#include "Records.hpp"

namespace winnow::engine {

/// Which records are the same work: every record has a representative, which stands for all of them from then on.
class Clusters {
 public:
  /// Every record alone.
  explicit Clusters(const Records& records) : records_(records) {}
  /// 0: the row of the ledger is no record's current version.
  RecordId representative(RecordId id) const noexcept {
    if (representative_.empty()) return records_.isActive(id) ? id : 0;
    return representative_[id];
  }
  /// Members of a representative in order, itself first.
  std::vector<RecordId> members(RecordId representative) const;
  /// Replaces the partition: `representative[id]` for every active record.
  void assign(std::vector<RecordId> representative);
  /// Representatives in the order of the records.
  const std::vector<RecordId>& representatives() const noexcept {
    return representative_.empty() ? records_.order() : list_;
  }

 private:
  const Records& records_;
  std::vector<RecordId> representative_;               ///< by record; empty: every record alone
  std::vector<RecordId> list_;                         ///< empty as long as that is
  std::vector<std::pair<RecordId, RecordId>> merged_;  ///< (representative, member) without itself, sorted
};

/// Members whose first wave is that of the representative: what a stage may see, so that an update never changes what
/// was judged before.
std::vector<RecordId> visibleMembers(const Records& records, const Clusters& clusters, RecordId representative);

/// The same for a work whatever order the configuration names its sources in: the smallest key of its visible members.
std::string workKey(const Records& records, const Clusters& clusters, RecordId representative);

}  // namespace winnow::engine
