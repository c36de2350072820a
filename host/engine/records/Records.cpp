#include "Records.hpp"

#include <algorithm>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace winnow::engine {

Records::Records(const config::Review& review, const ledger::Ledger& ledger, std::vector<ActiveFile> files)
    : review_(review), files_(std::move(files)) {
  const std::size_t count = static_cast<std::size_t>(ledger.recordCount()) + 1;
  homes_.resize(count);
  positions_.resize(count);
  identities_.resize(count);
  for (const auto& [id, slug] : ledger.sourceSlugs()) {
    if (slugs_.size() <= static_cast<std::size_t>(id)) slugs_.resize(static_cast<std::size_t>(id) + 1);
    slugs_[static_cast<std::size_t>(id)] = slug;
  }
  ledger.forEachIdentity([&](RecordId id, const ledger::Identity& identity) { identities_[id] = identity; });
  for (std::uint32_t f = 0; f < files_.size(); ++f) {
    ledger.forEachSighting(files_[f].row.id, [&](const ledger::Sighting& s) {
      if (isActive(s.record)) {
        later_.emplace_back(s.record, f);
        return;
      }
      homes_[s.record] = {f, s.line, s.ordinal, s.byte, s.size};
      positions_[s.record] = static_cast<std::uint32_t>(order_.size());
      order_.push_back(s.record);
    });
  }
  std::stable_sort(later_.begin(), later_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

std::string Records::key(RecordId id) const {
  const ledger::Identity& identity = identities_[id];
  return ledger::recordKey(slugs_[static_cast<std::size_t>(identity.source)], identity);
}

std::vector<std::uint32_t> Records::filesOf(RecordId id) const {
  std::vector<std::uint32_t> list{homes_[id].file};
  auto it = std::lower_bound(later_.begin(), later_.end(), std::pair{id, std::uint32_t{0}});
  for (; it != later_.end() && it->first == id; ++it) list.push_back(it->second);
  return list;
}

std::string plainName(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

References::References(const Records& records, const ledger::Ledger& ledger, plugins::TagTable& tags)
    : records_(records), ledger_(ledger), tags_(tags) {}

void References::build() const {
  built_ = true;
  const std::pair<std::uint32_t, std::string> named[] = {{tags_.number(tags::kDoi), "doi:"},
                                                         {tags_.number(tags::kPmid), "pmid:"},
                                                         {tags_.number(tags::kTitle), "title:"},
                                                         {tags_.number(tags::kLocalId), ""}};
  constexpr std::size_t kBatch = 1024;
  ledger::RecordBlock block;
  std::vector<RecordId> ids;
  const std::vector<RecordId>& order = records_.order();
  for (std::size_t begin = 0; begin < order.size(); begin += kBatch) {
    ids.assign(order.begin() + static_cast<std::ptrdiff_t>(begin),
               order.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kBatch, order.size())));
    ledger_.read(ids, false, block, [&](RecordId id) { return records_.home(id).line; });
    for (std::size_t i = 0; i < ids.size(); ++i) {
      keys_.emplace(records_.key(ids[i]), ids[i]);
      for (std::size_t f = block.begins[i]; f < block.begins[i + 1]; ++f)
        for (const auto& [tag, prefix] : named)
          if (block.fields[f].tag == tag) names_.emplace(prefix + plainName(view(block.fields[f].value)), ids[i]);
    }
  }
}

std::vector<RecordId> References::find(std::string_view reference) const {
  if (!built_) build();
  std::vector<RecordId> found;
  const auto range = names_.equal_range(plainName(reference));
  for (auto it = range.first; it != range.second; ++it) found.push_back(it->second);
  if (found.empty() && reference.size() >= 4)
    for (auto it = keys_.lower_bound(reference);
         it != keys_.end() && it->first.compare(0, reference.size(), reference) == 0; ++it) {
      found.push_back(it->second);
      if (it->first == reference) {  // "x:abc" is a whole key, "x:abc.2" another
        found.assign(1, it->second);
        break;
      }
    }
  std::sort(found.begin(), found.end(),
            [&](RecordId a, RecordId b) { return records_.position(a) < records_.position(b); });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace winnow::engine
