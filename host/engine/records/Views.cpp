#include "Views.hpp"

#include <algorithm>
#include <span>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace winnow::engine {

struct Views::Numbers {
  explicit Numbers(plugins::TagTable& tags)
      : key(tags.number(tags::kRecordKey)),
        source(tags.number(tags::kRecordSource)),
        wave(tags.number(tags::kRecordWave)),
        file(tags.number(tags::kRecordFile)),
        line(tags.number(tags::kRecordLine)),
        byte(tags.number(tags::kRecordByte)),
        importer(tags.number(tags::kRecordImporter)),
        dialect(tags.number(tags::kRecordDialect)),
        member(tags.number(tags::kRecordMember)) {}
  std::uint32_t key, source, wave, file, line, byte, importer, dialect, member;
};

Views::Views(const config::Review& review, const ledger::Ledger& ledger, const Records& records,
             const Clusters& clusters, plugins::TagTable& tags, const Annotations* annotations)
    : review_(review),
      ledger_(ledger),
      all_(records),
      clusters_(clusters),
      tags_(tags),
      annotations_(annotations),
      numbers_(std::make_shared<Numbers>(tags)),
      best_(tags) {}

const winnow_batch& Views::single(const std::vector<RecordId>& ids, bool withRaw, const ExtraFields& extra) {
  return build(ids, withRaw, false, extra);
}

const winnow_batch& Views::merged(const std::vector<RecordId>& ids, bool withRaw, const ExtraFields& extra) {
  return build(ids, withRaw, true, extra);
}

std::string_view Views::keep(std::string text) {
  texts_.push_back(std::make_unique<std::string>(std::move(text)));
  return *texts_.back();
}

void Views::add(std::uint32_t tag, std::string_view value, std::uint16_t group, std::uint32_t rule) {
  if (value.empty()) return;
  fields_.push_back({tag, WINNOW_NONE, group, WINNOW_FIELD_DERIVED, rule, str(value), 0, 0});
}

void Views::addAnnotations(RecordId representative) {
  const std::vector<AnnotatedField>* given = annotations_ == nullptr ? nullptr : annotations_->of(representative);
  if (given == nullptr) return;
  for (const AnnotatedField& field : *given)
    add(tags_.number(field.tag), keep(field.value), 0, tags_.number(field.rule.empty() ? field.by : field.rule));
}

/// The best of `count` records of the block from `first` on, the representative being the first.
MergedFields Views::mergedFields(std::size_t first, std::size_t count) const {
  std::vector<std::span<const winnow_field>> members;
  for (std::size_t i = first; i < first + count; ++i)
    members.emplace_back(block_.fields.data() + block_.begins[i], block_.begins[i + 1] - block_.begins[i]);
  return best_.merge(members);
}

std::vector<MergedValue> Views::origins(RecordId representative) {
  const std::vector<RecordId> members = visibleMembers(all_, clusters_, representative);
  ledger_.read(members, false, block_, [&](RecordId id) { return all_.home(id).line; });
  const MergedFields merged = mergedFields(0, members.size());
  std::vector<MergedValue> values;
  for (std::size_t i = 0; i < merged.fields.size(); ++i)
    values.push_back({std::string(tags_.name(merged.fields[i].tag)), std::string(view(merged.fields[i].value)),
                      members[merged.from[i]], merged.why[i]});
  return values;
}

void Views::addHostFields(RecordId id, const std::vector<RecordId>& members) {
  const Home home = all_.home(id);
  const ActiveFile& file = all_.files()[home.file];
  add(numbers_->key, keep(all_.key(id)));
  std::vector<std::size_t> sources;
  for (const RecordId member : members)
    for (const std::uint32_t seen : all_.filesOf(member))
      if (const std::size_t source = all_.files()[seen].source;
          std::none_of(sources.begin(), sources.end(),
                       [&](std::size_t s) { return review_.sources[s].name == review_.sources[source].name; })) {
        sources.push_back(source);
        add(numbers_->source, review_.sources[source].name);
      }
  add(numbers_->wave, review_.waves[file.wave].name);
  add(numbers_->file, file.row.name);
  add(numbers_->line, keep(std::to_string(home.line)));
  fields_.push_back(
      {numbers_->byte, WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str(keep(std::to_string(home.byte))), 0, 0});
  add(numbers_->importer, file.row.importer);
  add(numbers_->dialect, file.row.dialect);
  for (std::size_t i = 1; i < members.size(); ++i) add(numbers_->member, keep(all_.key(members[i])));
}

const winnow_batch& Views::build(const std::vector<RecordId>& ids, bool withRaw, bool merge, const ExtraFields& extra) {
  fields_.clear();
  records_.clear();
  texts_.clear();
  std::vector<std::vector<RecordId>> members(ids.size());
  std::vector<RecordId> wanted;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    members[i] = merge ? visibleMembers(all_, clusters_, ids[i]) : std::vector<RecordId>{ids[i]};
    wanted.insert(wanted.end(), members[i].begin(), members[i].end());
  }
  ledger_.read(wanted, withRaw, block_, [&](RecordId id) { return all_.home(id).line; });
  std::size_t next = 0;
  std::vector<ExtraField> more;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::size_t first = fields_.size();
    if (members[i].size() > 1) {
      const MergedFields merged = mergedFields(next, members[i].size());
      fields_.insert(fields_.end(), merged.fields.begin(), merged.fields.end());
    } else {
      fields_.insert(fields_.end(), block_.fields.begin() + static_cast<std::ptrdiff_t>(block_.begins[next]),
                     block_.fields.begin() + static_cast<std::ptrdiff_t>(block_.begins[next + 1]));
    }
    next += members[i].size();
    addHostFields(ids[i], members[i]);
    if (merge) addAnnotations(ids[i]);
    more.clear();
    if (extra) extra(ids[i], more);
    for (ExtraField& field : more) add(tags_.number(field.tag), keep(std::move(field.value)), field.group);
    const Home home = all_.home(ids[i]);
    records_.push_back(
        {ids[i], nullptr, fields_.size() - first, {home.byte, home.line, 1, static_cast<std::uint32_t>(home.size), 0}});
  }
  const winnow_field* field = fields_.data();
  for (winnow_record& record : records_) {
    record.fields = field;
    field += record.field_count;
  }
  batch_ = {sizeof batch_, 0, records_.data(), records_.size()};
  return batch_;
}

}  // namespace winnow::engine
