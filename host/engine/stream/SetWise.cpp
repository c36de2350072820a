// Verbs of a matcher over parts of a set: count, match, group, settle, cluster. The code of `winnow run`, fed by lines.
#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include <winnow/plugin.hpp>

#include "BlockLine.hpp"
#include "HeldRecords.hpp"
#include "KeptLines.hpp"
#include "KeyLine.hpp"
#include "Meeting.hpp"
#include "PlainLine.hpp"
#include "Verbs.hpp"
#include "engine/steps/Matching.hpp"
#include "engine/steps/Survey.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

namespace {

/// The records that a line of blocks names.
SharedKey blockOf(StreamLine& line, const HeldRecords& held) {
  const BlockLine block = readBlock(line);
  SharedKey shared{block.space, {}};
  for (const std::string& name : block.records) shared.records.push_back(held.place(held.named(line, "records", name)));
  std::sort(shared.records.begin(), shared.records.end());
  return shared;
}

/// Reads records and what they share: keys of records, or blocks that --do meet made of keys elsewhere.
void forEachShared(const VerbCall& call, HeldRecords& held, const std::function<void(const SharedKey&)>& each,
                   const std::function<bool(StreamLine&)>& early = {}) {
  call.stage.check(call.reader);
  SortedKeys keys(kSortMemory);
  KeyLine key;
  const auto about = [&](StreamLine& line) {
    if (line.header.holds == "blocks") return each(blockOf(line, held));
    readKeys(line, key);
    const Place place = held.place(held.named(line, "record", key.record));
    for (const auto& [space, value] : key.keys) keys.add(space, value, place);
  };
  held.read(call.reader, about, early);
  keys.forEachShared(each);
}

/// Blocks that come before the records. They say which of those a matcher wants to look at: few, of many.
class EarlyBlocks {
 public:
  explicit EarlyBlocks(const winnow_survey* surveyed) : surveyed_(surveyed) {}

  /// False if the line is not of a block.
  bool take(StreamLine& line, HeldRecords& held) {
    if (line.header.holds != "blocks") return false;
    held.holdOnly(names_);
    BlockLine block = readBlock(line);
    if (surveyed_ == nullptr || block.space != surveyed_->space) return true;
    for (std::string& name : block.records) names_.insert(std::move(name));
    shown_.push_back(lines_.keep(line));
    return true;
  }
  /// After the records came.
  void forEach(const HeldRecords& held, const std::function<void(const SharedKey&)>& each) {
    StreamLine line;
    for (const KeptLines::At& at : shown_) {
      lines_.read(at, line);
      each(blockOf(line, held));
    }
  }

 private:
  const winnow_survey* surveyed_;
  KeptLines lines_{1};  ///< they are read once, in their order
  std::vector<KeptLines::At> shown_;
  std::unordered_set<std::string> names_;
};

Facts factsOf(StageAtWork& stage, StreamReader* reader) {
  Facts facts;
  if (reader == nullptr) {
    if (stage.instance().surveyed() != nullptr)
      throw UsageError("'" + std::string(stage.instance().id()) +
                       "' must know what --do count finds in the whole set; give it with --counts FILE");
    return facts;
  }
  stage.check(*reader);
  StreamLine line;
  while (reader->next(line)) facts.emplace(keySpace(line), line.string("value"));
  return facts;
}

/// {"a":"one","b":"other","rule":"same-doi","maybe":true,"score":1,"note":"..."}
std::string pairLine(const HeldRecords& held, const plugins::Instance& matcher, const ledger::PairRow& row,
                     bool isSettled) {
  std::string json = "{\"a\":";
  appendJson(json, held.name(row.pair.a));
  json += ",\"b\":";
  appendJson(json, held.name(row.pair.b));
  json += ",\"rule\":";
  appendJson(json, matcher.reasons()[row.pair.rule].code);
  if (row.pair.maybe) json += ",\"maybe\":true";
  json += ",\"score\":";
  appendJson(json, row.pair.score);
  if (isSettled) json += row.pair.stands ? ",\"stands\":true" : ",\"stands\":false";
  if (!row.note.empty()) {
    json += ",\"note\":";
    appendJson(json, row.note);
  }
  return json + "}";
}

std::uint32_t ruleOf(const StageAtWork& stage, const StreamLine& line) {
  const std::string code = line.string("rule");
  const std::optional<std::uint32_t> rule = stage.reason(code);
  if (!rule)
    line.refuse("stage.unknown-rule", "'" + std::string(view(stage.stage().id)) + "' has no rule '" + code + "'",
                "make all lines with one build of the plugin", "rule");
  return *rule;
}

struct PairNames {
  std::string a, b;
  bool maybe = false;
};

/// A line as pairLine() writes it of a pair that is not settled.
bool readPlain(PlainLine in, PairNames& pair) {
  std::string other;
  double score = 0;
  if (!in.skip("{\"a\":") || !in.text(pair.a) || !in.skip(",\"b\":") || !in.text(pair.b) || !in.skip(",\"rule\":") ||
      !in.text(other))
    return false;
  pair.maybe = in.skip(",\"maybe\":true");
  if (!in.skip(",\"score\":") || !(in.skip("null") || in.number(score))) return false;
  if (in.skip(",\"note\":") && !in.text(other)) return false;
  return in.skip("}") && in.isAtEnd();
}

/// What a line of a pair says, without a JSON document where it can.
PairNames namesOf(StreamLine& line) {
  PairNames pair;
  if (readPlain(PlainLine(line.text), pair)) return pair;
  line.parse();
  return {line.string("a"), line.string("b"), line.boolean("maybe")};
}

/// The two records that a line names, the earlier one first.
std::pair<RecordId, RecordId> twoOf(const HeldRecords& held, const StreamLine& line) {
  const RecordId a = held.named(line, "a"), b = held.named(line, "b");
  if (a == b) line.refuse("stage.bad-line", "a pair is of two records", kAsWritten, "b");
  return held.place(a) < held.place(b) ? std::pair(a, b) : std::pair(b, a);
}

}  // namespace

void countLines(const VerbCall& call) {
  HeldRecords held(call.stage.tags());
  const MatchInput input = held.input();
  Survey survey(call.stage.instance(), input);
  const auto show = [&](const SharedKey& shared) {
    survey.show(shared);
    io::stopIfCancelled();
  };
  EarlyBlocks early(call.stage.instance().surveyed());
  forEachShared(call, held, show, [&](StreamLine& line) { return early.take(line, held); });
  early.forEach(held, show);
  for (const auto& [space, value] : survey.facts()) {
    std::string json = "{\"space\":" + std::to_string(space) + ",\"value\":";
    appendJson(json, value);
    call.writer.line(json + "}");
  }
  call.writer.end(call.reader.counts());
}

void matchLines(const VerbCall& call) {
  StageAtWork& stage = call.stage;
  const Facts known = factsOf(stage, call.facts);
  HeldRecords held(stage.tags());
  std::optional<Blocks> blocks;
  LargeBlocks large;
  forEachShared(call, held, [&](const SharedKey& shared) {
    if (!blocks) blocks.emplace(held.order().size(), kSortMemory);
    addBlock(shared, *blocks, large);
  });
  learnFacts(stage.instance(), known);
  large.report(stage.tell());
  const MatchInput input = held.input();
  FoundPairs pairs(input.order.size(), input.memory);
  if (blocks) {
    blocks->finish();
    matchBlocks(stage.instance(), input, *blocks, {}, pairs);
    blocks.reset();
  }
  io::stopIfCancelled();
  pairs.forEach([&](const Found& p) {
    const ledger::PairRow row{{input.order[p.a], input.order[p.b], p.score, p.rule, p.maybe != 0, true}, pairs.note(p)};
    call.writer.line(pairLine(held, stage.instance(), row, false));
  });
  call.writer.end(call.reader.counts());
}

void settleLines(const VerbCall& call) {
  StageAtWork& stage = call.stage;
  StreamReader& reader = call.reader;
  StreamWriter& writer = call.writer;
  stage.check(reader);
  HeldRecords held(stage.tags());
  std::optional<FoundPairs> pairs;
  held.read(reader, [&](StreamLine& line) {
    line.parse();
    if (!pairs) pairs.emplace(held.order().size(), kSortMemory);
    const auto [a, b] = twoOf(held, line);
    pairs->add(
        {held.place(a), held.place(b), ruleOf(stage, line), line.boolean("maybe") ? 1u : 0u, line.score("score"), 0},
        line.json.contains("note") ? line.string("note") : std::string());
  });
  const MatchInput input = held.input();
  if (pairs)
    settleGroups(stage.instance(), input, *pairs,
                 [&](const ledger::PairRow& row) { writer.line(pairLine(held, stage.instance(), row, true)); });
  io::stopIfCancelled();
  writer.end(reader.counts());
}

void clusterLines(const VerbCall& call) {
  StageAtWork& stage = call.stage;
  StreamReader& reader = call.reader;
  StreamWriter& writer = call.writer;
  stage.check(reader);
  HeldRecords held(stage.tags(), HeldRecords::Fields::leftAway);
  std::vector<ledger::Pair> pairs;
  std::set<RecordId> grouped;  // a pair on doubt may name a record of another part's group
  held.read(reader, [&](StreamLine& line) {
    line.parse();
    const auto [a, b] = twoOf(held, line);
    if (!line.boolean("maybe")) grouped.insert({a, b});
    pairs.push_back({a, b, line.score("score"), ruleOf(stage, line), line.boolean("maybe"), line.boolean("stands")});
  });
  orderPairs(pairs, held.order());
  const std::vector<RecordId> work = cluster(held.input(), pairs, {}, held.idLimit());
  for (const RecordId id : held.order()) {
    if (!grouped.contains(id)) continue;
    std::string json = "{\"record\":";
    appendJson(json, held.name(id));
    json += ",\"work\":";
    appendJson(json, held.name(work[id]));
    writer.line(json + "}");
  }
  writer.end(reader.counts());
}

void groupLines(const VerbCall& call) {
  StageAtWork& stage = call.stage;
  StreamReader& reader = call.reader;
  StreamWriter& writer = call.writer;
  stage.check(reader);
  std::unordered_map<std::string, Place> numbers;
  std::vector<const std::string*> names;
  std::vector<std::pair<Place, Place>> ends;
  std::vector<bool> isSure;
  std::vector<std::string> texts;
  const auto numberOf = [&](const std::string& name) {
    const auto [found, isNew] = numbers.emplace(name, static_cast<Place>(names.size()));
    if (isNew) names.push_back(&found->first);
    return found->second;
  };
  reader.leaveLines();
  StreamLine line;
  while (reader.next(line)) {
    const PairNames pair = namesOf(line);
    ends.emplace_back(numberOf(pair.a), numberOf(pair.b));
    isSure.push_back(!pair.maybe);
    texts.push_back(line.text.substr(0, line.text.rfind('}')));
  }
  Union sets(names.size());
  for (std::size_t i = 0; i < ends.size(); ++i)
    if (isSure[i]) sets.join(ends[i].first, ends[i].second);
  std::vector<const std::string*> least(names.size());
  for (Place i = 0; i < names.size(); ++i) {
    const std::string*& name = least[sets.root(i)];
    if (name == nullptr || *names[i] < *name) name = names[i];
  }
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const std::string& group = *least[sets.root(ends[i].first)];
    std::string json = texts[i] + ",\"group\":";
    appendJson(json, group);
    writer.line(json + "}", group);
    want(call, *names[ends[i].first], group);
    want(call, *names[ends[i].second], group);
  }
  writer.end(reader.counts());
  if (call.wants != nullptr) call.wants->end(reader.counts());
}

}  // namespace winnow::engine
