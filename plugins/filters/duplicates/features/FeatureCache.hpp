// Features of records seen lately. The host shows a record once for every block it is in.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>

#include "Features.hpp"

namespace winnow::duplicates {

/// Keyed by the bytes of the record, not by its handle: handles are no identity. Holds two generations, so that memory
/// is bounded and what is in use stays. Not for several threads.
class FeatureCache {
 public:
  using Pointer = std::shared_ptr<const Features>;

  explicit FeatureCache(FeatureTags tags) : tags_(tags) {}
  /// The features of a record; made if they are not known.
  Pointer of(const Record& record);

 private:
  static constexpr std::size_t kGeneration = 16384;
  using Generation = std::unordered_map<std::uint64_t, Pointer>;

  Pointer make(const Record& record, std::uint64_t key) const;

  FeatureTags tags_;
  Generation young_, old_;
};

}  // namespace winnow::duplicates
