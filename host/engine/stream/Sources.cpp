#include "Sources.hpp"

#include <algorithm>
#include <cstdio>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "RecordLine.hpp"
#include "engine/reading/Identity.hpp"
#include "engine/records/ViewHashes.hpp"

namespace winnow::engine {

namespace {

/// Makes lines of the records that an importer emits.
class Reading {
 public:
  Reading(const ReadRequest& request, const FileInSet& in, plugins::TagTable& tags, StreamWriter& writer)
      : request_(request), in_(in), tags_(tags), writer_(writer), identities_(tags) {}

  void take(const ReadRecord& read) {
    const std::string importer(view(read.detection.entry->stage->id));
    const std::uint64_t content = ledger::contentHash(read.raw);
    const IdentityHashes identity = identities_.of(read.record, content, read.detection.dialect, importer);
    fields_.clear();
    for (std::size_t i = 0; i < read.record.field_count; ++i) {
      winnow_field field = read.record.fields[i];
      if (!in_.withRaw && (field.flags & WINNOW_FIELD_RAW) != 0) continue;
      if (!in_.withRaw) field.origin = WINNOW_NONE;
      fields_.push_back(field);
    }
    char key[32];
    std::snprintf(key, sizeof key, "r:%016llx",
                  static_cast<unsigned long long>(identity.number != 0 ? identity.number : identity.lasting));
    const std::string line = std::to_string(read.record.at.line), byte = std::to_string(read.byte);
    add(tags::kRecordKey, key);
    add(tags::kRecordSource, in_.source);
    add(tags::kRecordWave, "first");
    add(tags::kRecordFile, request_.shownName);
    add(tags::kRecordLine, line);
    add(tags::kRecordByte, byte);
    add(tags::kRecordImporter, importer);
    add(tags::kRecordDialect, read.detection.dialect);
    winnow_record record{read.ordinal,
                         fields_.data(),
                         fields_.size(),
                         {read.byte, read.record.at.line, 1, static_cast<std::uint32_t>(read.size), 0}};
    RecordFacts facts;
    facts.record = request_.shownName + "#" + std::to_string(read.ordinal);
    facts.file = in_.rank;
    facts.ordinal = read.ordinal;
    facts.content = content;
    facts.work = facts.record;
    writer_.line(recordLine(facts, record, tags_), facts.record);
  }

 private:
  void add(std::string_view tag, std::string_view value) {
    if (value.empty()) return;
    fields_.push_back({tags_.number(tag), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str(value), 0, 0});
  }

  const ReadRequest& request_;
  const FileInSet& in_;
  plugins::TagTable& tags_;
  StreamWriter& writer_;
  const IdentityHasher identities_;
  std::vector<winnow_field> fields_;
};

}  // namespace

ReadReport readLines(const ReadRequest& request, const FileInSet& in, const plugins::Catalogue& catalogue,
                     plugins::TagTable& tags, const io::DiagnosticSink& tell, StreamWriter& writer) {
  Reading reading(request, in, tags, writer);
  return readFile(request, catalogue, tags, tell, [&](const ReadRecord& read) { reading.take(read); });
}

std::string passedLines(const Workspace& work, const Evaluation& evaluation, bool forMatcher, bool withRaw,
                        StreamWriter& writer) {
  const Records& records = evaluation.records();
  const Annotations& annotations = evaluation.annotations();
  Views views(work.review, work.ledger, records, evaluation.clusters(), work.tags, &annotations);
  const ViewHashes hashes(work.review, records, evaluation.clusters(), &annotations);
  const std::vector<RecordId>& ids = evaluation.included();
  for (std::size_t begin = 0; begin < ids.size(); begin += plugins::kRecordsAtOnce) {
    const std::vector<RecordId> part(
        ids.begin() + static_cast<std::ptrdiff_t>(begin),
        ids.begin() + static_cast<std::ptrdiff_t>(std::min(begin + plugins::kRecordsAtOnce, ids.size())));
    const winnow_batch& batch = forMatcher ? views.single(part, withRaw) : views.merged(part, withRaw);
    for (std::size_t i = 0; i < part.size(); ++i) {
      const RecordId id = part[i];
      const Home home = records.home(id);
      RecordFacts facts{records.key(id),
                        home.file,
                        home.ordinal,
                        records.wave(id),
                        records.content(id),
                        forMatcher ? hashes.single(id) : hashes.merged(id),
                        {}};
      if (!forMatcher) facts.work = workKey(records, evaluation.clusters(), id);
      writer.line(recordLine(facts, batch.records[i], work.tags), facts.record);
    }
  }
  return forMatcher ? hashes.singles(ids) : std::string();
}

}  // namespace winnow::engine
