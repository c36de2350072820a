#include "Records.hpp"

#include <algorithm>
#include <cstdio>
#include <tuple>
#include <unordered_set>

#include "io/Hash.hpp"
#include "io/SpillingSort.hpp"

namespace winnow::engine {

namespace {

constexpr std::size_t kSorted = std::size_t{1} << 25;  ///< bytes in memory; more is sorted on disk

/// Finds the values that come more than once.
class Repeated {
 public:
  void add(std::uint64_t value) { values_.add(value); }
  /// Once, after all came in.
  std::unordered_set<std::uint64_t> find() {
    std::unordered_set<std::uint64_t> found;
    std::uint64_t before = 0;
    bool isFirst = true;
    for (std::uint64_t value = 0; values_.next(value); isFirst = false) {
      if (!isFirst && value == before) found.insert(value);
      before = value;
    }
    return found;
  }

 private:
  io::SpillingSort<std::uint64_t> values_{kSorted / sizeof(std::uint64_t)};
};

/// A database's number and the text that bears it.
struct Numbered {
  std::uint64_t number = 0, text = 0;
  bool operator<(const Numbered& other) const { return std::tie(number, text) < std::tie(other.number, other.text); }
};

}  // namespace

/// Reads the sightings of every file and tells which of them are the same record.
class Records::Loader {
 public:
  Loader(Records& records, const ledger::Ledger& ledger) : r_(records), ledger_(ledger) {
    const std::size_t count = static_cast<std::size_t>(ledger.plausibleRecordCount()) + 1;
    r_.positions_.resize(count);
    r_.fileOf_.resize(count, Home::kNoFile);
    r_.content_.resize(count);
    r_.identity_.resize(count);
    r_.recordOfRow_.resize(count);
    nextAlike_.resize(count);
    takenBy_.resize(count, Home::kNoFile);
  }

  void load() {
    std::uint64_t places = 0;
    for (const ActiveFile& file : r_.files_) places += file.row.records;
    r_.order_.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(places, r_.positions_.size())));
    findAmbiguousNumbers();
    findRepeated();
    for (std::uint32_t f = 0; f < r_.files_.size(); ++f) loadFile(f);
    rankAlike();
    const auto byRecord = [](const LaterSighting& a, const LaterSighting& b) { return a.record < b.record; };
    std::stable_sort(r_.later_.begin(), r_.later_.end(), byRecord);
  }

 private:
  std::uint64_t ofSource(std::uint32_t file, std::uint64_t hash) const {
    return io::mix64(static_cast<std::uint64_t>(r_.files_[file].row.source), hash);
  }
  std::uint64_t identityOf(std::uint32_t f, const ledger::Sighting& s) const {
    const bool hasNumber = s.number != 0 && !ambiguous_.contains(ofSource(f, s.number));
    return hasNumber ? s.number : s.lasting;
  }

  /// Numbers that one file gives to records of different text: a constant in the column, or two versions glued
  /// together.
  void findAmbiguousNumbers() {
    for (std::uint32_t f = 0; f < r_.files_.size(); ++f) {
      io::SpillingSort<Numbered> numbers(kSorted / sizeof(Numbered));
      ledger_.forEachSighting(r_.files_[f].row.id, [&](const ledger::Sighting& s) {
        if (s.number != 0) numbers.add({s.number, s.lasting});
      });
      Numbered before;  // no record has the number 0
      for (Numbered next; numbers.next(next); before = next)
        if (next.number == before.number && next.text != before.text) ambiguous_.insert(ofSource(f, next.number));
    }
  }

  /// Most identities are seen once: only of the others a table is kept.
  void findRepeated() {
    Repeated identities;
    for (std::uint32_t f = 0; f < r_.files_.size(); ++f)
      ledger_.forEachSighting(r_.files_[f].row.id,
                              [&](const ledger::Sighting& s) { identities.add(ofSource(f, identityOf(f, s))); });
    repeated_ = identities.find();
  }

  void loadFile(std::uint32_t f) {
    // What the file repeats byte for byte is that record, also where a changed version of it stands earlier in the
    // file.
    if (f > 0 && !repeated_.empty())
      ledger_.forEachSighting(r_.files_[f].row.id, [&](const ledger::Sighting& s) {
        if (const RecordId record = r_.recordOfRow_[s.record]; record != 0) takenBy_[record] = f;
      });
    std::uint64_t count = 0;
    ledger_.forEachSighting(r_.files_[f].row.id, [&](const ledger::Sighting& s) {
      ++count;
      const std::uint64_t identity = identityOf(f, s);
      const std::uint64_t ofThisSource = ofSource(f, identity);
      Alike* alike = repeated_.contains(ofThisSource) ? &alike_[ofThisSource] : nullptr;
      RecordId record = r_.recordOfRow_[s.record];
      if (record == 0 && alike != nullptr) record = known(*alike, f);
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

  RecordId add(Alike* alike, std::uint32_t f, std::uint64_t identity, const ledger::Sighting& s) {
    const RecordId id = s.record;
    const Stored stored{{f, s.line, s.ordinal, s.byte, s.size}, s.meaning};
    r_.stored_.append(&stored, sizeof stored);
    r_.positions_[id] = static_cast<std::uint32_t>(r_.order_.size());
    r_.order_.push_back(id);
    r_.fileOf_[id] = f;
    r_.content_[id] = s.content;
    r_.identity_[id] = identity;
    if (alike == nullptr) return id;
    if (alike->first == 0)
      alike->first = id;
    else
      nextAlike_[alike->last] = id;
    alike->last = id;
    return id;
  }

  void rankAlike() {
    Repeated identities;
    for (const RecordId id : r_.order_) identities.add(r_.identity_[id]);
    const std::unordered_set<std::uint64_t> repeated = identities.find();
    std::unordered_map<std::uint64_t, std::uint32_t> count;
    for (const RecordId id : r_.order_) {
      if (!repeated.contains(r_.identity_[id])) continue;
      if (const std::uint32_t rank = ++count[r_.identity_[id]]; rank > 1) r_.ranks_[id] = rank;
    }
  }

  Records& r_;
  const ledger::Ledger& ledger_;
  std::unordered_set<std::uint64_t> ambiguous_;     ///< (source, number)
  std::unordered_set<std::uint64_t> repeated_;      ///< (source, identity) of several places
  std::unordered_map<std::uint64_t, Alike> alike_;  ///< by (source, identity), of those repeated
  std::vector<RecordId> nextAlike_;                 ///< by record
  std::vector<std::uint32_t> takenBy_;              ///< by record: newest file that holds it
};

Records::Records(const config::Review& review, const ledger::Ledger& ledger, std::vector<ActiveFile> files)
    : review_(review), files_(std::move(files)) {
  Loader(*this, ledger).load();
}

Records::Stored Records::stored(RecordId id) const {
  Stored stored;
  stored_.read(std::uint64_t{positions_[id]} * sizeof stored, &stored, sizeof stored);
  return stored;
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
  std::vector<std::uint32_t> list{fileOf_[id]};
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
