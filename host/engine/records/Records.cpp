#include "Records.hpp"

#include <algorithm>
#include <cstdio>
#include <unordered_set>

#include "io/Hash.hpp"

namespace winnow::engine {

/// Reads the sightings of every file and tells which of them are the same record.
class Records::Loader {
 public:
  Loader(Records& records, const ledger::Ledger& ledger) : r_(records), ledger_(ledger) {
    const std::size_t count = static_cast<std::size_t>(ledger.recordCount()) + 1;
    r_.homes_.resize(count);
    r_.positions_.resize(count);
    r_.content_.resize(count);
    r_.meaning_.resize(count);
    r_.identity_.resize(count);
    r_.recordOfRow_.resize(count);
    nextAlike_.resize(count);
    takenBy_.resize(count, Home::kNoFile);
  }

  void load() {
    findAmbiguousNumbers();
    for (std::uint32_t f = 0; f < r_.files_.size(); ++f) loadFile(f);
    rankAlike();
    const auto byRecord = [](const LaterSighting& a, const LaterSighting& b) { return a.record < b.record; };
    std::stable_sort(r_.later_.begin(), r_.later_.end(), byRecord);
  }

 private:
  std::uint64_t ofSource(std::uint32_t file, std::uint64_t hash) const {
    return io::mix64(static_cast<std::uint64_t>(r_.files_[file].row.source), hash);
  }

  /// Numbers that one file gives to records of different text: a constant in the column, or two versions glued
  /// together.
  void findAmbiguousNumbers() {
    std::unordered_map<std::uint64_t, std::uint64_t> textOf;
    for (std::uint32_t f = 0; f < r_.files_.size(); ++f) {
      textOf.clear();
      ledger_.forEachSighting(r_.files_[f].row.id, [&](const ledger::Sighting& s) {
        if (s.number == 0) return;
        const auto [known, isNew] = textOf.emplace(s.number, s.lasting);
        if (!isNew && known->second != s.lasting) ambiguous_.insert(ofSource(f, s.number));
      });
    }
  }

  void loadFile(std::uint32_t f) {
    std::uint64_t count = 0;
    ledger_.forEachSighting(r_.files_[f].row.id, [&](const ledger::Sighting& s) {
      ++count;
      const bool hasNumber = s.number != 0 && !ambiguous_.contains(ofSource(f, s.number));
      const std::uint64_t identity = hasNumber ? s.number : s.lasting;
      RecordId record = r_.recordOfRow_[s.record];
      Alike& alike = alike_[ofSource(f, identity)];
      if (record == 0) record = known(alike, f);
      if (record == 0) {
        record = add(alike, f, identity, s);
      } else {
        r_.later_.push_back({record, f, s.record});
      }
      r_.recordOfRow_[s.record] = record;
      takenBy_[record] = f;
    });
    if (count != r_.files_[f].row.records)
      throw ledger::Damaged("the ledger holds " + std::to_string(count) + " records of '" + r_.files_[f].row.name +
                            "', " + std::to_string(r_.files_[f].row.records) +
                            " were imported; delete it and run again: exports, configuration and decision files give "
                            "the same results");
  }

  /// Records of one source and identity, in order: `nextAlike_` leads from each to the next.
  struct Alike {
    RecordId first = 0, last = 0;
    RecordId next = 0;  ///< where the newest file goes on looking
    std::uint32_t file = Home::kNoFile;
  };

  /// A record of this source and identity that this file has not named yet: equal entries of one file stay apart.
  RecordId known(Alike& alike, std::uint32_t f) const {
    if (alike.file != f) {
      alike.file = f;
      alike.next = alike.first;
    }
    while (alike.next != 0 && takenBy_[alike.next] == f) alike.next = nextAlike_[alike.next];
    return alike.next;
  }

  RecordId add(Alike& alike, std::uint32_t f, std::uint64_t identity, const ledger::Sighting& s) {
    const RecordId id = s.record;
    r_.homes_[id] = {f, s.line, s.ordinal, s.byte, s.size};
    r_.positions_[id] = static_cast<std::uint32_t>(r_.order_.size());
    r_.order_.push_back(id);
    r_.content_[id] = s.content;
    r_.meaning_[id] = s.meaning;
    r_.identity_[id] = identity;
    if (alike.first == 0)
      alike.first = id;
    else
      nextAlike_[alike.last] = id;
    alike.last = id;
    return id;
  }

  void rankAlike() {
    std::unordered_map<std::uint64_t, std::uint32_t> count;
    count.reserve(r_.order_.size());
    for (const RecordId id : r_.order_)
      if (const std::uint32_t rank = ++count[r_.identity_[id]]; rank > 1) r_.ranks_[id] = rank;
  }

  Records& r_;
  const ledger::Ledger& ledger_;
  std::unordered_set<std::uint64_t> ambiguous_;     ///< (source, number)
  std::unordered_map<std::uint64_t, Alike> alike_;  ///< by (source, identity)
  std::vector<RecordId> nextAlike_;                 ///< by record
  std::vector<std::uint32_t> takenBy_;              ///< by record: newest file that holds it
};

Records::Records(const config::Review& review, const ledger::Ledger& ledger, std::vector<ActiveFile> files)
    : review_(review), files_(std::move(files)) {
  Loader(*this, ledger).load();
}

std::uint32_t Records::rank(RecordId id) const {
  const auto found = ranks_.find(id);
  return found == ranks_.end() ? 1 : found->second;
}

std::string Records::key(RecordId id) const {
  char digits[32];
  std::snprintf(digits, sizeof digits, "r:%016llx", static_cast<unsigned long long>(identity_[id]));
  std::string key = digits;
  if (const std::uint32_t n = rank(id); n > 1) key += "." + std::to_string(n);
  return key;
}

namespace {

auto laterOf(const std::vector<LaterSighting>& later, RecordId id) {
  return std::lower_bound(later.begin(), later.end(), id,
                          [](const LaterSighting& s, RecordId wanted) { return s.record < wanted; });
}

}  // namespace

std::vector<std::uint32_t> Records::filesOf(RecordId id) const {
  std::vector<std::uint32_t> list{homes_[id].file};
  for (auto it = laterOf(later_, id); it != later_.end() && it->record == id; ++it) list.push_back(it->file);
  return list;
}

std::vector<RecordId> Records::otherVersions(RecordId id) const {
  std::vector<RecordId> list;
  for (auto it = laterOf(later_, id); it != later_.end() && it->record == id; ++it)
    if (it->reading != id && std::find(list.begin(), list.end(), it->reading) == list.end())
      list.push_back(it->reading);
  return list;
}

}  // namespace winnow::engine
