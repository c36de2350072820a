// Checks of what filters, matchers, samplers, annotators and rankers answer.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <winnow/plugin.hpp>

#include "Live.hpp"
#include "io/Listed.hpp"

namespace winnow::conform {

namespace {

/// Plain and hostile records together, judged.
struct Judged {
  explicit Judged(const Subject& subject) : live(subject), rows(live.tags) {
    for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
    for (const Rows::Fields& fields : hostileRecords()) rows.add(fields);
    batch = rows.batch(0, rows.size(), 100);
    verdicts = live.process(batch);
  }
  Live live;
  Rows rows;
  winnow_batch batch;
  std::vector<winnow_verdict> verdicts;
};

std::string numbered(std::uint64_t record) { return "record " + std::to_string(record); }

}  // namespace

namespace filter {

void oneVerdict(const Subject& subject) {
  const Judged judged(subject);
  std::map<std::uint64_t, int> counts;
  for (const winnow_verdict& v : judged.verdicts) {
    if (v.record < 100 || v.record >= 100 + judged.rows.size())
      throw Fault{"it judged " + numbered(v.record) + ", which it was not given"};
    if (++counts[v.record] > 1) throw Fault{"it gave two verdicts about one record"};
    if (v.action < WINNOW_KEEP || v.action > WINNOW_WAIT)
      throw Fault{"it gave the unknown verdict " + std::to_string(v.action)};
  }
  if (counts.size() != judged.rows.size())
    throw Fault{"it gave " + io::counted(counts.size(), "verdict") + " about " +
                io::counted(judged.rows.size(), "record") + "; a record that it cannot judge is WINNOW_UNSURE"};
}

void declaredReasons(const Subject& subject) {
  const Judged judged(subject);
  for (const winnow_verdict& v : judged.verdicts) {
    if (v.reason == WINNOW_NONE) {
      if (v.action != WINNOW_KEEP) throw Fault{"it gave a verdict other than keep without a reason"};
      continue;
    }
    if (v.reason >= judged.live.reasons.size())
      throw Fault{"it gave reason " + std::to_string(v.reason) + ", and declares " +
                  std::to_string(judged.live.reasons.size()) + "; declare it"};
    if (judged.live.reasons[v.reason].action != v.action)
      throw Fault{"it gave the reason '" + judged.live.reasons[v.reason].code +
                  "' with another action than it declares"};
  }
}

void evidence(const Subject& subject) {
  const Judged judged(subject);
  for (const winnow_verdict& v : judged.verdicts) {
    if (v.record < 100 || v.record - 100 >= judged.batch.count) continue;
    const winnow_record& record = judged.batch.records[v.record - 100];
    if (v.evidence_count > WINNOW_MOST_EVIDENCE)
      throw Fault{"it gave " + std::to_string(v.evidence_count) + " pieces of evidence about one record; " +
                  std::to_string(WINNOW_MOST_EVIDENCE) + " are the most"};
    for (std::size_t i = 0; i < v.evidence_count; ++i) {
      const winnow_evidence& piece = v.evidence[i];
      if (piece.field >= record.field_count)
        throw Fault{"it named field " + std::to_string(piece.field) + " of a record with " +
                    std::to_string(record.field_count)};
      if (std::uint64_t{piece.begin} + piece.size > record.fields[piece.field].value.size)
        throw Fault{"it named evidence beyond the end of the value"};
    }
  }
}

namespace {

/// The answers of a filter or annotator about a batch, by the place of the record.
void addAnswers(Live& live, const winnow_batch& batch, const std::function<void(std::uint64_t, std::string)>& add) {
  if (live.stage().kind == WINNOW_ANNOTATOR) {
    for (Live::Given& given : live.annotate(batch)) add(given.raw.record, std::move(given.text));
    return;
  }
  if (live.stage().kind != WINNOW_FILTER) {
    for (const auto& [record, key] : live.keys(batch)) add(record, key);
    return;
  }
  const std::vector<winnow_verdict> verdicts = live.process(batch);
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    add(verdicts[i].record, verdictText(live, verdicts[i], live.notes[i]));
}

}  // namespace

void batchSize(const Subject& subject) {
  const auto inBatches = [&](std::size_t size) {
    Live live(subject);
    Rows rows(live.tags);
    for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
    std::vector<std::string> all(rows.size());
    for (std::size_t begin = 0; begin < rows.size(); begin += size) {
      const winnow_batch batch = rows.batch(begin, std::min(size, rows.size() - begin), begin + 1);
      addAnswers(live, batch, [&](std::uint64_t record, const std::string& text) {
        if (record - 1 < all.size()) all[record - 1] += text + ";";
      });
    }
    return all;
  };
  if (subject.stage->kind == WINNOW_FILTER && (subject.stage->flags & WINNOW_STATELESS) == 0)
    throw Skip{"it does not claim WINNOW_STATELESS"};
  const std::vector<std::string> all = inBatches(40);
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}})
    if (const std::string other = difference(all, inBatches(size)); !other.empty())
      throw Fault{"batches of 40 and of " + std::to_string(size) + " gave " + other};
}

void handles(const Subject& subject) {
  const auto with = [&](bool reversed, std::uint64_t first, std::uint64_t step) {
    Live live(subject);
    Rows rows(live.tags);
    for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
    if (reversed) rows.reverse();
    const std::size_t count = rows.size();
    const winnow_batch batch = rows.batch(0, count, first, step);
    const auto place = [&](std::uint64_t id) {
      const std::size_t at = (id - first) / step;
      return reversed ? count - 1 - at : at;
    };
    std::vector<std::string> all(count);
    addAnswers(live, batch, [&](std::uint64_t id, const std::string& text) {
      if (place(id) < count) all[place(id)] += text + ";";
    });
    return all;
  };
  const std::vector<std::string> plain = with(false, 1, 1);
  if (const std::string other = difference(plain, with(false, 1ull << 40, 3)); !other.empty())
    throw Fault{"other handles gave " + other + "; a handle is no identity and no order"};
  if (subject.stage->kind != WINNOW_FILTER || (subject.stage->flags & WINNOW_STATELESS) != 0)
    if (const std::string other = difference(plain, with(true, 1, 1)); !other.empty())
      throw Fault{"another order of the records gave " + other};
}

void reads(const Subject& subject) {
  if (subject.stage->read_count == 0) throw Skip{"it declares no tags that it reads, so it gets every field"};
  const auto isRead = [&](std::string_view tag) {
    for (std::size_t i = 0; i < subject.stage->read_count; ++i) {
      const std::string_view name = view(subject.stage->reads[i]);
      if (name.back() == '.' ? tag.substr(0, name.size()) == name : tag == name) return true;
    }
    return false;
  };
  // The host hands over what it reads and nothing else, so its answers are those; here it gets more.
  const auto with = [&](bool all) {
    Live live(subject);
    Rows rows(live.tags);
    for (const Rows::Fields& fields : plainRecords()) {
      Rows::Fields kept;
      for (const auto& field : fields)
        if (all || isRead(field.first)) kept.push_back(field);
      std::stable_partition(kept.begin(), kept.end(), [&](const auto& field) { return isRead(field.first); });
      rows.add(kept);
    }
    std::vector<std::string> answers(rows.size());
    addAnswers(live, rows.batch(0, rows.size()), [&](std::uint64_t record, const std::string& text) {
      if (record - 1 < answers.size()) answers[record - 1] += text + ";";
    });
    return answers;
  };
  if (const std::string other = difference(with(true), with(false)); !other.empty())
    throw Fault{"with all fields and with those that it declares to read it gave " + other +
                "; declare every tag that it looks at, or none"};
}

}  // namespace filter

namespace annotator {

void declaredFields(const Subject& subject) {
  Live live(subject);
  Rows rows(live.tags);
  for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
  for (const Rows::Fields& fields : hostileRecords()) rows.add(fields);
  Rows::Fields having = plainRecords().front();  // a record that has what it could be given
  for (std::size_t i = 0; i < subject.stage->give_count; ++i)
    having.emplace_back(view(subject.stage->gives[i]), "there already");
  rows.add(having);
  const winnow_batch batch = rows.batch(0, rows.size(), 100);
  for (const Live::Given& given : live.annotate(batch)) {
    const winnow_annotation& a = given.raw;
    if (a.record < 100 || a.record - 100 >= batch.count)
      throw Fault{"it annotated " + numbered(a.record) + ", which it was not given"};
    const winnow_record& record = batch.records[a.record - 100];
    const std::string tag(live.tags.name(a.tag));
    bool isDeclared = false;
    for (std::size_t i = 0; i < subject.stage->give_count; ++i)
      isDeclared = isDeclared || view(subject.stage->gives[i]) == tag;
    if (!isDeclared) throw Fault{"it gave the field '" + tag + "', which it does not declare to give"};
    if (a.value.size == 0) throw Fault{"it gave the field '" + tag + "' without a value; give none then"};
    for (std::size_t k = 0; k < record.field_count; ++k)
      if (record.fields[k].tag == a.tag)
        throw Fault{"it gave the field '" + tag + "' to a record that has it; an annotator changes nothing"};
    if (a.origin == WINNOW_NONE) continue;
    if (a.origin >= record.field_count || std::uint64_t{a.begin} + a.size > record.fields[a.origin].value.size)
      throw Fault{"it named an origin that the record does not hold"};
  }
}

}  // namespace annotator

namespace ranker {

namespace {

/// Scores by the number of the record, with every third one read; records and labels in the given order or reversed.
std::map<std::uint64_t, double> scoresOf(const Subject& subject, bool reversed) {
  Live live(subject);
  Rows rows(live.tags);
  std::size_t number = 0;
  for (Rows::Fields fields : plainRecords()) {
    fields.emplace_back("record.key", "kit:" + std::to_string(number++));
    rows.add(fields);
  }
  if (reversed) rows.reverse();
  const std::size_t count = rows.size();
  const auto handle = [&](std::size_t place) { return reversed ? count - place : place + 1; };
  for (std::size_t begin = 0; begin < count; begin += 7) {
    const std::size_t size = std::min<std::size_t>(7, count - begin);
    const winnow_batch batch = rows.batch(begin, size);
    std::vector<winnow_record> records(batch.records, batch.records + batch.count);
    for (std::size_t i = 0; i < size; ++i) records[i].id = handle(begin + i);
    live.take({sizeof(winnow_batch), 0, records.data(), records.size()});
  }
  std::vector<winnow_label> labels;
  for (std::uint64_t id = 1; id <= count; id += 3) labels.push_back({id, id % 2 == 0 ? 1u : 0u, 0});
  if (reversed) live.learn({});  // what was said before is forgotten
  if (reversed) std::reverse(labels.begin(), labels.end());
  live.learn(labels);
  std::map<std::uint64_t, double> scores;
  for (const winnow_score& s : live.rank()) {
    if (s.record == 0 || s.record > count) throw Fault{"it ranked " + numbered(s.record) + ", which it was not given"};
    if (s.record % 3 == 1) throw Fault{"it ranked a record that is read already"};
    if (s.score != s.score) throw Fault{"it gave a score that is no number"};
    if (!scores.emplace(s.record, s.score).second) throw Fault{"it gave two scores for one record"};
  }
  const std::size_t wanted = count - labels.size();
  if (scores.size() != wanted)
    throw Fault{"it gave " + std::to_string(scores.size()) + " scores for " + std::to_string(wanted) +
                " records that are left to read"};
  return scores;
}

}  // namespace

void oneScore(const Subject& subject) { scoresOf(subject, false); }

void setsAlone(const Subject& subject) {
  const auto places = [&](bool reversed) {
    std::vector<std::pair<double, std::uint64_t>> order;
    for (const auto& [record, score] : scoresOf(subject, reversed)) order.emplace_back(-score, record);
    std::sort(order.begin(), order.end());
    std::vector<std::string> text;
    for (const auto& [score, record] : order) text.push_back(numbered(record));
    return text;
  };
  if (const std::string other = difference(places(false), places(true)); !other.empty())
    throw Fault{"the same records and labels in another order gave " + other};
}

}  // namespace ranker

namespace matcher {

void symmetric(const Subject& subject) {
  const auto pairsOf = [&](bool reversed) {
    Live live(subject);
    Rows rows(live.tags);
    for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
    if (reversed) rows.reverse();
    const std::size_t count = rows.size();
    std::vector<std::string> all;
    for (const winnow_pair& p : live.match(rows.batch(0, count, 0))) {
      std::uint64_t a = p.left, b = p.right;
      if (a >= count || b >= count) throw Fault{"it paired a record that it was not given"};
      if (a == b) throw Fault{"it paired a record with itself"};
      if (reversed) {
        a = count - 1 - a;
        b = count - 1 - b;
      }
      all.push_back(std::to_string(std::min(a, b)) + "+" + std::to_string(std::max(a, b)) + " rule " +
                    std::to_string(p.rule) + (p.maybe != 0 ? " maybe" : ""));
    }
    std::sort(all.begin(), all.end());
    return all;
  };
  if (const std::string other = difference(pairsOf(false), pairsOf(true)); !other.empty())
    throw Fault{"the same block from both ends gave " + other + "; match() must not depend on the order"};
}

void identicalRecords(const Subject& subject) {
  Live live(subject);
  Rows rows(live.tags);
  const Rows::Fields fields = plainRecords()[6];
  rows.add(fields);
  rows.add(fields);
  std::map<std::uint64_t, std::set<std::string>> keys;
  for (const auto& [record, key] : live.keys(rows.batch(0, 2))) keys[record].insert(key);
  // A matcher of trial numbers has no key for a record that has none.
  if (keys[1] != keys[2]) throw Fault{"two records alike got other keys; a key is a function of the record alone"};
}

}  // namespace matcher

namespace sampler {

void take(const Subject& subject) {
  Live live(subject);
  std::uint64_t last = 0;
  for (const std::uint64_t count : {0u, 1u, 2u, 10u, 100u, 1000u, 1000000u}) {
    const std::uint64_t taken = live.take(count);
    if (taken > count) throw Fault{"it takes " + std::to_string(taken) + " of " + std::to_string(count) + " records"};
    if (taken < last) throw Fault{"it takes fewer of " + std::to_string(count) + " records than of a smaller number"};
    last = taken;
  }
}

}  // namespace sampler

}  // namespace winnow::conform
