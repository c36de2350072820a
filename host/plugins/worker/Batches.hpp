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

 private:
  void introduce(std::uint32_t tag);
  std::vector<bool> known_;
  std::vector<std::uint32_t> fresh_;
};

/// Reads batches of one other side. The batch is a view into the payload and this object, until the next read().
class BatchReader {
 public:
  winnow_batch read(Decoder& from, TagTable& tags);

 private:
  std::uint32_t local(std::uint32_t remote) const;
  std::vector<std::uint32_t> numbers_;
  std::vector<winnow_field> fields_;
  std::vector<winnow_record> records_;
};

}  // namespace winnow::plugins::worker
