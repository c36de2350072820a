// How the fields of a record stand in the ledger: small, because most values are slices of the raw bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/abi.h>

namespace winnow::ledger {

/// Translates between tag numbers of this process and those stored in the ledger.
class TagMap {
 public:
  virtual ~TagMap() = default;
  virtual std::uint32_t stored(std::uint32_t processTag) = 0;
  virtual std::uint32_t process(std::uint32_t storedTag) const = 0;
};

/// Appends the blob of a record's fields to `blob`. `raw` are the record's bytes.
/// Format 1: version byte, count, then per field: head = stored tag * 4 + form, flags, origin + 1, group, stored rule,
/// line - first line + 1 (0: none), value; all numbers LEB128. Forms: 0 text follows (size, bytes), 1 slice of raw
/// (offset, size), 2 the value of its origin.
void encodeFields(const winnow_record& record, std::string_view raw, TagMap& tags, std::string& blob);

/// Appends the fields to `out`; values are views into `blob` and `raw`. Without `withRaw` only derived fields, and
/// origins are WINNOW_NONE. Throws winnow::Error on a damaged blob.
void decodeFields(std::string_view blob, std::string_view raw, std::uint32_t firstLine, const TagMap& tags,
                  bool withRaw, std::vector<winnow_field>& out);

}  // namespace winnow::ledger
