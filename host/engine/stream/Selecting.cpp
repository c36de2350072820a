// Verbs that choose among records: take (a sample) and rank (what to read next).
#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

#include <winnow/plugin.hpp>

#include "HeldRecords.hpp"
#include "KeyLine.hpp"
#include "Verbs.hpp"
#include "engine/records/Projection.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

namespace {

/// A sampler's key: within a space by value, then by the record's name.
struct SampleKey {
  std::uint32_t space = 0;
  std::string value, record;
  bool operator<(const SampleKey& other) const {
    return std::tie(space, value, record) < std::tie(other.space, other.value, other.record);
  }
};

/// A number of records is that of one space.
void requireWhole(const std::vector<SampleKey>& sorted, std::uint64_t total) {
  if (total == 0 || sorted.empty()) return;
  if (sorted.front().space != sorted.back().space)
    throw UsageError(
        "--of counts the records of one space, and these keys are of several; give all of them without it");
  if (sorted.size() > total)
    throw UsageError("--of says " + std::to_string(total) + " records, and " + std::to_string(sorted.size()) +
                     " keys came; it counts the records of the whole set");
}

}  // namespace

void takeLines(const VerbCall& call) {
  StageAtWork& stage = call.stage;
  StreamReader& reader = call.reader;
  StreamWriter& writer = call.writer;
  stage.check(reader);
  reader.leaveLines();
  std::vector<SampleKey> keys;
  std::set<std::string> seen;
  StreamLine line;
  KeyLine read;
  while (reader.next(line)) {
    readKeys(line, read);
    if (read.keys.size() != 1) line.refuse("stage.bad-line", "a sampler gives a record one key", kAsWritten, "keys");
    if (!seen.insert(read.record).second)
      line.refuse("stage.record-twice", "the record '" + read.record + "' came before",
                  "give every key of a sampler once", "record");
    keys.push_back({read.keys[0].space, std::move(read.keys[0].value), read.record});
  }
  std::sort(keys.begin(), keys.end());
  requireWhole(keys, call.total);
  for (auto first = keys.begin(); first != keys.end();) {
    const auto last = std::find_if(first, keys.end(), [&](const SampleKey& key) { return key.space != first->space; });
    const auto count = static_cast<std::uint64_t>(last - first);
    const std::uint64_t wanted = stage.instance().take(first->space, call.total == 0 ? count : call.total);
    for (std::uint64_t i = 0; i < std::min(count, wanted); ++i) {
      const SampleKey& key = first[static_cast<std::ptrdiff_t>(i)];
      std::string list;
      appendKey(list, key.space, key.value);
      writer.line(keyJson(key.record, list));
    }
    first = last;
  }
  writer.end(reader.counts());
}

void rankLines(const VerbCall& call) {
  StageAtWork& stage = call.stage;
  StreamReader& reader = call.reader;
  StreamWriter& writer = call.writer;
  stage.check(reader);
  HeldRecords held(stage.tags());
  std::map<RecordId, bool> labels;
  held.read(reader, [&](StreamLine& line) {
    line.parse();
    const RecordId id = held.named(line, "record");
    if (!labels.emplace(id, line.boolean("relevant")).second)
      line.refuse("stage.record-twice", "there is a label of the record '" + held.name(id) + "' already",
                  "give every label once", "record");
  });
  Projection projection(stage.stage(), stage.tags());
  for (std::size_t begin = 0; begin < held.order().size(); begin += plugins::kRecordsAtOnce) {
    const auto first = held.order().begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = held.order().begin() +
                      static_cast<std::ptrdiff_t>(std::min(begin + plugins::kRecordsAtOnce, held.order().size()));
    stage.instance().take(projection.of(held.batch({first, last})));
  }
  std::vector<winnow_label> list;
  for (const auto& [id, isRelevant] : labels) list.push_back({id, isRelevant ? 1u : 0u, 0});
  stage.instance().learn(list);
  std::vector<winnow_score> scores = stage.instance().rank();
  io::stopIfCancelled();
  std::stable_sort(scores.begin(), scores.end(), [&](const winnow_score& a, const winnow_score& b) {
    if (a.score != b.score) return a.score > b.score;
    return held.place(static_cast<RecordId>(a.record)) < held.place(static_cast<RecordId>(b.record));
  });
  for (const winnow_score& score : scores) {
    std::string json = "{\"record\":";
    appendJson(json, held.name(static_cast<RecordId>(score.record)));
    json += ",\"score\":";
    appendJson(json, score.score);
    if (score.by_chance != 0) json += ",\"by_chance\":true";
    writer.line(json + "}");
  }
  writer.end(reader.counts());
}

const std::vector<StreamVerb>& streamVerbs() {
  const std::vector<std::string> shared{"records", "keys", "blocks"};
  static const std::vector<StreamVerb> kVerbs{
      {"judge", WINNOW_FILTER, {"records"}, "verdicts", "a verdict about each record", false, judgeLines},
      {"annotate",
       WINNOW_ANNOTATOR,
       {"records"},
       "annotations",
       "what an annotator finds in each record",
       false,
       annotateLines},
      {"keys", WINNOW_MATCHER, {"records"}, "keys", "the keys of each record, of a matcher or sampler", true, keyLines},
      {"meet", WINNOW_MATCHER, {"keys"}, "blocks", "the records that share a key", true, meetLines},
      {"send", WINNOW_MATCHER, {"wants", "records"}, "records", "the records that parts want", true, sendLines},
      {"count", WINNOW_MATCHER, shared, "facts", "what a matcher must know of the whole set", false, countLines},
      {"match", WINNOW_MATCHER, shared, "pairs", "the pairs among records that share a key", false, matchLines},
      {"group", WINNOW_MATCHER, {"pairs"}, "pairs", "which pairs hang together: adds 'group'", true, groupLines},
      {"settle",
       WINNOW_MATCHER,
       {"records", "pairs"},
       "pairs",
       "which pairs of a group stand: adds 'stands'",
       false,
       settleLines},
      {"cluster", WINNOW_MATCHER, {"records", "pairs"}, "works", "the work of each record", false, clusterLines},
      {"take", WINNOW_SAMPLER, {"keys"}, "keys", "the sample: the first keys of the set", false, takeLines},
      {"rank", WINNOW_RANKER, {"records", "labels"}, "scores", "what to read next, best first", false, rankLines}};
  return kVerbs;
}

}  // namespace winnow::engine
