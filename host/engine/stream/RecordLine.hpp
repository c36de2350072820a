// A record as a line of a stream: what a stage is handed of it, and what the host must know of it to give the answer of
// one machine on many.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <winnow/abi.h>

#include "PlainLine.hpp"
#include "engine/reading/Stream.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::engine {

/// What a line says of a record beside its fields.
struct RecordFacts {
  std::string record;         ///< its name in this work, once in the whole set
  std::uint64_t file = 0;     ///< rank of its file in the order of the set
  std::uint64_t ordinal = 0;  ///< in that file
  std::uint64_t wave = 0;     ///< rank of the wave of its first sighting
  std::uint64_t content = 0;  ///< hash of its bytes
  std::uint64_t view = 0;     ///< hash of what the stage sees of it; 0: not of a review
  std::string work;           ///< the key that a sampler draws by
};

/// The line, without line end.
std::string recordLine(const RecordFacts& facts, const winnow_record& record, const plugins::TagTable& tags);

/// Reads the name alone; throws BadStream.
std::string recordName(StreamLine& line);
/// Reads the facts, fields left away; throws BadStream.
RecordFacts recordFacts(StreamLine& line);

/// A record that owns its bytes. Not copyable: fields point into texts.
class OwnedRecord {
 public:
  /// Reads the fields; throws BadStream.
  OwnedRecord(StreamLine& line, plugins::TagTable& tags);
  OwnedRecord(OwnedRecord&&) = default;
  OwnedRecord& operator=(OwnedRecord&&) = default;
  OwnedRecord(const OwnedRecord&) = delete;
  OwnedRecord& operator=(const OwnedRecord&) = delete;

  /// Valid as long as this is.
  winnow_record view(std::uint64_t id) const { return {id, fields_.data(), fields_.size(), at_}; }
  /// Adds a derived field. What view() gave before is gone.
  void add(std::uint32_t tag, std::string_view value);

 private:
  bool readPlain(PlainLine in, plugins::TagTable& tags);
  bool plainField(PlainLine& in, plugins::TagTable& tags);
  void addField(const StreamLine& line, const nlohmann::json& field, plugins::TagTable& tags);
  winnow_str keep(std::string text);
  void requireOrigins(const StreamLine& line) const;

  std::vector<winnow_field> fields_;
  std::string plain_;                                ///< values one behind the other, as long as the line at most
  std::vector<std::unique_ptr<std::string>> texts_;  ///< other values
  winnow_span at_{};
};

}  // namespace winnow::engine
