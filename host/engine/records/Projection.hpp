// What a stage is handed of a record: all of it, or the fields that it declares to read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <winnow/abi.h>

#include "plugins/TagTable.hpp"

namespace winnow::engine {

/// One stage's. A batch lives until the next one. One thread.
class Projection {
 public:
  Projection(const winnow_stage& stage, const plugins::TagTable& tags);

  /// True if the stage declares nothing: it gets every field, and any of them may change its answer.
  bool isWhole() const noexcept { return names_.empty(); }
  /// The records with the fields that the stage reads or gives, in their order, without the records' places. The batch
  /// itself if isWhole().
  const winnow_batch& of(const winnow_batch& batch);
  /// Hash of exactly what the stage is handed of a record of of(); never 0.
  std::uint64_t seen(const winnow_record& record) const;

 private:
  bool isRead(std::uint32_t tag);

  const plugins::TagTable& tags_;
  std::vector<std::string> names_;    ///< of tags; one that ends in "." means all that begin with it
  std::vector<std::uint8_t> isRead_;  ///< by tag: 0 not looked at yet, 1 no, 2 yes
  std::vector<winnow_field> fields_;
  std::vector<winnow_record> records_;
  winnow_batch batch_{};
};

}  // namespace winnow::engine
