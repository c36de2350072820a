#include "Judging.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <winnow/plugin.hpp>

#include "io/Error.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

namespace {

constexpr std::size_t kBatch = 256;
constexpr std::size_t kCommit = 16384;

std::string evidenceText(const winnow_verdict& verdict, const winnow_record& record, const plugins::TagTable& tags) {
  if (verdict.evidence_field == WINNOW_NONE) return {};
  const winnow_field& field = record.fields[verdict.evidence_field];
  return std::string(tags.name(field.tag)) + ": " +
         std::string(view(field.value).substr(verdict.evidence_begin, verdict.evidence_size));
}

}  // namespace

io::Diagnostic located(const winnow_diagnostic& diagnostic, const Records& records) {
  io::Diagnostic d = unlocated(diagnostic);
  const auto id = static_cast<RecordId>(diagnostic.record);
  if (diagnostic.record == 0 || !records.isActive(id)) return d;
  const Home& home = records.home(id);
  d.file = records.files()[home.file].row.name;
  d.line = home.line;
  d.column = 1;
  d.record = home.ordinal;
  return d;
}

Judged judge(const Workspace& work, const std::string& plugin, const plugins::SettingList& settings,
             const std::vector<RecordId>& in, const Records& records, Views& views, const ExtraFields& extra,
             const std::function<std::uint64_t(RecordId)>& viewOf, const std::string& stepName) {
  const plugins::StageEntry& entry = work.stage(plugin);
  plugins::Services services(work.tags);
  services.onDiagnostic([&](const winnow_diagnostic& d) { work.tell(located(d, records)); });
  for (const auto& [name, text] : work.given) services.provide(name, text);
  plugins::Instance instance(entry.stage, settings, services);
  const Documents& documents = services.keepAsked();
  Judged judged;
  judged.declared = instance.reasons();
  judged.actions.resize(in.size());
  judged.reasons.assign(in.size(), WINNOW_NONE);
  const bool isCached = (entry.stage->flags & WINNOW_DETERMINISTIC) != 0;
  ledger::Ledger::Transaction naming(work.ledger);
  judged.stage = work.ledger.stageId(stageKey(entry, settings, documents), plugin,
                                     std::string(view(entry.stage->version)), settingsText(settings));
  std::vector<ledger::ReasonRow> reasons;
  for (const plugins::Reason& r : judged.declared) reasons.push_back({r.code, r.label, r.action});
  work.ledger.setReasons(judged.stage, reasons);
  naming.commit();

  std::vector<std::uint64_t> seen(in.size());
  std::vector<std::uint32_t> place(in.empty() ? 0 : *std::max_element(in.begin(), in.end()) + 1);
  for (std::size_t i = 0; i < in.size(); ++i) {
    seen[i] = viewOf(in[i]);
    place[in[i]] = static_cast<std::uint32_t>(i + 1);
  }
  if (isCached)
    work.ledger.forEachVerdict(judged.stage, [&](const ledger::VerdictRow& row) {
      if (row.record >= place.size() || place[row.record] == 0 || seen[place[row.record] - 1] != row.view) return;
      judged.actions[place[row.record] - 1] = static_cast<std::uint8_t>(row.action);
      judged.reasons[place[row.record] - 1] = row.reason;
    });

  std::vector<RecordId> ids;
  std::vector<std::size_t> places;
  std::optional<ledger::Ledger::Transaction> transaction;
  std::size_t uncommitted = 0;
  const auto flush = [&] {
    if (ids.empty()) return;
    const winnow_batch& batch = views.merged(ids, (entry.stage->flags & WINNOW_WANTS_RAW) != 0, extra);
    const std::vector<winnow_verdict>& verdicts = instance.process(batch);
    if (!transaction) transaction.emplace(work.ledger);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const winnow_verdict& v = verdicts[i];
      judged.actions[places[i]] = static_cast<std::uint8_t>(v.action);
      judged.reasons[places[i]] = v.reason;
      work.ledger.addVerdict(judged.stage,
                             {ids[i], seen[places[i]], v.action, v.reason, evidenceText(v, batch.records[i], work.tags),
                              v.score, std::string(view(v.note))});
    }
    uncommitted += ids.size();
    if (uncommitted >= kCommit) {
      transaction->commit();
      transaction.reset();
      uncommitted = 0;
    }
    ids.clear();
    places.clear();
  };
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (judged.actions[i] != 0) continue;
    ++judged.fresh;
    ids.push_back(in[i]);
    places.push_back(i);
    if (ids.size() < kBatch) continue;
    flush();
    if (work.progress) work.progress(stepName, i + 1, in.size());
  }
  flush();
  if (transaction) transaction->commit();
  return judged;
}

}  // namespace winnow::engine
