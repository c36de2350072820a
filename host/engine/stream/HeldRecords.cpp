#include "HeldRecords.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace winnow::engine {

void HeldRecords::read(StreamReader& reader, const std::function<void(StreamLine&)>& each,
                       const std::function<bool(StreamLine&)>& early) {
  bool isAny = false;
  reader.leaveLines();
  StreamLine line;
  while (reader.next(line)) {
    if (line.header.holds == "records") {
      if (isFinished_)
        line.refuse("stage.late-record", "this record comes behind lines about records",
                    "give the streams of records first");
      isAny = true;
      if (!isPassedOver(line)) add(line);
      continue;
    }
    if (!isAny && early && early(line)) continue;
    if (names_ != nullptr)
      line.refuse("stage.late-line", "blocks came before the records, and this line comes behind them",
                  "give all blocks before the records, or all lines about records behind them");
    finish();
    each(line);
  }
  finish();
}

bool HeldRecords::isPassedOver(StreamLine& line) const {
  return names_ != nullptr && !names_->contains(recordName(line));
}

void HeldRecords::add(StreamLine& line) {
  RecordFacts facts = recordFacts(line);
  const auto id = static_cast<RecordId>(held_.size() + 1);
  const auto [place, isNew] = ids_.emplace(std::move(facts.record), id);
  if (!isNew)
    line.refuse("stage.record-twice", "the record '" + place->first + "' came before",
                "give every record of the set once", "record");
  held_.push_back({&place->first, facts.file, facts.ordinal, facts.wave, facts.content,
                   readsFields_ ? lines_.keep(line) : KeptLines::At{}, 0});
}

void HeldRecords::finish() {
  if (std::exchange(isFinished_, true)) return;
  for (std::size_t i = 0; i < held_.size(); ++i) order_.push_back(static_cast<RecordId>(i + 1));
  const auto placeOf = [this](RecordId id) { return std::tie(held_[id - 1].file, held_[id - 1].ordinal); };
  std::sort(order_.begin(), order_.end(), [&](RecordId a, RecordId b) { return placeOf(a) < placeOf(b); });
  for (std::size_t i = 0; i < order_.size(); ++i) held_[order_[i] - 1].rank = static_cast<Place>(i);
  const auto twice = std::adjacent_find(order_.begin(), order_.end(),
                                        [&](RecordId a, RecordId b) { return placeOf(a) == placeOf(b); });
  if (twice != order_.end())
    throw UsageError("'" + name(*twice) + "' and '" + name(*(twice + 1)) +
                     "' have the same place; number the files of a set with --place when they are read");
}

RecordId HeldRecords::named(const StreamLine& line, const char* member) const {
  return named(line, member, line.string(member));
}

RecordId HeldRecords::named(const StreamLine& line, const char* member, const std::string& wanted) const {
  const auto found = ids_.find(wanted);
  if (found == ids_.end())
    line.refuse("stage.unknown-record", "the record '" + wanted + "' is in none of the streams of records",
                "give the records that the lines name first", member);
  return found->second;
}

const winnow_batch& HeldRecords::batch(const std::vector<RecordId>& ids) {
  shown_.clear();
  records_.clear();
  StreamLine line;
  for (const RecordId id : ids) {
    lines_.read(held_[id - 1].at, line);
    records_.push_back(shown_.emplace_back(line, tags_).view(id));
  }
  batch_ = {sizeof batch_, 0, records_.data(), records_.size()};
  return batch_;
}

MatchInput HeldRecords::input() {
  return {order_, [this](RecordId id) { return static_cast<std::size_t>(held_[id - 1].wave); },
          [this](RecordId id) { return held_[id - 1].content; },
          [this](const std::vector<RecordId>& ids) -> const winnow_batch& { return batch(ids); }};
}

}  // namespace winnow::engine
