#include <stdexcept>

#include <winnow/plugin.hpp>

#include "Benchmarks.hpp"
#include "Pairs.hpp"
#include "Synthetic.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"
#include "plugins/Instance.hpp"

namespace winnow::bench {
namespace {

constexpr std::size_t kRecords = 100000, kBatch = 4096;

/// Keeps everything: what is timed is the way to it and back.
class KeepFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.keep", version = "1.0.0", help = "Keeps.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  KeepFilter(Host host, const Settings&) : Filter(host) {}
  Verdict judge(Record) override { return Verdict::keep(); }
};

/// Records in memory as a batch has them.
struct Batch {
  std::vector<std::string> texts;
  std::vector<std::vector<winnow_field>> fields;
  std::vector<winnow_record> records;
};

void add(Batch& batch, std::vector<winnow_field>& to, plugins::TagTable& tags, std::string_view tag,
         std::string value) {
  batch.texts.push_back(std::move(value));
  winnow_field field{};
  field.tag = tags.number(tag);
  field.origin = WINNOW_NONE;
  field.value = str(batch.texts.back());
  to.push_back(field);
}

Batch makeBatch(plugins::TagTable& tags) {
  Batch batch;
  batch.texts.reserve(kRecords * 5);
  batch.fields.resize(kRecords);
  for (std::size_t i = 0; i < kRecords; ++i) {
    Words w(static_cast<std::uint32_t>(i));
    add(batch, batch.fields[i], tags, "title", "A study of " + w.some(8));
    add(batch, batch.fields[i], tags, "abstract", w.some(170));
    add(batch, batch.fields[i], tags, "language", i % 9 == 0 ? "de" : "en");
    add(batch, batch.fields[i], tags, "language.raw", i % 9 == 0 ? "German" : "English");
    winnow_record record{};
    record.id = i + 1;
    record.fields = batch.fields[i].data();
    record.field_count = batch.fields[i].size();
    record.at.line = 1;
    batch.records.push_back(record);
  }
  return batch;
}

void filter(plugins::Instance& instance, const Batch& batch) {
  std::size_t answers = 0;
  for (std::size_t i = 0; i < kRecords; i += kBatch) {
    const winnow_batch part{sizeof part, 0, batch.records.data() + i, std::min(kBatch, kRecords - i)};
    answers += instance.process(part).size();
  }
  if (answers != kRecords) throw std::runtime_error("verdicts are missing");
}

/// The same answers without a boundary: one call through a pointer a record, one verdict appended.
void direct(const Batch& batch) {
  static winnow_verdict (*volatile judge)(const winnow_record&) = [](const winnow_record& record) {
    winnow_verdict verdict{};
    verdict.record = record.id;
    verdict.action = WINNOW_KEEP;
    return verdict;
  };
  std::vector<winnow_verdict> verdicts;
  for (const winnow_record& record : batch.records) {
    verdicts.push_back(judge(record));
    if (verdicts.size() == kBatch) verdicts.clear();
  }
}

/// The least that a filter on one field must do: find it and look at it.
void findField(const Batch& batch, std::uint32_t tag) {
  std::size_t n = 0;
  for (const winnow_record& record : batch.records)
    for (std::size_t i = 0; i < record.field_count; ++i)
      if (record.fields[i].tag == tag && view(record.fields[i].value) == "en") ++n;
  if (n == 0) throw std::runtime_error("no record is English");
}

}  // namespace

void boundary(const plugins::Catalogue& catalogue, Table& table) {
  plugins::TagTable tags;
  const Batch batch = makeBatch(tags);
  const double n = static_cast<double>(kRecords);
  plugins::Services services(tags);
  plugins::Instance keep(winnow::detail::StageList<KeepFilter>::at(0), {}, services);
  table.compare(
      {"plugin boundary, batches of 4096", n, "record", "a direct call", {Budget::MostNanoseconds, 50}},
      [&] { filter(keep, batch); }, [&] { direct(batch); });
  const auto run = [&](const char* id, plugins::SettingList settings, const char* name) {
    const plugins::StageEntry* entry = catalogue.find(id);
    if (entry == nullptr) throw std::runtime_error(std::string("no ") + id);
    for (auto& [key, value] : engine::defaultSettings(*entry->stage))
      if (std::none_of(settings.begin(), settings.end(), [&, k = key](const auto& s) { return s.first == k; }))
        settings.emplace_back(key, value);
    plugins::Services host(tags);
    plugins::Instance instance(entry->stage, settings, host);
    table.compare(
        {name, n, "record", "finding the field", {Budget::MostNanoseconds, 1000}}, [&] { filter(instance, batch); },
        [&] { findField(batch, tags.number("language")); }, 3);
  };
  run("filters.language", {{"keep", "English"}}, "language filter, field given");
  run("filters.publication-type", {{"exclude", "editorial"}}, "publication-type filter");
}

}  // namespace winnow::bench
