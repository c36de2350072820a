#include "RecordCodec.hpp"

#include <cstring>

#include "io/Error.hpp"

namespace winnow::ledger {

namespace {

constexpr char kFormat = 1;
enum Form : std::uint32_t { Text = 0, Slice = 1, SameAsOrigin = 2 };

void put(std::string& blob, std::uint64_t number) {
  while (number >= 0x80) {
    blob += static_cast<char>(number | 0x80);
    number >>= 7;
  }
  blob += static_cast<char>(number);
}

class Reader {
 public:
  explicit Reader(std::string_view blob) : blob_(blob) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes(1)[0]);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    throw Error("the ledger holds a damaged record (number without end)");
  }
  std::uint32_t small() { return static_cast<std::uint32_t>(number()); }
  std::string_view bytes(std::uint64_t size) {
    if (size > blob_.size() - at_) throw Error("the ledger holds a damaged record (cut off)");
    const std::string_view part = blob_.substr(at_, size);
    at_ += size;
    return part;
  }

 private:
  std::string_view blob_;
  std::size_t at_ = 0;
};

bool sameBytes(winnow_str a, winnow_str b) {
  return a.size == b.size && (a.data == b.data || std::memcmp(a.data, b.data, a.size) == 0);
}

/// Finds `value` in `raw`, looking first from where the last one ended: exports name their fields in order.
std::size_t findSlice(std::string_view raw, std::string_view value, std::size_t& cursor) {
  constexpr std::size_t kNear = 64;
  const std::size_t ahead = raw.substr(cursor, value.size() + kNear).find(value);
  if (ahead != std::string_view::npos) {
    const std::size_t at = cursor + ahead;
    cursor = at + value.size();
    return at;
  }
  const std::size_t at = raw.find(value);
  if (at != std::string_view::npos) cursor = at + value.size();
  return at;
}

}  // namespace

void encodeFields(const winnow_record& record, std::string_view raw, TagMap& tags, std::string& blob) {
  blob += kFormat;
  put(blob, record.field_count);
  std::size_t cursor = 0;
  for (std::size_t i = 0; i < record.field_count; ++i) {
    const winnow_field& field = record.fields[i];
    const std::string_view value(field.value.data, field.value.size);
    const bool isDerived = (field.flags & WINNOW_FIELD_DERIVED) != 0;
    Form form = Text;
    std::size_t at = 0;
    if (isDerived && field.origin < i && sameBytes(field.value, record.fields[field.origin].value)) {
      form = SameAsOrigin;
    } else if (!isDerived && value.size() >= 2 && (at = findSlice(raw, value, cursor)) != std::string_view::npos) {
      form = Slice;
    }
    put(blob, static_cast<std::uint64_t>(tags.stored(field.tag)) << 2 | form);
    put(blob, field.flags);
    put(blob, field.origin == WINNOW_NONE ? 0 : static_cast<std::uint64_t>(field.origin) + 1);
    put(blob, field.group);
    put(blob, field.rule == 0 ? 0 : tags.stored(field.rule));
    put(blob, field.line < record.at.line || field.line == 0 ? 0 : field.line - record.at.line + 1);
    if (form == SameAsOrigin) continue;
    if (form == Slice) put(blob, at);
    put(blob, value.size());
    if (form == Text) blob.append(value);
  }
}

void decodeFields(std::string_view blob, std::string_view raw, std::uint32_t firstLine, const TagMap& tags,
                  bool withRaw, std::vector<winnow_field>& out) {
  Reader reader(blob);
  if (reader.bytes(1)[0] != kFormat) throw Error("the ledger holds a record of an unknown format");
  const std::uint64_t count = reader.number();
  std::vector<winnow_str> values;
  values.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t head = reader.number();
    winnow_field field{};
    field.flags = static_cast<std::uint16_t>(reader.number());
    const std::uint64_t origin = reader.number();
    field.origin = origin == 0 ? WINNOW_NONE : static_cast<std::uint32_t>(origin - 1);
    field.group = static_cast<std::uint16_t>(reader.number());
    const std::uint32_t rule = reader.small();
    const std::uint32_t line = reader.small();
    const auto form = static_cast<Form>(head & 3);
    if (form == SameAsOrigin) {
      if (field.origin >= values.size()) throw Error("the ledger holds a damaged record (value of a later field)");
      field.value = values[field.origin];
    } else if (form == Slice) {
      const std::uint64_t at = reader.number();
      const std::uint64_t size = reader.number();
      if (at > raw.size() || size > raw.size() - at) throw Error("the ledger holds a damaged record (slice outside)");
      field.value = {raw.data() + at, size};
    } else {
      const std::string_view text = reader.bytes(reader.number());
      field.value = {text.data(), text.size()};
    }
    values.push_back(field.value);
    if (!withRaw && (field.flags & WINNOW_FIELD_RAW) != 0) continue;
    field.tag = tags.process(static_cast<std::uint32_t>(head >> 2));
    field.rule = rule == 0 ? 0 : tags.process(rule);
    field.line = line == 0 ? 0 : firstLine + line - 1;
    if (!withRaw) field.origin = WINNOW_NONE;
    out.push_back(field);
  }
}

}  // namespace winnow::ledger
