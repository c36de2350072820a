#include "ViewHashes.hpp"

#include <algorithm>

#include "io/Hash.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

ViewHashes::ViewHashes(const config::Review& review, const Records& records, const Clusters& clusters,
                       const Annotations* annotations)
    : records_(records), clusters_(clusters), annotations_(annotations) {
  for (const config::Source& source : review.sources) sourceNames_.push_back(io::hash64(source.name));
  for (const ActiveFile& file : records.files())
    files_.push_back(io::ValueHash()
                         .add(review.waves[file.wave].name)
                         .add(file.row.name)
                         .add(file.row.importer)
                         .add(file.row.dialect)
                         .value());
}

std::uint64_t ViewHashes::merged(RecordId representative, const ExtraFields& extra) const {
  const std::uint64_t own = hash(representative, visibleMembers(records_, clusters_, representative), extra);
  const std::uint64_t given = annotations_ == nullptr ? 0 : annotations_->hash(representative);
  return given == 0 ? own : io::mix64(own, given);
}

std::uint64_t ViewHashes::single(RecordId id, const ExtraFields& extra) const { return hash(id, {id}, extra); }

std::string ViewHashes::singles(const std::vector<RecordId>& ids) const {
  io::Sha256 hash;
  for (const RecordId id : ids) {
    const std::uint64_t seen = single(id);
    hash.add(std::string_view(reinterpret_cast<const char*>(&seen), sizeof seen));
  }
  return io::hex(hash.finish());
}

std::uint64_t ViewHashes::hash(RecordId id, const std::vector<RecordId>& members, const ExtraFields& extra) const {
  io::ValueHash hash(members.size() > 1 ? BestValue::kRevision : 0);
  std::vector<std::uint64_t> sources;
  for (const RecordId member : members) {
    hash.add(records_.meaning(member)).add(records_.identity(member)).add(records_.rank(member));
    hash.add(records_.home(member).line);
    for (const std::uint32_t file : records_.filesOf(member)) {
      const std::uint64_t name = sourceNames_[records_.files()[file].source];
      if (std::find(sources.begin(), sources.end(), name) == sources.end()) sources.push_back(name);
    }
  }
  for (const std::uint64_t source : sources) hash.add(source);
  const Home home = records_.home(id);
  hash.add(files_[home.file]).add(home.byte).add(home.size);
  if (!extra) return hash.value();
  std::vector<ExtraField> fields;
  extra(id, fields);
  for (const ExtraField& field : fields) hash.add(field.tag).add(field.value).add(field.group);
  return hash.value();
}

}  // namespace winnow::engine
