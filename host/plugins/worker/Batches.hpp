// Records on the wire. Tags have other numbers on the other side, so a batch brings the names that it uses first.
#pragma once

#include <vector>

#include "../TagTable.hpp"
#include "Wire.hpp"

namespace winnow::plugins::worker {

/// Writes batches for one other side; remembers which names it knows.
class BatchWriter {
 public:
  void write(Encoder& to, const winnow_batch& batch, const TagTable& tags);
  /// For lists that use tags without being batches: introduce() each tag, then writeNames() before the list.
  void introduce(std::uint32_t tag);
  void writeNames(Encoder& to, const TagTable& tags);

 private:
  std::vector<bool> known_;
  std::vector<std::uint32_t> fresh_;
};

/// Reads batches of one other side. The batch is a view into the payload and this object, until the next read().
class BatchReader {
 public:
  winnow_batch read(Decoder& from, TagTable& tags);
  /// The names before a list, and our number of one of the other side's. Throws Broken for one that was never
  /// introduced.
  void readNames(Decoder& from, TagTable& tags);
  std::uint32_t local(std::uint32_t remote) const;

 private:
  std::vector<std::uint32_t> numbers_;
  std::vector<winnow_field> fields_;
  std::vector<winnow_record> records_;
};

}  // namespace winnow::plugins::worker
