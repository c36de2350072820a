#include "Samples.hpp"

#include <algorithm>
#include <cstdio>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "engine/people/Assignments.hpp"
#include "io/Error.hpp"
#include "plugins/Instance.hpp"

namespace winnow::engine {

namespace {

constexpr const char* kSampler = "filters.sample";
constexpr std::size_t kTakenAtOnce = 512;

/// The key of version 0.1: a sample that its readers have begun was drawn by it.
std::string keyOfVersion01(const Records& records, RecordId id) {
  char digits[32];
  std::snprintf(digits, sizeof digits, ":%016llx", static_cast<unsigned long long>(records.content(id)));
  return ledger::slug(records.source(id).name) + digits;
}

/// The order in which a sampler takes records.
std::vector<RecordId> orderOf(StepContext& context, const StepResult& result, plugins::Instance& sampler,
                              const std::vector<RecordId>& ids) {
  const ExtraFields sampleKey = [&](RecordId id, std::vector<ExtraField>& fields) {
    fields.push_back(
        {tags::kSampleKey,
         result.said.hasOldKeys ? keyOfVersion01(context.records, id) : workKey(context.records, context.clusters, id),
         0});
  };
  std::vector<std::pair<std::string, RecordId>> order;
  for (std::size_t begin = 0; begin < ids.size(); begin += kTakenAtOnce) {
    const std::vector<RecordId> part(
        ids.begin() + static_cast<std::ptrdiff_t>(begin),
        ids.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kTakenAtOnce, ids.size())));
    sampler.keys(context.views.merged(part, false, sampleKey), [&](const winnow_key& key) {
      order.emplace_back(view(key.value), static_cast<RecordId>(key.record));
    });
  }
  if (order.size() != ids.size())
    throw Error("plugin '" + std::string(kSampler) + "' gave " + std::to_string(order.size()) + " keys for " +
                std::to_string(ids.size()) + " records");
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : context.records.key(a.second) < context.records.key(b.second);
  });
  std::vector<RecordId> taken;
  for (const auto& [key, id] : order) taken.push_back(id);
  return taken;
}

/// Draws the reader's share of `made`'s step, and adds a row for each record.
Draw drawn(Draw made, StepContext& context, const StepResult& result, const std::vector<RecordId>& ids) {
  plugins::Services services(context.work.tags);
  plugins::Instance sampler(context.work.stage(kSampler).stage, {{"seed", made.seed}, {"share", made.share}}, services);
  std::vector<RecordId> taken = orderOf(context, result, sampler, ids);
  taken.resize(std::min<std::size_t>(taken.size(), sampler.take(0, taken.size())));
  std::sort(taken.begin(), taken.end());
  for (const RecordId id : ids) made.rows.push_back({id, std::binary_search(taken.begin(), taken.end(), id)});
  return made;
}

/// Assigns the records of one step.
class Assigning {
 public:
  Assigning(StepContext& context, StepResult& result)
      : context_(context), result_(result), known_(context.people(), result.step->id) {}

  Readers run() {
    result_.screening.emplace();
    for (const config::Reader& reader : result_.step->readers) {
      std::size_t count = 0;
      if (reader.share == "all") {
        for (const RecordId id : result_.in) readers_.of[id].push_back(reader.reviewer);
        count = result_.in.size();
      } else {
        count = sampled(reader);
      }
      result_.open.push_back({reader.reviewer, {}, count});
    }
    return std::move(readers_);
  }

 private:
  /// How many records the reader of a share reads.
  std::size_t sampled(const config::Reader& reader) {
    std::map<std::size_t, std::vector<RecordId>> fresh;  // by wave
    std::vector<RecordId> reads;
    for (const RecordId id : result_.in) {
      const std::optional<bool> fact = known_.reads(reader.reviewer, id);
      if (!fact) fresh[context_.records.wave(id)].push_back(id);
      if (fact && *fact) reads.push_back(id);
    }
    for (const auto& [wave, ids] : fresh) {
      if (context_.isOpenBefore(wave)) {
        for (const RecordId id : ids) readers_.undrawn[id].push_back(reader.reviewer);
        result_.screening->undrawn[reader.reviewer] += ids.size();
        continue;
      }
      const std::string& name = context_.work.review.waves[wave].name;
      Draw made = drawn({result_.step->id,
                         name,
                         reader.reviewer,
                         result_.step->seed,
                         reader.share,
                         known_.draws(name, reader.reviewer) + 1,
                         {}},
                        context_, result_, ids);
      for (const Draw::Row& row : made.rows)
        if (row.reads) reads.push_back(row.record);
      result_.screening->draws.push_back(std::move(made));
    }
    for (const RecordId id : reads) readers_.of[id].push_back(reader.reviewer);
    const std::size_t count = reads.size();
    result_.screening->sample[reader.reviewer] = std::move(reads);
    return count;
  }

  StepContext& context_;
  StepResult& result_;
  const Assignments known_;
  Readers readers_;
};

}  // namespace

Readers assignReaders(StepContext& context, StepResult& result) { return Assigning(context, result).run(); }

}  // namespace winnow::engine
