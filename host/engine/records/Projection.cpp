#include "Projection.hpp"

#include <algorithm>

#include <winnow/plugin.hpp>

#include "io/Hash.hpp"

namespace winnow::engine {

Projection::Projection(const winnow_stage& stage, const plugins::TagTable& tags) : tags_(tags) {
  for (std::size_t i = 0; i < stage.read_count; ++i) names_.emplace_back(view(stage.reads[i]));
  if (names_.empty()) return;
  for (std::size_t i = 0; i < stage.give_count; ++i) names_.emplace_back(view(stage.gives[i]));
}

bool Projection::isRead(std::uint32_t tag) {
  if (tag >= isRead_.size()) isRead_.resize(tag + 64);
  std::uint8_t& known = isRead_[tag];
  if (known == 0) {
    const std::string_view name = tags_.name(tag);
    const bool found = std::any_of(names_.begin(), names_.end(), [&](const std::string& wanted) {
      return wanted.back() == '.' ? name.substr(0, wanted.size()) == wanted : name == wanted;
    });
    known = found ? 2 : 1;
  }
  return known == 2;
}

const winnow_batch& Projection::of(const winnow_batch& batch) {
  if (isWhole()) return batch;
  fields_.clear();
  records_.clear();
  std::vector<std::uint32_t> places;  // of the record's fields among those that are read
  for (std::size_t i = 0; i < batch.count; ++i) {
    const winnow_record& record = batch.records[i];
    const std::size_t first = fields_.size();
    places.assign(record.field_count, WINNOW_NONE);
    for (std::size_t k = 0; k < record.field_count; ++k) {
      if (!isRead(record.fields[k].tag)) continue;
      places[k] = static_cast<std::uint32_t>(fields_.size() - first);
      fields_.push_back(record.fields[k]);
    }
    for (std::size_t k = first; k < fields_.size(); ++k)
      if (fields_[k].origin != WINNOW_NONE)
        fields_[k].origin = fields_[k].origin < places.size() ? places[fields_[k].origin] : WINNOW_NONE;
    records_.push_back({record.id, nullptr, fields_.size() - first, {}});
  }
  const winnow_field* next = fields_.data();
  for (winnow_record& record : records_) {
    record.fields = next;
    next += record.field_count;
  }
  batch_ = {sizeof batch_, 0, records_.data(), records_.size()};
  return batch_;
}

std::uint64_t Projection::seen(const winnow_record& record) const {
  io::ValueHash hash(17);
  for (std::size_t i = 0; i < record.field_count; ++i) {
    const winnow_field& field = record.fields[i];
    hash.add(tags_.name(field.tag)).add(view(field.value)).add(std::uint64_t{field.group});
    hash.add(std::uint64_t{field.flags}).add(std::uint64_t{field.line}).add(std::uint64_t{field.origin});
    hash.add(field.rule == 0 ? std::string_view() : tags_.name(field.rule));
  }
  return std::max<std::uint64_t>(1, hash.value());
}

}  // namespace winnow::engine
