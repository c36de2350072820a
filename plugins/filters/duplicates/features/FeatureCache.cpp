#include "FeatureCache.hpp"

#include <utility>

#include <xxhash.h>

namespace winnow::duplicates {

namespace {

/// Hash of tags, groups and values of a record.
std::uint64_t bytesHash(const Record& record) {
  std::uint64_t hash = record.size();
  for (const winnow_field& field : record) {
    const std::uint64_t head =
        (static_cast<std::uint64_t>(field.tag) << 32) | (static_cast<std::uint64_t>(field.group) << 16) | field.flags;
    hash = XXH3_64bits_withSeed(field.value.data, field.value.size, hash ^ (head * 0x9E3779B97F4A7C15ull));
  }
  return hash;
}

}  // namespace

FeatureCache::Pointer FeatureCache::of(const Record& record) {
  const std::uint64_t key = bytesHash(record);
  if (const auto found = young_.find(key); found != young_.end()) return found->second;
  if (young_.size() >= kGeneration) {
    old_ = std::move(young_);
    young_.clear();
  }
  const auto aged = old_.find(key);
  Pointer features = aged != old_.end() ? aged->second : make(record, key);
  young_.emplace(key, features);
  return features;
}

FeatureCache::Pointer FeatureCache::make(const Record& record, std::uint64_t key) const {
  auto features = std::make_shared<Features>(featuresOf(record, tags_));
  features->bytes = key;
  return features;
}

}  // namespace winnow::duplicates
