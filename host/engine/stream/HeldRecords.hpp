// Records of streams that are needed together, in their durable order; their fields stay where they lie.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "KeptLines.hpp"
#include "RecordLine.hpp"
#include "engine/steps/Duplicates.hpp"

namespace winnow::engine {

/// About 160 bytes a record and the length of its name in memory, and what KeptLines takes. One thread.
class HeldRecords {
 public:
  enum class Fields { readAgain, leftAway };
  /// Without their fields, batch() may not be asked for. `mostOpen`: files that are open at once to read them again.
  explicit HeldRecords(plugins::TagTable& tags, Fields fields = Fields::readAgain,
                       std::size_t mostOpen = KeptLines::kMostOpen)
      : tags_(tags), readsFields_(fields == Fields::readAgain), lines_(mostOpen) {}

  /// Reads all streams: records first, then lines about them, which `each` gets as text (StreamLine::parse()). Throws
  /// BadStream for a record that came before or comes behind such a line, UsageError where two records have one place.
  /// Lines before the first record go to `early`, if given; it returns whether it takes the line.
  void read(StreamReader& reader, const std::function<void(StreamLine&)>& each,
            const std::function<bool(StreamLine&)>& early = {});
  /// Records of other names are passed over. To be called before the first comes; `names` may grow until then.
  void holdOnly(const std::unordered_set<std::string>& names) noexcept { names_ = &names; }

  /// The record that the line names in `member`; throws BadStream if it did not come.
  RecordId named(const StreamLine& line, const char* member) const;
  /// The same of a name that stands in `member` of the line.
  RecordId named(const StreamLine& line, const char* member, const std::string& name) const;
  Place place(RecordId id) const { return held_[id - 1].rank; }
  const std::vector<RecordId>& order() const noexcept { return order_; }
  const std::string& name(RecordId id) const { return *held_[id - 1].name; }
  std::uint64_t content(RecordId id) const { return held_[id - 1].content; }
  std::size_t idLimit() const noexcept { return held_.size() + 1; }
  /// A batch; valid until the next one. Throws BadStream for fields that are none, Error as KeptLines::read().
  const winnow_batch& batch(const std::vector<RecordId>& ids);
  /// What the matcher's code asks of a set. Borrows this.
  MatchInput input();

 private:
  struct Held {
    const std::string* name = nullptr;
    std::uint64_t file = 0, ordinal = 0, wave = 0, content = 0;
    KeptLines::At at;
    Place rank = 0;  ///< in the durable order
  };
  bool isPassedOver(StreamLine& line) const;
  void add(StreamLine& line);
  void finish();

  plugins::TagTable& tags_;
  const bool readsFields_;
  const std::unordered_set<std::string>* names_ = nullptr;  ///< null: records of any name
  std::unordered_map<std::string, RecordId> ids_;
  std::vector<Held> held_;
  std::vector<RecordId> order_;
  bool isFinished_ = false;
  KeptLines lines_;
  std::vector<OwnedRecord> shown_;  ///< in the newest batch
  std::vector<winnow_record> records_;
  winnow_batch batch_{};
};

}  // namespace winnow::engine
