#include "Batches.hpp"

namespace winnow::plugins::worker {

namespace {

constexpr std::uint32_t kMostTags = 1u << 20;

#pragma pack(push, 1)
struct WireRecord {
  std::uint64_t id, byte;
  std::uint32_t line, column, length, fields;
};
struct WireField {
  std::uint32_t tag, origin;
  std::uint16_t group, flags;
  std::uint32_t rule, line, size;
};
#pragma pack(pop)
static_assert(sizeof(WireRecord) == 32 && sizeof(WireField) == 24);

}  // namespace

void BatchWriter::introduce(std::uint32_t tag) {
  if (tag == 0 || (tag < known_.size() && known_[tag])) return;
  if (tag >= known_.size()) known_.resize(tag + 64);
  known_[tag] = true;
  fresh_.push_back(tag);
}

void BatchWriter::writeNames(Encoder& to, const TagTable& tags) {
  to.number(static_cast<std::uint32_t>(fresh_.size()));
  for (const std::uint32_t tag : fresh_) to.number(tag).text(tags.name(tag));
  fresh_.clear();
}

void BatchWriter::write(Encoder& to, const winnow_batch& batch, const TagTable& tags) {
  for (std::size_t i = 0; i < batch.count; ++i)
    for (std::size_t k = 0; k < batch.records[i].field_count; ++k) {
      introduce(batch.records[i].fields[k].tag);
      introduce(batch.records[i].fields[k].rule);
    }
  writeNames(to, tags);
  to.number(static_cast<std::uint32_t>(batch.count));
  for (std::size_t i = 0; i < batch.count; ++i) {
    const winnow_record& r = batch.records[i];
    const WireRecord record{r.id,        r.at.byte,   r.at.line,
                            r.at.column, r.at.length, static_cast<std::uint32_t>(r.field_count)};
    to.raw(&record, sizeof record);
    for (std::size_t k = 0; k < r.field_count; ++k) {
      const winnow_field& f = r.fields[k];
      const WireField field{
          f.tag, f.origin, f.group, f.flags, f.rule, f.line, static_cast<std::uint32_t>(f.value.size)};
      to.raw(&field, sizeof field);
      to.raw(f.value.data, f.value.size);
    }
  }
}

std::uint32_t BatchReader::local(std::uint32_t remote) const {
  if (remote == 0) return 0;
  if (remote >= numbers_.size() || numbers_[remote] == 0) throw Broken("used a tag that it never introduced");
  return numbers_[remote];
}

void BatchReader::readNames(Decoder& from, TagTable& tags) {
  for (std::uint32_t fresh = from.count(8); fresh > 0; --fresh) {
    const std::uint32_t number = from.u32();
    if (number == 0 || number >= kMostTags) throw Broken("introduced a tag with the number " + std::to_string(number));
    if (number >= numbers_.size()) numbers_.resize(number + 64);
    numbers_[number] = tags.number(from.text());
  }
}

winnow_batch BatchReader::read(Decoder& from, TagTable& tags) {
  readNames(from, tags);
  fields_.clear();
  records_.clear();
  for (std::uint32_t count = from.count(sizeof(WireRecord)); count > 0; --count) {
    const auto record = from.number<WireRecord>();
    for (std::uint32_t k = 0; k < record.fields; ++k) {
      const auto f = from.number<WireField>();
      const std::string_view value = from.raw(f.size);
      fields_.push_back(
          {local(f.tag), f.origin, f.group, f.flags, local(f.rule), {value.data(), value.size()}, f.line, 0});
    }
    records_.push_back(
        {record.id, nullptr, record.fields, {record.byte, record.line, record.column, record.length, 0}});
  }
  const winnow_field* next = fields_.data();
  for (winnow_record& record : records_) {
    record.fields = next;
    next += record.field_count;
  }
  return {sizeof(winnow_batch), 0, records_.data(), records_.size()};
}

}  // namespace winnow::plugins::worker
