// A record as stages see it: its derived fields, completed from merged duplicates, with what the host knows of it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/abi.h>

#include "Annotations.hpp"
#include "BestValue.hpp"
#include "Clusters.hpp"
#include "ledger/Ledger.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::engine {

/// A value of a merged record with the member that it came from.
struct MergedValue {
  std::string tag, value;
  RecordId from = 0;
  std::string_view why;  ///< why this member; empty for the representative's own
};

/// A field that the host adds: a vote, a proposal, a value that people gave.
struct ExtraField {
  std::string_view tag;
  std::string value;
  std::uint16_t group = 0;
};
using ExtraFields = std::function<void(RecordId, std::vector<ExtraField>&)>;

/// Builds batches of views. One thread; a batch lives until the next one.
class Views {
 public:
  /// Merged records show the fields of `annotations`, too, if given. All are borrowed.
  Views(const config::Review& review, const ledger::Ledger& ledger, const Records& records, const Clusters& clusters,
        plugins::TagTable& tags, const Annotations* annotations = nullptr);

  /// Records as they were exported, each for itself, without merging (for matchers and "all records" exports).
  const winnow_batch& single(const std::vector<RecordId>& ids, bool withRaw, const ExtraFields& extra = {});
  /// Representatives with the best value of each field that a member of their own wave has (BestValue.hpp).
  const winnow_batch& merged(const std::vector<RecordId>& ids, bool withRaw, const ExtraFields& extra = {});
  /// The values of a merged record, for people who ask where each came from.
  std::vector<MergedValue> origins(RecordId representative);
  /// The records of the newest batch, by place.
  RecordId idAt(std::size_t index) const noexcept { return static_cast<RecordId>(records_[index].id); }

 private:
  struct Numbers;
  const winnow_batch& build(const std::vector<RecordId>& ids, bool withRaw, bool merge, const ExtraFields& extra);
  MergedFields mergedFields(std::size_t first, std::size_t count) const;
  void addHostFields(RecordId id, const std::vector<RecordId>& members);
  void add(std::uint32_t tag, std::string_view value, std::uint16_t group = 0, std::uint32_t rule = 0);
  void addAnnotations(RecordId representative);
  std::string_view keep(std::string text);

  const config::Review& review_;
  const ledger::Ledger& ledger_;
  const Records& all_;
  const Clusters& clusters_;
  plugins::TagTable& tags_;
  const Annotations* annotations_;
  std::shared_ptr<const Numbers> numbers_;
  const BestValue best_;
  ledger::RecordBlock block_;
  std::vector<winnow_field> fields_;
  std::vector<winnow_record> records_;
  std::vector<std::unique_ptr<std::string>> texts_;
  winnow_batch batch_{};
};

}  // namespace winnow::engine
