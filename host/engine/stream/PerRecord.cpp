// Verbs that answer record by record: judge, annotate, keys. Their lines come in the order of the records.
#include <algorithm>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "KeyLine.hpp"
#include "RecordLine.hpp"
#include "SeenTexts.hpp"
#include "Verbs.hpp"
#include "engine/steps/Blocks.hpp"
#include "engine/steps/Judging.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

namespace {

/// Records as they come, some hundred at a time.
class Batches {
 public:
  Batches(StageAtWork& stage, StreamReader& reader)
      : stage_(stage), reader_(reader), sampleKey_(stage.tags().number(tags::kSampleKey)) {
    stage.check(reader);
    reader.leaveLines();
  }

  /// False after the last.
  bool next() {
    facts_.clear();
    owned_.clear();
    records_.clear();
    StreamLine line;
    while (facts_.size() < plugins::kRecordsAtOnce && reader_.next(line)) add(line);
    for (std::size_t i = 0; i < owned_.size(); ++i) records_.push_back(owned_[i].view(i + 1));
    batch_ = {sizeof batch_, 0, records_.data(), records_.size()};
    return !records_.empty();
  }
  const winnow_batch& batch() const noexcept { return batch_; }
  const RecordFacts& facts(std::size_t place) const { return facts_[place]; }

 private:
  void add(StreamLine& line) {
    facts_.push_back(recordFacts(line));
    const std::string& name = facts_.back().record;
    if (!seen_.add(name))
      line.refuse("stage.record-twice", "the record '" + name + "' came before", "give every record of the set once",
                  "record");
    owned_.emplace_back(line, stage_.tags());
    if (stage_.stage().kind == WINNOW_SAMPLER && !facts_.back().work.empty())
      owned_.back().add(sampleKey_, facts_.back().work);
  }

  StageAtWork& stage_;
  StreamReader& reader_;
  std::uint32_t sampleKey_;
  std::vector<RecordFacts> facts_;
  std::vector<OwnedRecord> owned_;
  std::vector<winnow_record> records_;
  winnow_batch batch_{};
  SeenTexts seen_;
};

/// {"record":..., "view":..., "seen":...: what every answer about a record begins with.
std::string beginAnswer(const RecordFacts& facts, const Projection& projection, const winnow_record& seen) {
  std::string json = "{\"record\":";
  appendJson(json, facts.record);
  if (facts.view == 0) return json;
  json += ",\"view\":";
  appendHash(json, facts.view);
  if (projection.isWhole()) return json;
  json += ",\"seen\":";
  appendHash(json, projection.seen(seen));
  return json;
}

void addText(std::string& json, const char* member, std::string_view text) {
  if (text.empty()) return;
  json += std::string(",\"") + member + "\":";
  appendJson(json, text);
}

}  // namespace

void judgeLines(const VerbCall& call) {
  StageAtWork& stage = call.stage;
  StreamReader& reader = call.reader;
  StreamWriter& writer = call.writer;
  Batches batches(stage, reader);
  Projection projection(stage.stage(), stage.tags());
  while (batches.next()) {
    const winnow_batch& batch = projection.of(batches.batch());
    const std::vector<winnow_verdict>& verdicts = stage.instance().process(batch);
    io::stopIfCancelled();
    for (std::size_t i = 0; i < batch.count; ++i) {
      const winnow_verdict& verdict = verdicts[i];
      std::string json = beginAnswer(batches.facts(i), projection, batch.records[i]);
      addText(json, "action", actionWord(verdict.action));
      if (verdict.reason != WINNOW_NONE) addText(json, "reason", stage.instance().reasons()[verdict.reason].code);
      addText(json, "evidence", evidenceText(verdict, batch.records[i], stage.tags()));
      json += ",\"score\":";
      appendJson(json, verdict.score);
      addText(json, "note", view(verdict.note));
      writer.line(json + "}");
    }
  }
  writer.end(reader.counts());
}

void annotateLines(const VerbCall& call) {
  StageAtWork& stage = call.stage;
  StreamReader& reader = call.reader;
  StreamWriter& writer = call.writer;
  Batches batches(stage, reader);
  Projection projection(stage.stage(), stage.tags());
  while (batches.next()) {
    const winnow_batch& batch = projection.of(batches.batch());
    std::vector<std::string> given(batch.count);
    for (const plugins::Annotation& one : stage.instance().annotate(batch)) {
      std::string& json = given[one.place];
      json += json.empty() ? "{\"tag\":" : ",{\"tag\":";
      appendJson(json, stage.tags().name(one.tag));
      json += ",\"value\":";
      appendJson(json, one.value);
      if (one.rule != 0) addText(json, "rule", stage.tags().name(one.rule));
      addText(json, "evidence", one.evidence);
      json += '}';
    }
    io::stopIfCancelled();
    for (std::size_t i = 0; i < batch.count; ++i)
      writer.line(beginAnswer(batches.facts(i), projection, batch.records[i]) + ",\"fields\":[" + given[i] + "]}");
  }
  writer.end(reader.counts());
}

void keyLines(const VerbCall& call) {
  StageAtWork& stage = call.stage;
  StreamReader& reader = call.reader;
  StreamWriter& writer = call.writer;
  Batches batches(stage, reader);
  const std::size_t parts = writer.parts();
  std::vector<std::string> lists;  // of a batch's records, each by part
  while (batches.next()) {
    const winnow_batch& batch = batches.batch();
    lists.assign(batch.count * parts, {});
    stage.instance().keys(batch, [&](const winnow_key& key) {
      if (key.record == 0 || key.record > batch.count)
        throw Error("'" + std::string(stage.instance().id()) + "' gave a key of a record that it was not given");
      const std::size_t part = keyHash(key.space, view(key.value)) % parts;
      appendKey(lists[(key.record - 1) * parts + part], key.space, view(key.value));
    });
    io::stopIfCancelled();
    for (std::size_t i = 0; i < lists.size(); ++i)
      if (!lists[i].empty()) writer.line(keyJson(batches.facts(i / parts).record, lists[i]), std::uint64_t{i % parts});
  }
  writer.end(reader.counts());
}

}  // namespace winnow::engine
