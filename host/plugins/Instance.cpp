#include "Instance.hpp"

#include <algorithm>
#include <exception>
#include <unordered_map>

#include <winnow/ext/formats.h>
#include <winnow/ext/reasons.h>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "CrashReport.hpp"
#include "io/Error.hpp"
#include "io/Listed.hpp"

namespace winnow::plugins {

namespace {

/// True if the value of the setting is a file's text.
bool isFileOption(const winnow_stage& stage, std::string_view setting) {
  for (std::size_t i = 0; i < stage.option_count; ++i)
    if (stage.options[i]->type == WINNOW_FILE && view(stage.options[i]->name) == setting) return true;
  return false;
}

std::string named(const winnow_stage* stage) { return "plugin '" + std::string(view(stage->id)) + "'"; }

/// The second line of defence: a plugin in raw C++ may throw through the boundary although the wrapper never does.
template <class Call>
auto guarded(const winnow_stage* stage, Call&& call) {
  try {
    return call();
  } catch (const winnow::Error&) {
    throw;  // the host's own, from a callback
  } catch (const std::exception& error) {
    throw Error(named(stage) + " threw through its boundary: " + error.what());
  } catch (...) {
    throw Error(named(stage) + " threw through its boundary something that is no std::exception");
  }
}

/// Where a call's answers go. An exception of ours must not unwind through a plugin: it waits here until the call is
/// over.
struct OutCalls {
  std::function<void(const winnow_verdict&)> verdict;
  std::function<void(const winnow_key&)> key;
  std::function<void(const winnow_pair&)> pair;
  std::function<void(const winnow_annotation&)> annotation;
  std::function<void(const winnow_score&)> score;
  InCall* in = nullptr;
  std::exception_ptr failure;
};

template <class Element>
void hand(OutCalls& to, const std::function<void(const Element&)>& each, const Element* list,
          std::size_t count) noexcept {
  if (!each || to.failure) return;
  try {
    for (std::size_t i = 0; i < count; ++i) each(list[i]);
  } catch (...) {
    to.failure = std::current_exception();
  }
}

OutCalls& calls(const winnow_out* out) { return *static_cast<OutCalls*>(out->impl); }

winnow_out outFor(OutCalls& to) {
  return {
      sizeof(winnow_out),
      0,
      &to,
      [](const winnow_out* out, const winnow_verdict* list, std::size_t n) {
        hand(calls(out), calls(out).verdict, list, n);
        calls(out).in->answered(n);
      },
      [](const winnow_out* out, const winnow_key* list, std::size_t n) { hand(calls(out), calls(out).key, list, n); },
      [](const winnow_out* out, const winnow_pair* list, std::size_t n) { hand(calls(out), calls(out).pair, list, n); },
      [](const winnow_out* out, const winnow_annotation* list, std::size_t n) {
        hand(calls(out), calls(out).annotation, list, n);
      },
      [](const winnow_out* out, const winnow_score* list, std::size_t n) {
        hand(calls(out), calls(out).score, list, n);
      }};
}

/// Runs a call that answers through `to`; what was thrown while answers were taken in is thrown now.
template <class Call>
winnow_status answered(const winnow_stage* stage, InCall in, OutCalls& to, Call&& call) {
  to.in = &in;
  const winnow_out out = outFor(to);
  const winnow_status status = guarded(stage, [&] { return call(out); });
  if (to.failure) std::rethrow_exception(to.failure);
  return status;
}

/// Hands an importer the host's source and counts what it emits, for the report of a crash.
class CountedSource {
 public:
  CountedSource(const winnow_stage& stage, const winnow_source& host)
      : in_(stage.id, "read()"), host_(host), source_{sizeof source_, 0,    this, host.name,
                                                      host.size,      next, emit, declare} {
    in_.reads(host.name);
  }
  const winnow_source& source() const noexcept { return source_; }

 private:
  static CountedSource& of(const winnow_source* source) { return *static_cast<CountedSource*>(source->impl); }
  static winnow_status WINNOW_CALL next(const winnow_source* source, winnow_str* chunk) {
    return of(source).host_.next(&of(source).host_, chunk);
  }
  static winnow_status WINNOW_CALL emit(const winnow_source* source, const winnow_batch* batch) {
    const winnow_status status = of(source).host_.emit(&of(source).host_, batch);
    of(source).in_.answered(batch->count);
    return status;
  }
  static winnow_status WINNOW_CALL declare(const winnow_source* source, const winnow_declaration* list,
                                           std::size_t count) {
    return of(source).host_.declare(&of(source).host_, list, count);
  }
  InCall in_;
  const winnow_source& host_;
  winnow_source source_;
};

}  // namespace

Instance::Instance(const winnow_stage* stage, const SettingList& settings, Services& services)
    : stage_(stage), services_(services), title_(services.tags().number(tags::kTitle)) {
  services_.serve(*stage_);
  std::vector<winnow_setting> list;
  list.reserve(settings.size());
  for (const auto& [name, value] : settings)
    list.push_back({str(name), isFileOption(*stage_, name) ? services_.fileText(value) : str(value)});
  for (std::size_t i = 0; i < stage_->give_count; ++i)
    gives_.push_back(services_.tags().number(view(stage_->gives[i])));
  const InCall in(stage_->id, "create()");
  self_ = guarded(stage_, [&] { return stage_->create(services_.host(), list.data(), list.size()); });
  if (self_ == nullptr)
    throw UsageError(named(stage_) + " refuses its settings: " +
                     (services_.lastError().empty() ? "it does not say why" : services_.lastError()));
  for (std::size_t i = 0; i < stage_->reason_count; ++i)
    reasons_.push_back({std::string(view(stage_->reasons[i].code)), std::string(view(stage_->reasons[i].label)),
                        stage_->reasons[i].action});
  if (stage_->extension == nullptr) return;
  if (stage_->kind == WINNOW_MATCHER)
    survey_ = static_cast<const winnow_survey*>(stage_->extension(self_, WINNOW_EXT_SURVEY));
  const auto* own = static_cast<const winnow_reasons*>(stage_->extension(self_, WINNOW_EXT_REASONS));
  for (std::size_t i = 0; own != nullptr && i < own->count(self_); ++i) {
    const winnow_reason reason = own->get(self_, i);
    reasons_.push_back({std::string(view(reason.code)), std::string(view(reason.label)), reason.action});
  }
}

std::vector<FormatEntry> Instance::formats() const {
  std::vector<FormatEntry> list;
  if (stage_->extension == nullptr) return list;
  const auto* own = static_cast<const winnow_formats*>(stage_->extension(self_, WINNOW_EXT_FORMATS));
  for (std::size_t i = 0; own != nullptr && i < own->count(self_); ++i) {
    const winnow_format f = own->get(self_, i);
    list.push_back({std::string(view(f.dialect)), std::string(view(f.title)), std::string(view(f.told_by)),
                    std::string(view(f.source))});
  }
  return list;
}

Instance::~Instance() {
  if (self_ == nullptr) return;
  const InCall in(stage_->id, "destroy()");
  stage_->destroy(self_);
}

void Instance::require(winnow_status status, const char* call) const {
  if (status == WINNOW_OK) return;
  if (status == WINNOW_CANCELLED) throw Error("cancelled");
  throw Error(named(stage_) + " gave up in " + call +
              (services_.lastError().empty() ? std::string(" without a message") : ": " + services_.lastError()));
}

winnow_probe Instance::probe(std::string_view head, std::string_view name) {
  winnow_probe found{sizeof found, 0, {}};
  InCall in(stage_->id, "probe()");
  in.reads(str(name));
  const winnow_status status =
      guarded(stage_, [&] { return methods<winnow_importer>().probe(self_, str(head), str(name), &found); });
  require(status, "probe()");
  if (found.confidence > 100)
    throw Error(named(stage_) + " is " + std::to_string(found.confidence) + " % sure of a format; 100 is the most");
  return found;
}

winnow_status Instance::read(const winnow_source& source) {
  CountedSource counted(*stage_, source);
  return guarded(stage_, [&] { return methods<winnow_importer>().read(self_, &counted.source()); });
}

const std::vector<winnow_verdict>& Instance::process(const winnow_batch& batch) {
  verdicts_.clear();
  notes_.clear();
  evidence_.clear();
  OutCalls to;
  to.verdict = [this](const winnow_verdict& verdict) {
    verdicts_.push_back(verdict);
    keepEvidence(verdicts_.back());
    if (verdict.note.size == 0) return;
    notes_.push_back(std::make_unique<std::string>(view(verdict.note)));
    verdicts_.back().note = str(*notes_.back());
  };
  require(answered(stage_, {stage_->id, "process()", &batch, title_}, to,
                   [&](const winnow_out& out) { return methods<winnow_filter>().process(self_, &batch, &out); }),
          "process()");
  checkVerdicts(batch);
  return ordered_;
}

void Instance::checkVerdicts(const winnow_batch& batch) {
  ordered_.assign(batch.count, winnow_verdict{});
  // Records of a batch come with falling or rising handles; a map is only needed when the answers are out of order.
  std::unordered_map<std::uint64_t, std::size_t> places;
  for (std::size_t i = 0; i < verdicts_.size(); ++i) {
    const winnow_verdict& verdict = verdicts_[i];
    std::size_t place = i;
    if (i >= batch.count || batch.records[i].id != verdict.record) {
      if (places.empty())
        for (std::size_t k = 0; k < batch.count; ++k) places.emplace(batch.records[k].id, k);
      const auto found = places.find(verdict.record);
      if (found == places.end()) throw Error(named(stage_) + " judged a record that it was not given");
      place = found->second;
    }
    if (ordered_[place].action != 0) throw Error(named(stage_) + " gave two verdicts about one record");
    if (verdict.action < WINNOW_KEEP || verdict.action > WINNOW_WAIT)
      throw Error(named(stage_) + " gave the unknown verdict " + std::to_string(verdict.action));
    if (verdict.reason == WINNOW_NONE ? verdict.action != WINNOW_KEEP : verdict.reason >= reasons_.size())
      throw Error(named(stage_) + " gave a reason that it never declared");
    checkEvidence(verdict, batch.records[place]);
    ordered_[place] = verdict;
  }
  if (verdicts_.size() != batch.count)
    throw Error(named(stage_) + " gave " + io::counted(verdicts_.size(), "verdict") + " about " +
                io::counted(batch.count, "record"));
}

/// The evidence of an answer outlives the call that gave it.
void Instance::keepEvidence(winnow_verdict& verdict) {
  if (verdict.evidence_count == 0) return;
  if (verdict.evidence_count > WINNOW_MOST_EVIDENCE)
    throw Error(named(stage_) + " gave " + std::to_string(verdict.evidence_count) + " pieces of evidence; " +
                std::to_string(WINNOW_MOST_EVIDENCE) + " are the most");
  auto& list = *evidence_.emplace_back(
      std::make_unique<std::vector<winnow_evidence>>(verdict.evidence, verdict.evidence + verdict.evidence_count));
  for (winnow_evidence& piece : list) {
    if (piece.label.size == 0) continue;
    notes_.push_back(std::make_unique<std::string>(view(piece.label)));
    piece.label = str(*notes_.back());
  }
  verdict.evidence = list.data();
}

void Instance::checkEvidence(const winnow_verdict& verdict, const winnow_record& record) const {
  for (std::size_t i = 0; i < verdict.evidence_count; ++i) {
    const winnow_evidence& piece = verdict.evidence[i];
    if (piece.field >= record.field_count ||
        std::uint64_t{piece.begin} + piece.size > record.fields[piece.field].value.size)
      throw Error(named(stage_) + " named evidence that the record does not hold");
  }
}

void Instance::keys(const winnow_batch& batch, const std::function<void(const winnow_key&)>& each) {
  OutCalls to;
  to.key = each;
  const winnow_status status = answered(stage_, {stage_->id, "keys()", &batch, title_}, to, [&](const winnow_out& out) {
    return stage_->kind == WINNOW_MATCHER ? methods<winnow_matcher>().keys(self_, &batch, &out)
                                          : methods<winnow_sampler>().keys(self_, &batch, &out);
  });
  require(status, "keys()");
}

void Instance::checkPair(const winnow_pair& pair, const winnow_batch& batch) const {
  const auto given = [&](std::uint64_t id) {
    return std::any_of(batch.records, batch.records + batch.count, [&](const winnow_record& r) { return r.id == id; });
  };
  if (pair.left == pair.right) throw Error(named(stage_) + " paired a record with itself");
  if (!given(pair.left) || !given(pair.right)) throw Error(named(stage_) + " paired a record that it was not given");
  if (pair.rule >= reasons_.size()) throw Error(named(stage_) + " gave a rule that it never declared");
}

void Instance::match(const winnow_batch& block, const std::function<void(const winnow_pair&)>& each) {
  OutCalls to;
  to.pair = [&](const winnow_pair& pair) {
    checkPair(pair, block);
    each(pair);
  };
  require(answered(stage_, {stage_->id, "match()", &block, title_}, to,
                   [&](const winnow_out& out) { return methods<winnow_matcher>().match(self_, &block, &out); }),
          "match()");
}

void Instance::survey(const winnow_batch& block, const std::function<void(const winnow_key&)>& each) {
  OutCalls to;
  to.key = each;
  require(answered(stage_, {stage_->id, "survey()", &block, title_}, to,
                   [&](const winnow_out& out) { return survey_->survey(self_, &block, &out); }),
          "survey()");
}

void Instance::learn(const std::vector<winnow_key>& facts) {
  const InCall in(stage_->id, "learn()");
  require(guarded(stage_, [&] { return survey_->learn(self_, facts.data(), facts.size()); }), "learn()");
}

bool Instance::canSettle() const noexcept { return methods<winnow_matcher>().settle != nullptr; }

void Instance::settle(const winnow_batch& component, const std::vector<winnow_pair>& pairs,
                      const std::function<void(const winnow_pair&)>& each) {
  OutCalls to;
  to.pair = [&](const winnow_pair& pair) {
    checkPair(pair, component);
    each(pair);
  };
  const winnow_status status =
      answered(stage_, {stage_->id, "settle()", &component, title_}, to, [&](const winnow_out& out) {
        return methods<winnow_matcher>().settle(self_, &component, pairs.data(), pairs.size(), &out);
      });
  require(status, "settle()");
}

std::uint64_t Instance::take(std::uint32_t space, std::uint64_t count) {
  const InCall in(stage_->id, "take()");
  std::uint64_t taken = 0;
  require(guarded(stage_, [&] { return methods<winnow_sampler>().take(self_, space, count, &taken); }), "take()");
  if (taken > count)
    throw Error(named(stage_) + " takes " + std::to_string(taken) + " of " + std::to_string(count) + " records");
  return taken;
}

void Instance::checkAnnotation(const winnow_annotation& given, const winnow_record& record) const {
  const std::string tag(services_.tags().name(given.tag));
  if (std::find(gives_.begin(), gives_.end(), given.tag) == gives_.end())
    throw Error(named(stage_) + " gave the field '" + tag + "', which it does not declare to give");
  if (given.value.size == 0) throw Error(named(stage_) + " gave the field '" + tag + "' without a value");
  if (std::any_of(record.fields, record.fields + record.field_count,
                  [&](const winnow_field& field) { return field.tag == given.tag; }))
    throw Error(named(stage_) + " gave the field '" + tag + "' to a record that has it; an annotator changes nothing");
  if (given.origin == WINNOW_NONE) return;
  if (given.origin >= record.field_count ||
      std::uint64_t{given.begin} + given.size > record.fields[given.origin].value.size)
    throw Error(named(stage_) + " named an origin that the record does not hold");
}

std::vector<Annotation> Instance::annotate(const winnow_batch& batch) {
  std::vector<Annotation> given;
  std::unordered_map<std::uint64_t, std::size_t> places;
  for (std::size_t i = 0; i < batch.count; ++i) places.emplace(batch.records[i].id, i);
  OutCalls to;
  to.annotation = [&](const winnow_annotation& one) {
    const auto place = places.find(one.record);
    if (place == places.end()) throw Error(named(stage_) + " annotated a record that it was not given");
    const winnow_record& record = batch.records[place->second];
    checkAnnotation(one, record);
    Annotation& annotation =
        given.emplace_back(Annotation{place->second, one.tag, one.rule, std::string(view(one.value)), {}});
    if (one.origin == WINNOW_NONE) return;
    const std::string_view whole = view(record.fields[one.origin].value);
    annotation.evidence = std::string(services_.tags().name(record.fields[one.origin].tag)) + ": " +
                          std::string(one.size == 0 ? whole : whole.substr(one.begin, one.size));
  };
  require(answered(stage_, {stage_->id, "annotate()", &batch, title_}, to,
                   [&](const winnow_out& out) { return methods<winnow_annotator>().annotate(self_, &batch, &out); }),
          "annotate()");
  std::stable_sort(given.begin(), given.end(),
                   [](const Annotation& a, const Annotation& b) { return a.place < b.place; });
  return given;
}

void Instance::take(const winnow_batch& batch) {
  for (std::size_t i = 0; i < batch.count; ++i)
    if (isLabelled_.emplace(batch.records[i].id, false).second) taken_.push_back(batch.records[i].id);
  const InCall in(stage_->id, "take()", &batch, title_);
  require(guarded(stage_, [&] { return methods<winnow_ranker>().take(self_, &batch); }), "take()");
}

void Instance::learn(const std::vector<winnow_label>& labels) {
  for (auto& [record, isLabelled] : isLabelled_) isLabelled = false;
  for (const winnow_label& label : labels) isLabelled_.at(label.record) = true;
  const InCall in(stage_->id, "learn()");
  require(guarded(stage_, [&] { return methods<winnow_ranker>().learn(self_, labels.data(), labels.size()); }),
          "learn()");
}

std::vector<winnow_score> Instance::rank() {
  std::unordered_map<std::uint64_t, winnow_score> scores;
  OutCalls to;
  to.score = [&](const winnow_score& one) {
    const auto known = isLabelled_.find(one.record);
    if (known == isLabelled_.end()) throw Error(named(stage_) + " ranked a record that it was not given");
    if (known->second) throw Error(named(stage_) + " ranked a record that is read already");
    if (one.score != one.score) throw Error(named(stage_) + " gave a score that is no number");
    if (!scores.emplace(one.record, one).second) throw Error(named(stage_) + " gave two scores for one record");
  };
  require(answered(stage_, {stage_->id, "rank()"}, to,
                   [&](const winnow_out& out) { return methods<winnow_ranker>().rank(self_, &out); }),
          "rank()");
  std::vector<winnow_score> ordered;
  for (const std::uint64_t record : taken_) {
    if (isLabelled_.at(record)) continue;
    const auto found = scores.find(record);
    if (found == scores.end()) throw Error(named(stage_) + " gave no score for a record that is left to read");
    ordered.push_back(found->second);
  }
  return ordered;
}

winnow_status Instance::write(const winnow_sink& sink) {
  const InCall in(stage_->id, "write()");
  return guarded(stage_, [&] { return methods<winnow_exporter>().write(self_, &sink); });
}

}  // namespace winnow::plugins
