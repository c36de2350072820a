// Checks of what filters, matchers and samplers answer.
#include <algorithm>
#include <map>
#include <set>

#include <winnow/plugin.hpp>

#include "Live.hpp"

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
    throw Fault{"it gave " + std::to_string(counts.size()) + " verdicts about " + std::to_string(judged.rows.size()) +
                " records; a record that it cannot judge is WINNOW_UNSURE"};
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
    if (v.evidence_field == WINNOW_NONE || v.record < 100 || v.record - 100 >= judged.batch.count) continue;
    const winnow_record& record = judged.batch.records[v.record - 100];
    if (v.evidence_field >= record.field_count)
      throw Fault{"it named field " + std::to_string(v.evidence_field) + " of a record with " +
                  std::to_string(record.field_count)};
    if (static_cast<std::uint64_t>(v.evidence_begin) + v.evidence_size > record.fields[v.evidence_field].value.size)
      throw Fault{"it named evidence beyond the end of the value"};
  }
}

void batchSize(const Subject& subject) {
  const auto inBatches = [&](std::size_t size) {
    Live live(subject);
    Rows rows(live.tags);
    for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
    std::vector<std::string> all(rows.size());
    for (std::size_t begin = 0; begin < rows.size(); begin += size) {
      const winnow_batch batch = rows.batch(begin, std::min(size, rows.size() - begin), begin + 1);
      if (subject.stage->kind == WINNOW_SAMPLER) {
        for (const auto& [record, key] : live.keys(batch)) all.at(record - 1) += key;
        continue;
      }
      const std::vector<winnow_verdict> verdicts = live.process(batch);
      for (std::size_t i = 0; i < verdicts.size(); ++i)
        if (verdicts[i].record - 1 < all.size())
          all[verdicts[i].record - 1] += verdictText(live, verdicts[i], live.notes[i]);
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
    const auto add = [&](std::uint64_t id, const std::string& text) {
      if (place(id) < count) all[place(id)] += text + ";";
    };
    if (subject.stage->kind == WINNOW_FILTER) {
      const auto verdicts = live.process(batch);
      for (std::size_t i = 0; i < verdicts.size(); ++i)
        add(verdicts[i].record, verdictText(live, verdicts[i], live.notes[i]));
    } else {
      for (const auto& [record, key] : live.keys(batch)) add(record, key);
    }
    return all;
  };
  const std::vector<std::string> plain = with(false, 1, 1);
  if (const std::string other = difference(plain, with(false, 1ull << 40, 3)); !other.empty())
    throw Fault{"other handles gave " + other + "; a handle is no identity and no order"};
  if (subject.stage->kind != WINNOW_FILTER || (subject.stage->flags & WINNOW_STATELESS) != 0)
    if (const std::string other = difference(plain, with(true, 1, 1)); !other.empty())
      throw Fault{"another order of the records gave " + other};
}

}  // namespace filter

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
  if (keys[1].empty()) throw Fault{"it gave no key for a record with title, author, year and DOI"};
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
