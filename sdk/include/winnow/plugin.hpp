// winnow/plugin.hpp: the C++17 face of the plugin ABI. Header only; compiled into the plugin, so nothing of it crosses
// the boundary. A plugin is one or more classes derived from Importer, Filter, Matcher, Sampler or Exporter, and one
// WINNOW_PLUGIN line. docs/writing-a-plugin.md begins with a complete one.
//
// Every class declares at its top, all constexpr:
//   id, version, help (std::string_view), flags (std::uint32_t), options[] (winnow_option, may be absent),
//   reasons[] (winnow_reason, may be absent)
// and is constructed from (winnow::Host, const winnow::Settings&). A constructor refuses settings by throwing; the
// message reaches the user. No exception leaves the plugin: each boundary function catches all and forwards the text.
#pragma once

#include <locale.h>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "abi.h"
#include "ext/command.h"
#include "ext/documents.h"
#include "ext/formats.h"
#include "ext/progress.h"
#include "ext/reasons.h"
#include "ext/survey.h"

namespace winnow {

/// ABI text as a view. Thread: any.
constexpr std::string_view view(winnow_str text) noexcept { return {text.data, text.size}; }
/// A view as ABI text; the caller keeps the bytes alive. Thread: any.
constexpr winnow_str str(std::string_view text) noexcept { return {text.data(), text.size()}; }

// ---- declarations a stage makes -------------------------------------------------------------------------------------

/// Declares an option. `fallback` is the default as it would stand in YAML ("" = none; lists "a|b"); `choices` "a|b|c".
constexpr winnow_option option(std::uint32_t type, std::string_view name, std::string_view fallback,
                               std::string_view help, std::string_view choices = {}, std::string_view minimum = {},
                               std::string_view maximum = {}, std::uint32_t flags = 0) {
  return {sizeof(winnow_option), type,         flags,        0,           str(name), str(fallback), str(help),
          str(choices),          str(minimum), str(maximum), winnow_str{}};
}
/// Declares a reason of a stage for the action it goes with.
constexpr winnow_reason reason(std::uint32_t action, std::string_view code, std::string_view label) {
  return {str(code), str(label), action, 0};
}
constexpr winnow_reason dropReason(std::string_view code, std::string_view label) {
  return reason(WINNOW_DROP, code, label);
}
constexpr winnow_reason unsureReason(std::string_view code, std::string_view label) {
  return reason(WINNOW_UNSURE, code, label);
}

// ---- the host, its settings, diagnostics ----------------------------------------------------------------------------

/// Something to tell people. Views need to live only during Host::diagnose.
struct Diagnostic {
  std::uint32_t severity = WINNOW_WARNING;
  std::string_view code, message, action;
  winnow_span at{};
  std::uint64_t record = 0;
};

/// The host, borrowed. Copies are cheap; valid as long as the stage instance.
class Host {
 public:
  explicit Host(const winnow_host* host) noexcept : host_(host) {}

  /// Number of a tag name, never 0. Thread: setup; importers also work.
  std::uint32_t tag(std::string_view name) const { return host_->tag(host_, str(name)); }
  /// Tells people something. Thread: any.
  void diagnose(const Diagnostic& d) const {
    const winnow_diagnostic out{sizeof out, d.severity, str(d.code), str(d.message), str(d.action), d.at, d.record};
    host_->diagnose(host_, &out);
  }
  /// True when the run was cancelled. Thread: any.
  bool cancelled() const { return host_->cancelled(host_) != 0; }
  /// JSON text of a document of the review (ext/documents.h), empty if there is none. Thread: work.
  std::string_view document(std::string_view name) const {
    const auto* documents = static_cast<const winnow_documents*>(host_->extension(host_, WINNOW_EXT_DOCUMENTS));
    return documents == nullptr ? std::string_view{} : view(documents->get(host_, str(name)));
  }
  const winnow_host* raw() const noexcept { return host_; }

 private:
  const winnow_host* host_;
};

/// The checked settings of an instance; views that die when the constructor returns.
class Settings {
 public:
  using Entry = std::pair<std::string_view, std::vector<std::string_view>>;

  Settings(const winnow_setting* data, std::size_t size) noexcept : data_(data), size_(size) {}

  /// True if the option has a value (given or by default).
  bool has(std::string_view name) const { return find(name) != nullptr; }
  /// Value of a STRING, CHOICE or DATE option; empty if it has none.
  std::string_view text(std::string_view name) const {
    const winnow_setting* found = find(name);
    return found == nullptr ? std::string_view{} : view(found->value);
  }
  /// Value of an INTEGER option; 0 if it has none.
  std::int64_t integer(std::string_view name) const {
    std::int64_t value = 0;
    const std::string_view digits = text(name);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }
  /// Value of a NUMBER option; 0 if it has none.
  double number(std::string_view name) const {
    double value = 0;
    const std::string_view digits = text(name);
#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 200000  // its from_chars knows no double
    static const locale_t plain = ::newlocale(LC_ALL_MASK, "C", nullptr);
    value = ::strtod_l(std::string(digits).c_str(), nullptr, plain);
#else
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
#endif
    return value;
  }
  /// Value of a BOOLEAN option; false if it has none.
  bool boolean(std::string_view name) const { return text(name) == "true"; }
  /// Items of a LIST option, in order.
  std::vector<std::string_view> list(std::string_view name) const {
    std::vector<std::string_view> items;
    for (std::size_t i = 0; i < size_; ++i)
      if (view(data_[i].name) == name) items.push_back(view(data_[i].value));
    return items;
  }
  /// Entries of a MAP option, in order of their first appearance, each with its values (an empty list: none).
  std::vector<Entry> map(std::string_view name) const {
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < size_; ++i) {
      const std::string_view full = view(data_[i].name);
      if (full.size() <= name.size() || full.substr(0, name.size()) != name || full[name.size()] != '.') continue;
      const std::string_view key = full.substr(name.size() + 1);
      if (entries.empty() || entries.back().first != key) entries.emplace_back(key, std::vector<std::string_view>{});
      if (data_[i].value.size != 0) entries.back().second.push_back(view(data_[i].value));
    }
    return entries;
  }

 private:
  const winnow_setting* find(std::string_view name) const {
    for (std::size_t i = 0; i < size_; ++i)
      if (view(data_[i].name) == name) return data_ + i;
    return nullptr;
  }
  const winnow_setting* data_;
  std::size_t size_;
};

// ---- records --------------------------------------------------------------------------------------------------------

/// One record, borrowed for the call.
class Record {
 public:
  explicit Record(const winnow_record& record) noexcept : record_(&record) {}

  std::uint64_t id() const noexcept { return record_->id; }
  const winnow_field* begin() const noexcept { return record_->fields; }
  const winnow_field* end() const noexcept { return record_->fields + record_->field_count; }
  std::size_t size() const noexcept { return record_->field_count; }
  const winnow_field& operator[](std::size_t index) const noexcept { return record_->fields[index]; }
  const winnow_span& at() const noexcept { return record_->at; }

  /// Index of the first field of that tag, or WINNOW_NONE.
  std::uint32_t indexOf(std::uint32_t tag) const noexcept {
    for (std::size_t i = 0; i < record_->field_count; ++i)
      if (record_->fields[i].tag == tag) return static_cast<std::uint32_t>(i);
    return WINNOW_NONE;
  }
  /// Value of the first field of that tag; empty if there is none.
  std::string_view first(std::uint32_t tag) const noexcept {
    const std::uint32_t index = indexOf(tag);
    return index == WINNOW_NONE ? std::string_view{} : view(record_->fields[index].value);
  }
  /// Indexes of all fields of that tag, in order.
  std::vector<std::uint32_t> all(std::uint32_t tag) const {
    std::vector<std::uint32_t> indexes;
    for (std::size_t i = 0; i < record_->field_count; ++i)
      if (record_->fields[i].tag == tag) indexes.push_back(static_cast<std::uint32_t>(i));
    return indexes;
  }
  std::string_view value(std::size_t index) const noexcept { return view(record_->fields[index].value); }

 private:
  const winnow_record* record_;
};

/// A batch as a range of Record.
class Batch {
 public:
  explicit Batch(const winnow_batch* batch) noexcept : batch_(batch) {}
  std::size_t size() const noexcept { return batch_->count; }
  Record operator[](std::size_t index) const noexcept { return Record(batch_->records[index]); }

 private:
  const winnow_batch* batch_;
};

// ---- filters --------------------------------------------------------------------------------------------------------

/// One answer about one record. Reasons are indexes into the class's `reasons`, then into reasons().
class Verdict {
 public:
  static Verdict keep() { return Verdict(WINNOW_KEEP, WINNOW_NONE); }
  static Verdict drop(std::uint32_t reason) { return Verdict(WINNOW_DROP, reason); }
  static Verdict unsure(std::uint32_t reason) { return Verdict(WINNOW_UNSURE, reason); }
  static Verdict category(std::uint32_t reason) { return Verdict(WINNOW_CATEGORY, reason); }
  static Verdict wait(std::uint32_t reason) { return Verdict(WINNOW_WAIT, reason); }

  /// The bytes of a field that decided.
  Verdict& because(std::uint32_t field, std::size_t begin, std::size_t size) & {
    raw_.evidence_field = field;
    raw_.evidence_begin = static_cast<std::uint32_t>(begin);
    raw_.evidence_size = static_cast<std::uint32_t>(size);
    return *this;
  }
  Verdict&& because(std::uint32_t field, std::size_t begin, std::size_t size) && {
    return std::move(because(field, begin, size));
  }
  /// Words for people; never parsed.
  Verdict& note(std::string text) & {
    note_ = std::move(text);
    return *this;
  }
  Verdict&& note(std::string text) && { return std::move(note(std::move(text))); }
  /// 0..1, stored and shown, never interpreted by the host.
  Verdict& score(double value) & {
    raw_.score = value;
    return *this;
  }
  Verdict&& score(double value) && { return std::move(score(value)); }

  /// As ABI element; the note's view lives as long as this object.
  winnow_verdict raw(std::uint64_t record) const {
    winnow_verdict out = raw_;
    out.record = record;
    out.note = str(note_);
    return out;
  }

 private:
  Verdict(std::uint32_t action, std::uint32_t reason) {
    raw_.action = action;
    raw_.reason = reason;
    raw_.evidence_field = WINNOW_NONE;
    raw_.score = std::numeric_limits<double>::quiet_NaN();
  }
  winnow_verdict raw_{};
  std::string note_;
};

/// A reason that comes from the settings (a topic, a criterion, a category).
struct OwnReason {
  std::uint32_t action;
  std::string code, label;
};

/// What all stages share.
class Stage {
 public:
  explicit Stage(Host host) noexcept : host_(host) {}
  virtual ~Stage() = default;
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// Reasons from the settings; a verdict's reason counts the class's `reasons` first, then these.
  const std::vector<OwnReason>& ownReasons() const noexcept { return ownReasons_; }
  const Host& host() const noexcept { return host_; }
  /// An extension of this instance (winnow/ext/), or null; the table lives as long as the instance. Thread: setup.
  virtual const void* extension(std::string_view) { return nullptr; }

 protected:
  Host host_;
  std::vector<OwnReason> ownReasons_;  ///< fill in the constructor
};

/// Judges one record at a time.
class Filter : public Stage {
 public:
  using Stage::Stage;
  /// The answer about one record. May throw: the run stops with the message. Thread: work.
  virtual Verdict judge(Record record) = 0;
};

// ---- matchers and samplers ------------------------------------------------------------------------------------------

/// Collects blocking or ordering keys.
class Keys {
 public:
  /// `space` numbers the kind of key; equal (space, value) meet in a block. The value is copied.
  void add(std::uint64_t record, std::uint32_t space, std::string_view value) {
    keys_.push_back({record, space, offset(value), value.size()});
  }
  void send(const winnow_out* out) {
    std::vector<winnow_key> list;
    list.reserve(keys_.size());
    for (const Key& key : keys_) list.push_back({key.record, key.space, 0, {text_.data() + key.begin, key.size}});
    if (!list.empty()) out->keys(out, list.data(), list.size());
    keys_.clear();
    text_.clear();
  }

 private:
  struct Key {
    std::uint64_t record;
    std::uint32_t space;
    std::size_t begin, size;
  };
  std::size_t offset(std::string_view value) {
    const std::size_t at = text_.size();
    text_.append(value);
    return at;
  }
  std::vector<Key> keys_;
  std::string text_;
};

/// Two records that are the same work, by the rule `rule` (index into `reasons`).
struct Match {
  std::uint32_t rule;
  bool maybe = false;  ///< for the hand-check list, never removed
  double score = 1;
  std::string note;
};

/// Collects pairs.
class Pairs {
 public:
  void add(std::uint64_t left, std::uint64_t right, Match match) { pairs_.push_back({left, right, std::move(match)}); }
  void send(const winnow_out* out) {
    std::vector<winnow_pair> list;
    list.reserve(pairs_.size());
    for (const Pair& p : pairs_)
      list.push_back({p.left, p.right, p.match.rule, p.match.maybe ? 1u : 0u, p.match.score, str(p.match.note)});
    if (!list.empty()) out->pairs(out, list.data(), list.size());
    pairs_.clear();
  }

 private:
  struct Pair {
    std::uint64_t left, right;
    Match match;
  };
  std::vector<Pair> pairs_;
};

/// Finds records of the same work, block by block.
class Matcher : public Stage {
 public:
  using Stage::Stage;
  /// Any number of blocking keys; a pure function of the record. Thread: work.
  virtual void keys(Record record, Keys& keys) = 0;
  /// What a block of the space `surveySpace` tells of the whole set, as facts (ext/survey.h); only for stages that
  /// declare `static constexpr std::uint32_t surveySpace, surveyFewest`. Thread: work.
  virtual void survey(Batch block, Keys& facts) {
    (void)block;
    (void)facts;
  }
  /// The facts of all blocks, before the first match(). Thread: work.
  virtual void learn(const std::vector<winnow_key>& facts) { (void)facts; }
  /// The pairs within one block; symmetric, independent of the rest of the block. Thread: work.
  virtual void match(Batch block, Pairs& pairs) = 0;
  /// The pairs of a component of three or more that stand; by default all. Thread: work.
  virtual void settle(Batch component, const std::vector<winnow_pair>& pairs, Pairs& standing) {
    (void)component;
    for (const winnow_pair& p : pairs)
      standing.add(p.left, p.right, {p.rule, p.maybe != 0, p.score, std::string(view(p.note))});
  }
};

/// Chooses the first k of an order.
class Sampler : public Stage {
 public:
  using Stage::Stage;
  /// The record's place in the order: (space, value). Thread: work.
  virtual std::pair<std::uint32_t, std::string> key(Record record) = 0;
  /// How many of `count` records of a space are in the sample. Thread: work.
  virtual std::uint64_t take(std::uint32_t space, std::uint64_t count) = 0;
};

// ---- importers ------------------------------------------------------------------------------------------------------

/// The bytes of one input. Borrowed during read().
class Source {
 public:
  explicit Source(const winnow_source* source) noexcept : source_(source) {}
  std::string_view name() const noexcept { return view(source_->name); }
  /// The next bytes, valid until the next call; WINNOW_END after the last.
  winnow_status next(std::string_view& chunk) const {
    winnow_str out{};
    const winnow_status status = source_->next(source_, &out);
    chunk = view(out);
    return status;
  }
  /// Says what bytes outside of records are (WINNOW_HEADING ...): every byte of the source is in a record, declared, or
  /// blank, or the host reports it. Before the first record behind them is emitted; RecordWriter::declare() sees to
  /// that. Anything but WINNOW_OK: return it from read(). Thread: work.
  winnow_status declare(winnow_span at, std::uint32_t kind) const {
    const winnow_declaration one{at, kind, 0};
    return source_->declare(source_, &one, 1);
  }
  const winnow_source* raw() const noexcept { return source_; }

 private:
  const winnow_source* source_;
};

/// How sure a probe is, 0..100, and in which dialect. The dialect's text must live as long as the stage.
struct Probe {
  std::uint32_t confidence = 0;
  std::string_view dialect;
};

/// A format or dialect that an importer tells apart (ext/formats.h). The texts must live as long as the stage.
struct Format {
  std::string_view dialect, title, toldBy, source;
};

/// Turns bytes into records.
class Importer : public Stage {
 public:
  using Stage::Stage;
  /// Looks at the first bytes, 64 KiB at most. Thread: work.
  virtual Probe probe(std::string_view head, std::string_view name) = 0;
  /// Reads the whole source and emits its records in order. Thread: work.
  virtual winnow_status read(Source source) = 0;
  /// What `winnow formats` lists. Thread: setup.
  virtual std::vector<Format> formats() const { return {}; }
};

// ---- exporters ------------------------------------------------------------------------------------------------------

/// The records to write and the place to write them. Borrowed during write().
class Sink {
 public:
  explicit Sink(const winnow_sink* sink) noexcept : sink_(sink) {}
  /// Calls `each(Record)` for every record. Anything but WINNOW_OK: return it from write().
  template <class Each>
  winnow_status forEach(Each&& each) const {
    for (;;) {
      const winnow_batch* batch = nullptr;
      const winnow_status status = sink_->next(sink_, &batch);
      if (status == WINNOW_END) return WINNOW_OK;
      if (status != WINNOW_OK) return status;
      for (std::size_t i = 0; i < batch->count; ++i) each(Record(batch->records[i]));
    }
  }
  winnow_status write(std::string_view bytes) const { return sink_->write(sink_, str(bytes)); }

 private:
  const winnow_sink* sink_;
};

/// Turns records into bytes.
class Exporter : public Stage {
 public:
  using Stage::Stage;
  /// Reads the sink's records, writes bytes. Thread: work.
  virtual winnow_status write(Sink sink) = 0;
};

// ---- the boundary: one table a class, every function noexcept -------------------------------------------------------

namespace detail {

/// Runs `work`; an exception becomes a diagnostic with its own text and WINNOW_FAILED.
template <class Work>
winnow_status guarded(const Host& host, std::string_view where, Work&& work) noexcept {
  try {
    return work();
  } catch (const std::exception& error) {
    host.diagnose({WINNOW_ERROR, "plugin.exception", error.what(), where, {}, 0});
  } catch (...) {
    host.diagnose({WINNOW_ERROR, "plugin.exception", "an exception that is no std::exception", where, {}, 0});
  }
  return WINNOW_FAILED;
}

template <class T, class = void>
struct Options {
  static constexpr std::size_t count = 0;
  static constexpr const winnow_option* const* table = nullptr;
};
template <class T, std::size_t... I>
constexpr auto optionPointers(std::index_sequence<I...>) {
  struct Table {
    const winnow_option* at[sizeof...(I)];
  };
  return Table{{&T::options[I]...}};
}
template <class T>
struct Options<T, std::void_t<decltype(T::options)>> {
  static constexpr std::size_t count = std::extent_v<decltype(T::options)>;
  static constexpr auto pointers = optionPointers<T>(std::make_index_sequence<count>{});
  static constexpr const winnow_option* const* table = pointers.at;
};

template <class T, class = void>
struct Reasons {
  static constexpr std::size_t count = 0;
  static constexpr const winnow_reason* table = nullptr;
};
template <class T>
struct Reasons<T, std::void_t<decltype(T::reasons)>> {
  static constexpr std::size_t count = std::extent_v<decltype(T::reasons)>;
  static constexpr const winnow_reason* table = T::reasons;
};

template <class T>
T& self(void* instance) noexcept {
  return *static_cast<T*>(instance);
}

template <class T>
struct FilterMethods {
  static constexpr std::uint32_t kind = WINNOW_FILTER;
  static winnow_status WINNOW_CALL process(void* instance, const winnow_batch* batch, const winnow_out* out) noexcept {
    T& filter = self<T>(instance);
    return guarded(filter.host(), T::id, [&] {
      std::vector<Verdict> verdicts;
      verdicts.reserve(batch->count);
      std::vector<winnow_verdict> answers;
      answers.reserve(batch->count);
      for (std::size_t i = 0; i < batch->count; ++i) {
        verdicts.push_back(filter.judge(Record(batch->records[i])));
        answers.push_back(verdicts.back().raw(batch->records[i].id));
      }
      if (!answers.empty()) out->verdicts(out, answers.data(), answers.size());
      return winnow_status{WINNOW_OK};
    });
  }
  static constexpr winnow_filter methods{sizeof(winnow_filter), 0, process};
};

template <class T>
struct MatcherMethods {
  static constexpr std::uint32_t kind = WINNOW_MATCHER;
  static winnow_status WINNOW_CALL keys(void* instance, const winnow_batch* batch, const winnow_out* out) noexcept {
    T& matcher = self<T>(instance);
    return guarded(matcher.host(), T::id, [&] {
      Keys keys;
      for (std::size_t i = 0; i < batch->count; ++i) matcher.keys(Record(batch->records[i]), keys);
      keys.send(out);
      return winnow_status{WINNOW_OK};
    });
  }
  static winnow_status WINNOW_CALL match(void* instance, const winnow_batch* block, const winnow_out* out) noexcept {
    T& matcher = self<T>(instance);
    return guarded(matcher.host(), T::id, [&] {
      Pairs pairs;
      matcher.match(Batch(block), pairs);
      pairs.send(out);
      return winnow_status{WINNOW_OK};
    });
  }
  static winnow_status WINNOW_CALL settle(void* instance, const winnow_batch* component, const winnow_pair* list,
                                          std::size_t count, const winnow_out* out) noexcept {
    T& matcher = self<T>(instance);
    return guarded(matcher.host(), T::id, [&] {
      Pairs standing;
      matcher.settle(Batch(component), std::vector<winnow_pair>(list, list + count), standing);
      standing.send(out);
      return winnow_status{WINNOW_OK};
    });
  }
  static constexpr winnow_matcher methods{sizeof(winnow_matcher), 0, keys, match, settle};
};

template <class T, class = void>
struct SurveyOf {
  static constexpr const winnow_survey* table = nullptr;
};

template <class T>
struct SurveyOf<T, std::void_t<decltype(T::surveySpace)>> {
  static winnow_status WINNOW_CALL survey(void* instance, const winnow_batch* block, const winnow_out* out) noexcept {
    T& matcher = self<T>(instance);
    return guarded(matcher.host(), T::id, [&] {
      Keys facts;
      matcher.survey(Batch(block), facts);
      facts.send(out);
      return winnow_status{WINNOW_OK};
    });
  }
  static winnow_status WINNOW_CALL learn(void* instance, const winnow_key* facts, std::size_t count) noexcept {
    T& matcher = self<T>(instance);
    return guarded(matcher.host(), T::id, [&] {
      matcher.learn(std::vector<winnow_key>(facts, facts + count));
      return winnow_status{WINNOW_OK};
    });
  }
  static constexpr winnow_survey methods{sizeof(winnow_survey), T::surveySpace, T::surveyFewest, 0, survey, learn};
  static constexpr const winnow_survey* table = &methods;
};

template <class T>
struct SamplerMethods {
  static constexpr std::uint32_t kind = WINNOW_SAMPLER;
  static winnow_status WINNOW_CALL keys(void* instance, const winnow_batch* batch, const winnow_out* out) noexcept {
    T& sampler = self<T>(instance);
    return guarded(sampler.host(), T::id, [&] {
      Keys keys;
      for (std::size_t i = 0; i < batch->count; ++i) {
        const auto [space, value] = sampler.key(Record(batch->records[i]));
        keys.add(batch->records[i].id, space, value);
      }
      keys.send(out);
      return winnow_status{WINNOW_OK};
    });
  }
  static std::uint64_t WINNOW_CALL take(void* instance, std::uint32_t space, std::uint64_t count) noexcept {
    T& sampler = self<T>(instance);
    std::uint64_t taken = 0;
    guarded(sampler.host(), T::id, [&] {
      taken = sampler.take(space, count);
      return winnow_status{WINNOW_OK};
    });
    return taken;
  }
  static constexpr winnow_sampler methods{sizeof(winnow_sampler), 0, keys, take};
};

template <class T>
struct ImporterMethods {
  static constexpr std::uint32_t kind = WINNOW_IMPORTER;
  static winnow_status WINNOW_CALL probe(void* instance, winnow_str head, winnow_str name, winnow_probe* out) noexcept {
    T& importer = self<T>(instance);
    return guarded(importer.host(), T::id, [&] {
      const Probe found = importer.probe(view(head), view(name));
      out->confidence = found.confidence;
      out->dialect = str(found.dialect);
      return winnow_status{WINNOW_OK};
    });
  }
  static winnow_status WINNOW_CALL read(void* instance, const winnow_source* source) noexcept {
    T& importer = self<T>(instance);
    return guarded(importer.host(), T::id, [&] { return importer.read(Source(source)); });
  }
  static constexpr winnow_importer methods{sizeof(winnow_importer), 0, probe, read};
};

template <class T>
struct ExporterMethods {
  static constexpr std::uint32_t kind = WINNOW_EXPORTER;
  static winnow_status WINNOW_CALL write(void* instance, const winnow_sink* sink) noexcept {
    T& exporter = self<T>(instance);
    return guarded(exporter.host(), T::id, [&] { return exporter.write(Sink(sink)); });
  }
  static constexpr winnow_exporter methods{sizeof(winnow_exporter), 0, write};
};

template <class T>
using Methods = std::conditional_t<
    std::is_base_of_v<Filter, T>, FilterMethods<T>,
    std::conditional_t<std::is_base_of_v<Matcher, T>, MatcherMethods<T>,
                       std::conditional_t<std::is_base_of_v<Sampler, T>, SamplerMethods<T>,
                                          std::conditional_t<std::is_base_of_v<Importer, T>, ImporterMethods<T>,
                                                             ExporterMethods<T>>>>>;

template <class T>
struct StageTable {
  static void* WINNOW_CALL create(const winnow_host* host, const winnow_setting* settings, std::size_t count) noexcept {
    T* made = nullptr;
    guarded(Host(host), T::id, [&] {
      made = new T(Host(host), Settings(settings, count));
      return winnow_status{WINNOW_OK};
    });
    return made;
  }
  static void WINNOW_CALL destroy(void* instance) noexcept { delete static_cast<T*>(instance); }
  static std::size_t WINNOW_CALL reasonCount(void* instance) noexcept { return self<T>(instance).ownReasons().size(); }
  static winnow_reason WINNOW_CALL ownReason(void* instance, std::size_t index) noexcept {
    const OwnReason& r = self<T>(instance).ownReasons()[index];
    return {str(r.code), str(r.label), r.action, 0};
  }
  static constexpr winnow_reasons ownReasons{sizeof(winnow_reasons), 0, reasonCount, ownReason};
  static std::size_t WINNOW_CALL formatCount(void* instance) noexcept {
    std::size_t count = 0;
    if constexpr (std::is_base_of_v<Importer, T>)
      guarded(self<T>(instance).host(), T::id, [&] {
        count = self<T>(instance).formats().size();
        return winnow_status{WINNOW_OK};
      });
    return count;
  }
  static winnow_format WINNOW_CALL format(void* instance, std::size_t index) noexcept {
    winnow_format out{};
    if constexpr (std::is_base_of_v<Importer, T>)
      guarded(self<T>(instance).host(), T::id, [&] {
        const Format f = self<T>(instance).formats()[index];
        out = {str(f.dialect), str(f.title), str(f.toldBy), str(f.source)};
        return winnow_status{WINNOW_OK};
      });
    return out;
  }
  static constexpr winnow_formats formats{sizeof(winnow_formats), 0, formatCount, format};
  static const void* WINNOW_CALL extension(void* instance, const char* id) noexcept {
    if (std::string_view(id) == WINNOW_EXT_REASONS) return &ownReasons;
    if (SurveyOf<T>::table != nullptr && std::string_view(id) == WINNOW_EXT_SURVEY) return SurveyOf<T>::table;
    if (std::is_base_of_v<Importer, T> && std::string_view(id) == WINNOW_EXT_FORMATS) return &formats;
    const void* found = nullptr;
    guarded(self<T>(instance).host(), T::id, [&] {
      found = self<T>(instance).extension(id);
      return winnow_status{WINNOW_OK};
    });
    return found;
  }
  static constexpr winnow_stage stage{sizeof(winnow_stage),
                                      Methods<T>::kind,
                                      T::flags,
                                      0,
                                      str(T::id),
                                      str(T::version),
                                      str(T::help),
                                      Options<T>::table,
                                      Options<T>::count,
                                      Reasons<T>::table,
                                      Reasons<T>::count,
                                      &Methods<T>::methods,
                                      create,
                                      destroy,
                                      extension};
};

template <class... T>
struct StageList {
  static const winnow_stage* WINNOW_CALL at(std::size_t index) noexcept {
    static constexpr const winnow_stage* list[] = {&StageTable<T>::stage..., nullptr};
    return index < sizeof...(T) ? list[index] : nullptr;
  }
};

}  // namespace detail
}  // namespace winnow

/// The one exported symbol: WINNOW_PLUGIN("vendor", "name", "1.0.0", "Apache-2.0", StageClass, ...).
#define WINNOW_PLUGIN(vendor, name, version, license, ...) \
  WINNOW_PLUGIN_EXTENDED(vendor, name, version, license, nullptr, __VA_ARGS__)

/// As WINNOW_PLUGIN, with a function `const void* (const char* id)` that answers for plugin extensions (commands).
#define WINNOW_PLUGIN_EXTENDED(vendor, name, version, license, extension, ...)                              \
  extern "C" {                                                                                              \
  extern WINNOW_EXPORT constexpr winnow_plugin winnow_plugin_v1{sizeof(winnow_plugin),                      \
                                                                WINNOW_ABI_MAJOR,                           \
                                                                WINNOW_ABI_MINOR_TARGET,                    \
                                                                0,                                          \
                                                                winnow::str(vendor),                        \
                                                                winnow::str(name),                          \
                                                                winnow::str(version),                       \
                                                                winnow::str(license),                       \
                                                                winnow::detail::StageList<__VA_ARGS__>::at, \
                                                                extension};                                 \
  }
