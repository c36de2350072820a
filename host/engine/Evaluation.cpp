#include "Evaluation.hpp"

#include <algorithm>
#include <set>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "engine/reading/ReadFile.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

namespace {

constexpr const char* kNotCategorised = "not categorised";
constexpr const char* kSampler = "filters.sample";
// Any plugin's reason "....not-retrieved" fills PRISMA's box of that name.
constexpr const char* kNotRetrieved = "not retrieved";

std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return (hash ^ 0xFF) * 1099511628211ull;
}

const plugins::Reason* reasonAt(const Judged& judged, std::size_t index) {
  const std::uint32_t reason = judged.reasons[index];
  return reason == WINNOW_NONE ? nullptr : &judged.declared[reason];
}

/// The declared reason that a person's words name, by code or label; null: none.
const plugins::Reason* named(const std::vector<plugins::Reason>& declared, const std::string& words,
                             std::uint32_t action) {
  const std::string plain = plainName(words);
  for (const plugins::Reason& r : declared) {
    const std::string_view code = r.code;
    const std::string_view tail = code.substr(code.find('.') == std::string_view::npos ? 0 : code.find('.') + 1);
    if (r.action == action && (plainName(r.label) == plain || plain == code || plain == tail)) return &r;
  }
  return nullptr;
}

}  // namespace

std::size_t StepResult::count(Fate fate) const {
  return static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& o) { return o.fate == fate; }));
}

std::optional<std::size_t> StepResult::find(RecordId id) const {
  const auto found = std::find(in.begin(), in.end(), id);
  if (found == in.end()) return std::nullopt;
  return static_cast<std::size_t>(found - in.begin());
}

Evaluation::Evaluation(const Workspace& work, std::vector<ActiveFile> files, const std::string& until)
    : work_(work),
      records_(work.review, work.ledger, std::move(files)),
      clusters_(records_),
      references_(records_, work.ledger, work.tags),
      views_(work.review, work.ledger, records_, clusters_, work.tags) {
  remaining_ = clusters_.representatives();
  ends_.resize(static_cast<std::size_t>(work.ledger.recordCount()) + 1);
  for (const config::Step& step : work.review.steps) {
    run(step);
    if (step.id == until) break;
  }
}

void Evaluation::run(const config::Step& step) {
  if (step.verb == config::Verb::Chart) {
    const auto form = std::find_if(work_.review.forms.begin(), work_.review.forms.end(),
                                   [&](const auto& f) { return f.name == step.form; });
    charts_.push_back(readCharting(work_, step, *form, remaining_, clusters_, references_));
    return;
  }
  StepResult result;
  result.step = &step;
  result.in = remaining_;
  result.outcomes.resize(result.in.size());
  const plugins::StageEntry* entry = step.plugin.empty() ? nullptr : &work_.stage(step.plugin);
  result.isDuplicates = entry != nullptr && entry->stage->kind == WINNOW_MATCHER;
  if (result.isDuplicates) {
    removeDuplicates(result);
  } else {
    result.said = readDecisions(work_, step, records_, clusters_, references_);
    ledger::Ledger::Transaction transaction(work_.ledger);
    rememberDecisions(work_, step, result.said);
    transaction.commit();
    if (step.verb == config::Verb::Screen)
      screen(result);
    else if (step.verb == config::Verb::Map)
      map(result);
    else if (entry == nullptr)
      removeByPeople(result);
    else
      removeByMachine(result);
  }
  finish(std::move(result));
}

void Evaluation::finish(StepResult&& result) {
  remaining_.clear();
  for (std::size_t i = 0; i < result.in.size(); ++i) {
    const Fate fate = result.outcomes[i].fate;
    if (fate == Fate::Kept || fate == Fate::Undecided)
      remaining_.push_back(result.in[i]);
    else
      ends_[result.in[i]] = {static_cast<std::uint8_t>(steps_.size() + 1), static_cast<std::uint32_t>(i)};
  }
  steps_.push_back(std::move(result));
}

std::optional<std::pair<std::size_t, std::size_t>> Evaluation::end(RecordId representative) const {
  const auto& [step, place] = ends_[representative];
  if (step == 0) return std::nullopt;
  return std::pair<std::size_t, std::size_t>{step - 1u, place};
}

bool Evaluation::isOpen() const {
  return std::any_of(steps_.begin(), steps_.end(), [](const StepResult& s) { return s.isOpen(); }) ||
         std::any_of(charts_.begin(), charts_.end(), [](const ChartResult& c) { return c.isOpen(); });
}

Lane Evaluation::lane(RecordId representative) const {
  const std::size_t wave = records_.wave(representative);
  for (const RecordId member : clusters_.members(representative))
    for (const std::uint32_t f : records_.filesOf(member)) {
      const ActiveFile& file = records_.files()[f];
      if (file.wave == wave && work_.review.sources[file.source].kind != config::SourceKind::OtherMethod)
        return Lane::Databases;
    }
  return Lane::OtherMethods;
}

// ---- duplicates

void Evaluation::removeDuplicates(StepResult& result) {
  const config::Step& step = *result.step;
  const plugins::StageEntry& entry = work_.stage(step.plugin);
  MatchInput input{result.in, [&](RecordId id) { return records_.wave(id); },
                   [&](RecordId id) { return records_.content(id); },
                   [&](const std::vector<RecordId>& ids) -> const winnow_batch& {
                     return views_.single(ids, (entry.stage->flags & WINNOW_WANTS_RAW) != 0);
                   }};
  std::vector<PairDecision> decisions;
  for (const auto& [a, said] : readPairDecisions(work_, step, references_))
    decisions.push_back({a, said.first, said.second});

  io::Sha256 hash;
  for (const RecordId id : result.in) hash.add(records_.key(id)).add("\n");
  const std::string inputHash = io::hex(hash.finish());
  plugins::Services services(work_.tags);
  services.onDiagnostic([&](const winnow_diagnostic& d) { work_.tell(located(d, records_)); });
  plugins::Instance matcher(entry.stage, step.settings, services);
  ledger::Ledger::Transaction naming(work_.ledger);
  result.stage = work_.ledger.stageId(stageKey(entry, step.settings), step.plugin,
                                      std::string(view(entry.stage->version)), settingsText(step.settings));
  std::vector<ledger::ReasonRow> rules;
  for (const plugins::Reason& r : matcher.reasons()) rules.push_back({r.code, r.label, r.action});
  work_.ledger.setReasons(result.stage, rules);
  naming.commit();
  if (auto known = work_.ledger.pairs(result.stage, inputHash)) {
    result.pairs = std::move(*known);
  } else {
    result.pairs = findPairs(matcher, input, work_.tell, work_.progressOf(step.label));
    result.fresh = result.in.size();
    ledger::Ledger::Transaction keeping(work_.ledger);
    work_.ledger.addPairs(result.stage, inputHash, result.pairs);
    keeping.commit();
  }
  result.recordsIn = result.in.size();
  std::vector<RecordId> representative = cluster(input, result.pairs, decisions, ends_.size());
  for (const RecordId id : records_.order())
    if (representative[id] == 0) representative[id] = id;  // left the review in an earlier step
  clusters_.assign(std::move(representative));
  std::vector<RecordId> kept;
  for (const RecordId id : result.in)
    if (clusters_.representative(id) == id) kept.push_back(id);
  result.recordsOut = kept.size();
  if (step.mode == config::Mode::Confirm) result.unconfirmed = result.recordsIn - result.recordsOut;
  for (const SheetRow& row : readSheets(work_, step.decisions, step.decisionNames))
    if (row.cell("record") == "*" && plainName(row.cell("decision")) == "confirm") result.unconfirmed = 0;
  result.in = std::move(kept);
  result.outcomes.assign(result.in.size(), {});
}

// ---- people's word

const Decision* Evaluation::ownWord(const StepResult& result, RecordId id) const {
  const auto found = result.said.votes.find(id);
  if (found == result.said.votes.end()) return nullptr;
  const std::string& actor = result.step->readers.front().reviewer;
  for (const Decision& d : found->second)
    if (d.reviewer == actor) return &d;
  return nullptr;
}

const Decision* Evaluation::batchWord(const StepResult& result, RecordId id) const {
  const auto found = result.said.confirmed.find(records_.wave(id));
  return found == result.said.confirmed.end() ? nullptr : &found->second;
}

std::uint16_t Evaluation::reasonIndex(StepResult& result, const std::string& label) const {
  const auto found = std::find(result.reasons.begin(), result.reasons.end(), label);
  if (found != result.reasons.end()) return static_cast<std::uint16_t>(found - result.reasons.begin());
  result.reasons.push_back(label);
  return static_cast<std::uint16_t>(result.reasons.size() - 1);
}

/// What becomes of a record that cannot be decided: the step's own rule, by default it stays.
Outcome Evaluation::undecided(StepResult& result, std::uint16_t reason) const {
  switch (result.step->onUndecided) {
    case config::OnUndecided::Exclude:
      return {Fate::Excluded, false, reason};
    case config::OnUndecided::Wait:
      return {Fate::Waiting, false, reason};
    default:
      return {Fate::Undecided, false, reason};
  }
}

void Evaluation::wait(StepResult& result, const std::string& reviewer, RecordId id) {
  auto open =
      std::find_if(result.open.begin(), result.open.end(), [&](const OpenWork& w) { return w.reviewer == reviewer; });
  if (open == result.open.end()) open = result.open.insert(open, {reviewer, {}, 0});
  open->records.push_back(id);
}

void Evaluation::removeByPeople(StepResult& result) {
  const std::string& actor = result.step->readers.front().reviewer;
  const std::uint16_t own = reasonIndex(result, result.step->label);
  for (std::size_t i = 0; i < result.in.size(); ++i) {
    Outcome& outcome = result.outcomes[i];
    const Decision* word = ownWord(result, result.in[i]);
    if (word == nullptr && batchWord(result, result.in[i]) == nullptr) {
      outcome.fate = Fate::Waiting;
      wait(result, actor, result.in[i]);
    } else if (word != nullptr && word->value == "exclude") {
      outcome = {Fate::Excluded, true, own};
    } else if (word != nullptr && word->value == "maybe") {
      outcome = undecided(result, own);
      outcome.byPerson = true;
    } else {
      outcome = {Fate::Kept, true};
    }
  }
}

// ---- machines

std::uint64_t Evaluation::viewHash(RecordId id, const ExtraFields& extra) const {
  const std::vector<RecordId> members = visibleMembers(records_, clusters_, id);
  std::uint64_t hash = 0;
  if (members.size() > 1) {
    std::vector<std::uint64_t> contents;
    for (const RecordId member : members) contents.push_back(records_.content(member));
    std::sort(contents.begin(), contents.end());
    hash = 14695981039346656037ull ^ BestValue::kRevision;
    for (const std::uint64_t content : contents) hash = (hash ^ content) * 1099511628211ull;
  }
  if (!extra) return hash;
  std::vector<ExtraField> fields;
  extra(id, fields);
  for (const ExtraField& f : fields) hash = mix(mix(hash == 0 ? 14695981039346656037ull : hash, f.tag), f.value);
  return hash;
}

Judged Evaluation::judgeStep(StepResult& result, const ExtraFields& extra) {
  Judged judged = judge(
      work_, result.step->plugin, result.step->settings, result.in, records_, views_, extra,
      [&](RecordId id) { return viewHash(id, extra); }, result.step->label);
  result.stage = judged.stage;
  result.fresh = judged.fresh;
  return judged;
}

void Evaluation::removeByMachine(StepResult& result) {
  const Judged judged = judgeStep(result, {});
  const std::string& actor = result.step->readers.front().reviewer;
  for (const plugins::Reason& r : judged.declared)
    if (r.action == WINNOW_DROP) reasonIndex(result, r.label);
  for (std::size_t i = 0; i < result.in.size(); ++i) {
    Outcome& outcome = result.outcomes[i];
    const plugins::Reason* proposed = reasonAt(judged, i);
    const bool drops = judged.actions[i] == WINNOW_DROP;
    const Decision* word = ownWord(result, result.in[i]);
    if (word != nullptr && word->value == "include") {
      outcome = {Fate::Kept, true};
    } else if (word != nullptr && word->value == "maybe") {
      outcome = undecided(result, Outcome::kNone);
      outcome.byPerson = true;
    } else if (word != nullptr) {
      const plugins::Reason* given =
          word->reason.empty() && drops ? proposed : named(judged.declared, word->reason, WINNOW_DROP);
      if (given == nullptr) {
        tellRow(work_, io::Severity::Warning, {word->file, word->line, {}}, "decisions.unknown-reason",
                (word->reason.empty() ? "an exclusion without a reason in" : "'" + word->reason + "' is no reason of") +
                    (" the step '" + result.step->label + "'"),
                "the record waits until the reason is one of the step's");
        outcome.fate = Fate::Waiting;
        wait(result, actor, result.in[i]);
      } else {
        outcome = {Fate::Excluded, true, reasonIndex(result, given->label)};
      }
    } else if (drops) {
      const bool confirmed = batchWord(result, result.in[i]) != nullptr;
      outcome = {Fate::Excluded, confirmed, reasonIndex(result, proposed->label)};
      if (result.step->mode == config::Mode::Confirm && !confirmed) {
        outcome.fate = Fate::Waiting;
        wait(result, actor, result.in[i]);
      }
    } else if (judged.actions[i] == WINNOW_UNSURE) {
      outcome = undecided(result, reasonIndex(result, proposed->label));
    } else if (judged.actions[i] == WINNOW_WAIT) {
      outcome.fate = Fate::Waiting;
      wait(result, actor, result.in[i]);
    }
  }
}

// ---- mapping

void Evaluation::map(StepResult& result) {
  const ExtraFields values = [&](RecordId id, std::vector<ExtraField>& fields) {
    if (const Decision* word = ownWord(result, id); word != nullptr && word->value != "confirm")
      fields.push_back({tags::kMapValue, word->value, 0});
  };
  const Judged judged = judgeStep(result, values);
  const std::string& actor = result.step->readers.front().reviewer;
  for (const plugins::Reason& r : judged.declared)
    if (r.action == WINNOW_CATEGORY && r.label != kNotCategorised) result.categories.push_back(r.label);
  result.categories.push_back(kNotCategorised);
  const auto indexOf = [&](const std::string& label) {
    return static_cast<std::uint16_t>(std::find(result.categories.begin(), result.categories.end() - 1, label) -
                                      result.categories.begin());
  };
  const auto leaves = [&](std::uint16_t category) {
    const auto& out = result.step->excludedCategories;
    return std::find(out.begin(), out.end(), result.categories[category]) != out.end();
  };
  for (std::size_t i = 0; i < result.in.size(); ++i) {
    Outcome& outcome = result.outcomes[i];
    const Decision* word = ownWord(result, result.in[i]);
    const bool byPerson = word != nullptr || batchWord(result, result.in[i]) != nullptr;
    outcome.byPerson = byPerson;
    outcome.category = judged.actions[i] == WINNOW_CATEGORY ? indexOf(reasonAt(judged, i)->label)
                                                            : static_cast<std::uint16_t>(result.categories.size() - 1);
    const bool isCategorised = static_cast<std::size_t>(outcome.category) + 1 < result.categories.size();
    const bool mayWait = result.step->mode == config::Mode::Confirm && !byPerson;
    if (mayWait && (!isCategorised || leaves(outcome.category))) {
      outcome.fate = Fate::Waiting;
      wait(result, actor, result.in[i]);
    } else if (leaves(outcome.category)) {
      outcome.fate = Fate::Excluded;
      outcome.reason = reasonIndex(result, result.categories[outcome.category]);
    } else if (!isCategorised) {
      outcome.fate = Fate::Undecided;
    }
  }
}

// ---- screening

std::vector<RecordId> Evaluation::drawSample(const StepResult& result, const config::Reader& reader, std::size_t wave) {
  const plugins::StageEntry& entry = work_.stage(kSampler);
  plugins::SettingList settings{{"seed", result.step->seed}, {"share", reader.share}};
  plugins::Services services(work_.tags);
  plugins::Instance sampler(entry.stage, settings, services);
  std::vector<RecordId> ids;
  for (const RecordId id : result.in)
    if (records_.wave(id) == wave) ids.push_back(id);
  std::vector<std::pair<std::string, RecordId>> order;
  constexpr std::size_t kBatch = 512;
  for (std::size_t begin = 0; begin < ids.size(); begin += kBatch) {
    const std::vector<RecordId> part(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                     ids.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kBatch, ids.size())));
    sampler.keys(views_.merged(part, false), [&](const winnow_key& key) {
      order.emplace_back(view(key.value), static_cast<RecordId>(key.record));
    });
  }
  if (order.size() != ids.size())
    throw Error("plugin '" + std::string(kSampler) + "' gave " + std::to_string(order.size()) + " keys for " +
                std::to_string(ids.size()) + " records");
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : records_.key(a.second) < records_.key(b.second);
  });
  order.resize(sampler.take(0, order.size()));
  std::vector<RecordId> sample;
  for (const auto& [key, id] : order) sample.push_back(id);
  const std::string drawn = std::to_string(sample.size()) + " of " + std::to_string(ids.size());
  const std::string subject = work_.review.waves[wave].name;
  bool known = false;
  for (const ledger::EventRow& e : work_.ledger.events("sample", result.step->id))
    if (e.subject == subject && e.actor == reader.reviewer) known = e.value == drawn && e.reason == result.step->seed;
  if (!known) {
    ledger::Ledger::Transaction transaction(work_.ledger);
    work_.ledger.addEvent({0,
                           0,
                           "sample",
                           result.step->id,
                           0,
                           subject,
                           reader.reviewer,
                           drawn,
                           result.step->seed,
                           "share " + reader.share,
                           {},
                           0});
    transaction.commit();
  }
  return sample;
}

void Evaluation::assignReaders(StepResult& result, std::map<RecordId, std::vector<std::string>>& assigned,
                               std::vector<bool>& blocked) {
  blocked.assign(work_.review.waves.size(), false);
  for (const StepResult& earlier : steps_)
    for (std::size_t i = 0; i < earlier.in.size(); ++i)
      if (earlier.outcomes[i].fate == Fate::Waiting) blocked[records_.wave(earlier.in[i])] = true;
  for (const config::Reader& reader : result.step->readers) {
    std::vector<RecordId> reads;
    for (std::size_t wave = 0; wave < work_.review.waves.size(); ++wave) {
      if (blocked[wave]) continue;
      if (reader.share == "all") {
        for (const RecordId id : result.in)
          if (records_.wave(id) == wave) reads.push_back(id);
      } else {
        const std::vector<RecordId> sample = drawSample(result, reader, wave);
        reads.insert(reads.end(), sample.begin(), sample.end());
        result.sample[reader.reviewer].insert(result.sample[reader.reviewer].end(), sample.begin(), sample.end());
      }
    }
    for (const RecordId id : reads) assigned[id].push_back(reader.reviewer);
    result.open.push_back({reader.reviewer, {}, reads.size()});
  }
}

void Evaluation::screen(StepResult& result) {
  std::map<RecordId, std::vector<std::string>> assigned;
  std::vector<bool> blocked;
  assignReaders(result, assigned, blocked);
  const ExtraFields votes = [&](RecordId id, std::vector<ExtraField>& fields) {
    const auto readers = assigned.find(id);
    if (readers == assigned.end()) return;
    for (const std::string& reader : readers->second) fields.push_back({tags::kVoteAssigned, reader, 0});
    std::uint16_t group = 20000;  // above every group an importer gives
    if (const auto said = result.said.votes.find(id); said != result.said.votes.end())
      for (const Decision& d : said->second) {
        if (std::find(readers->second.begin(), readers->second.end(), d.reviewer) == readers->second.end()) continue;
        ++group;
        fields.push_back({tags::kVoteReviewer, d.reviewer, group});
        fields.push_back({tags::kVoteDecision, d.value, group});
        fields.push_back({tags::kVoteReason, d.reason, group});
        fields.push_back({tags::kVoteNote, d.note, group});
      }
    if (const auto r = result.said.resolutions.find(id); r != result.said.resolutions.end()) {
      ++group;
      for (const std::string& name : r->second.by) fields.push_back({tags::kResolutionBy, name, group});
      fields.push_back({tags::kResolutionDecision, r->second.value, group});
      fields.push_back({tags::kResolutionReason, r->second.reason, group});
    }
  };
  const Judged judged = judgeStep(result, votes);
  for (std::size_t i = 0; i < result.in.size(); ++i) {
    const RecordId id = result.in[i];
    Outcome& outcome = result.outcomes[i];
    const plugins::Reason* reason = reasonAt(judged, i);
    outcome.byPerson = true;
    if (blocked[records_.wave(id)] || judged.actions[i] == WINNOW_WAIT) {
      outcome.fate = Fate::Waiting;
      if (blocked[records_.wave(id)]) continue;
      bool allVoted = true;
      for (const std::string& reader : assigned[id]) {
        const auto said = result.said.votes.find(id);
        const bool voted =
            said != result.said.votes.end() && std::any_of(said->second.begin(), said->second.end(),
                                                           [&](const Decision& d) { return d.reviewer == reader; });
        if (!voted) wait(result, reader, id);
        allVoted = allVoted && voted;
      }
      if (allVoted) result.conflicts.push_back(i);
    } else if (judged.actions[i] == WINNOW_DROP) {
      const bool notRetrieved =
          reason->code.size() > 14 && reason->code.compare(reason->code.size() - 14, 14, ".not-retrieved") == 0;
      outcome = {Fate::Excluded, true, reasonIndex(result, notRetrieved ? std::string(kNotRetrieved) : reason->label)};
    } else if (judged.actions[i] == WINNOW_UNSURE) {
      outcome = undecided(result, reasonIndex(result, reason->label));
      outcome.byPerson = true;
    }
  }
}

}  // namespace winnow::engine
