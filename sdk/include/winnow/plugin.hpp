// winnow/plugin.hpp: the C++17 face of the plugin ABI. Header only; compiled into the plugin, so nothing of it crosses
// the boundary. A plugin is one or more classes derived from Importer, Filter, Matcher, Sampler, Exporter, Annotator or
// Ranker, and one WINNOW_PLUGIN line. docs/writing-a-plugin.md begins with a complete one.
//
// Every class declares at its top, all constexpr:
//   id, version, help (std::string_view), flags (std::uint32_t); where it has some, options[] (winnow_option),
//   reasons[] (winnow_reason), reads[] and gives[] (std::string_view: names of tags, abi.h)
// and is constructed from (winnow::Host, const winnow::Settings&). A constructor refuses settings by throwing, best
// winnow::Refusal, which names the option; the message reaches the user. No exception leaves the plugin: each boundary
// function catches all and forwards the text, with the record that was being judged.
#pragma once

#include <locale.h>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
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
#include "ext/resources.h"
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
/// Declares an option whose value is a file of the review: Settings::text gives the file's text.
constexpr winnow_option fileOption(std::string_view name, std::string_view help, std::uint32_t flags = 0) {
  return option(WINNOW_FILE, name, {}, help, {}, {}, {}, flags);
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

/// What a plugin says of itself, for WINNOW_PLUGIN: who made it, its name, its version and its licence (an SPDX id),
/// then what helps people to find it. All texts are literals: they live as long as the process.
class PluginMetadata {
 public:
  constexpr PluginMetadata(std::string_view vendor, std::string_view name, std::string_view version,
                           std::string_view license)
      : vendor_(vendor), name_(name), version_(version), license_(license) {}

  /// One or two sentences.
  constexpr PluginMetadata description(std::string_view text) const {
    return with(&PluginMetadata::description_, text);
  }
  /// https://...
  constexpr PluginMetadata homepage(std::string_view address) const {
    return with(&PluginMetadata::homepage_, address);
  }
  /// Where questions and faults go: an address of the web or of mail.
  constexpr PluginMetadata support(std::string_view address) const { return with(&PluginMetadata::support_, address); }
  /// "word|word".
  constexpr PluginMetadata keywords(std::string_view words) const { return with(&PluginMetadata::keywords_, words); }
  /// Who answers for extensions of the plugin, such as commands (winnow/ext/command.h).
  constexpr PluginMetadata extension(const void*(WINNOW_CALL* answer)(const char* id)) const {
    PluginMetadata changed = *this;
    changed.extension_ = answer;
    return changed;
  }
  /// As the ABI wants it.
  constexpr winnow_plugin table(const winnow_stage*(WINNOW_CALL* stage)(std::size_t)) const {
    return {sizeof(winnow_plugin),
            WINNOW_ABI_MAJOR,
            WINNOW_ABI_MINOR_TARGET,
            0,
            str(vendor_),
            str(name_),
            str(version_),
            str(license_),
            stage,
            extension_,
            str(description_),
            str(homepage_),
            str(support_),
            str(keywords_)};
  }

 private:
  constexpr PluginMetadata with(std::string_view PluginMetadata::*member, std::string_view text) const {
    PluginMetadata changed = *this;
    changed.*member = text;
    return changed;
  }
  std::string_view vendor_, name_, version_, license_, description_{}, homepage_{}, support_{}, keywords_{};
  const void*(WINNOW_CALL* extension_)(const char* id) = nullptr;
};

// ---- the host, its settings, diagnostics ----------------------------------------------------------------------------

/// Something to tell people. Views need to live only during Host::diagnose.
struct Diagnostic {
  std::uint32_t severity = WINNOW_WARNING;
  std::string_view code, message, action;
  winnow_span at{};
  std::uint64_t record = 0;
  std::string_view option{};  ///< whose value is meant: the host shows its line of the configuration
  std::string_view stage{};   ///< id; empty: the instance's own
};

/// Thrown by a constructor that does not take its settings.
class Refusal : public std::runtime_error {
 public:
  /// `option` is the one whose value is refused. `line` and `column` (from 1) are a place in the file that an option of
  /// type FILE names.
  Refusal(std::string option, const std::string& message, std::uint32_t line = 0, std::uint32_t column = 0)
      : std::runtime_error(message), option_(std::move(option)), line_(line), column_(column) {}
  const std::string& option() const noexcept { return option_; }
  winnow_span at() const noexcept { return {0, line_, column_, 0, 0}; }

 private:
  std::string option_;
  std::uint32_t line_, column_;
};

/// The host, borrowed. Copies are cheap; valid as long as the stage instance.
class Host {
 public:
  explicit Host(const winnow_host* host) noexcept : host_(host) {}

  /// Number of a tag name, never 0. Thread: setup; importers also work.
  std::uint32_t tag(std::string_view name) const { return host_->tag(host_, str(name)); }
  /// The name of a tag's number, empty for one that no tag has. Lives as long as the stage. Thread: any.
  std::string_view tagName(std::uint32_t number) const { return view(host_->tag_name(host_, number)); }
  /// WINNOW_HOST_... and (1 << kind). Thread: any.
  std::uint64_t features() const { return host_->features; }
  /// A service of the host by its id (winnow/ext/), or null. Thread: any.
  template <class Table>
  const Table* extension(const char* id) const {
    return static_cast<const Table*>(host_->extension(host_, id));
  }
  /// Tells people something. Thread: any.
  void diagnose(const Diagnostic& d) const {
    const winnow_diagnostic out{sizeof out, d.severity, str(d.code),   str(d.message), str(d.action),
                                d.at,       d.record,   str(d.option), str(d.stage)};
    host_->diagnose(host_, &out);
  }
  /// True when the run was cancelled. Thread: any.
  bool cancelled() const { return host_->cancelled(host_) != 0; }
  /// JSON text of a document of the review (ext/documents.h), empty if there is none. Thread: work.
  std::string_view document(std::string_view name) const {
    const auto* documents = extension<winnow_documents>(WINNOW_EXT_DOCUMENTS);
    return documents == nullptr ? std::string_view{} : view(documents->get(host_, str(name)));
  }
  /// The bytes of a file of the plugin's own package (ext/resources.h); they live as long as the stage. Throws
  /// std::runtime_error if the package has none of that name. Thread: setup.
  std::string_view resource(std::string_view name) const {
    const auto* resources = extension<winnow_resources>(WINNOW_EXT_RESOURCES);
    winnow_str bytes{};
    if (resources == nullptr || resources->get(host_, str(name), &bytes) != WINNOW_OK)
      throw std::runtime_error("the plugin's package has no file '" + std::string(name) + "'");
    return view(bytes);
  }
  /// Says how far work has come that reads and judges nothing for a while; `total` 0: unknown. Thread: any.
  void progress(std::string_view what, std::uint64_t done, std::uint64_t total) const {
    if (const auto* shown = extension<winnow_progress>(WINNOW_EXT_PROGRESS))
      shown->report(host_, str(what), done, total);
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
  /// Value of a STRING, CHOICE or DATE option, the text of a FILE; empty if it has none.
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

  /// Bytes of a field that decided; again for more, the deciding one first. `label` says for people what they show.
  Verdict& because(std::uint32_t field, std::size_t begin, std::size_t size, std::string label = {}) & {
    evidence_.push_back({field, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(size), 0, {}});
    if (!label.empty()) labels_.resize(evidence_.size());
    if (!label.empty()) labels_.back() = std::move(label);
    return *this;
  }
  Verdict&& because(std::uint32_t field, std::size_t begin, std::size_t size, std::string label = {}) && {
    return std::move(because(field, begin, size, std::move(label)));
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

  /// As ABI element; its views live as long as this object stays where it is.
  winnow_verdict raw(std::uint64_t record) {
    for (std::size_t i = 0; i < labels_.size(); ++i) evidence_[i].label = str(labels_[i]);
    winnow_verdict out = raw_;
    out.record = record;
    out.evidence = evidence_.data();
    out.evidence_count = evidence_.size();
    out.note = str(note_);
    return out;
  }

 private:
  Verdict(std::uint32_t action, std::uint32_t reason) {
    raw_.action = action;
    raw_.reason = reason;
    raw_.score = std::numeric_limits<double>::quiet_NaN();
  }
  winnow_verdict raw_{};
  std::string note_;
  std::vector<winnow_evidence> evidence_;
  std::vector<std::string> labels_;  ///< of the first pieces of evidence; none of the others has any
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
  /// The answer about one record. May throw: the run stops with the message and the record's place. Not asked any more
  /// once the run was cancelled; one that takes long returns anything then, and it is discarded. Thread: work.
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

// ---- annotators -----------------------------------------------------------------------------------------------------

/// Collects the derived fields of a record.
class Annotations {
 public:
  /// One field, being made.
  class Annotation {
   public:
    Annotation(std::uint64_t record, std::uint32_t tag, std::string value)
        : record_(record), tag_(tag), value_(std::move(value)) {}
    /// Where it was read: bytes of a field of the record; the whole value unless stated.
    Annotation& from(std::uint32_t field, std::size_t begin = 0, std::size_t size = 0) {
      origin_ = field;
      begin_ = static_cast<std::uint32_t>(begin);
      size_ = static_cast<std::uint32_t>(size);
      return *this;
    }
    /// The rule that made it: Host::tag("study-design.title").
    Annotation& by(std::uint32_t rule) {
      rule_ = rule;
      return *this;
    }
    winnow_annotation raw() const { return {record_, tag_, origin_, begin_, size_, rule_, 0, str(value_)}; }

   private:
    std::uint64_t record_;
    std::uint32_t tag_, origin_ = WINNOW_NONE, begin_ = 0, size_ = 0, rule_ = 0;
    std::string value_;
  };

  /// A value of one of the tags in the class's `gives`. The reference lives until annotate() returns.
  Annotation& add(std::uint32_t tag, std::string value) { return list_.emplace_back(record_, tag, std::move(value)); }

  /// Whose fields come next.
  void of(std::uint64_t record) { record_ = record; }
  void send(const winnow_out* out) {
    std::vector<winnow_annotation> all;
    all.reserve(list_.size());
    for (const Annotation& annotation : list_) all.push_back(annotation.raw());
    if (!all.empty()) out->annotations(out, all.data(), all.size());
    list_.clear();
  }

 private:
  std::uint64_t record_ = 0;
  std::deque<Annotation> list_;
};

/// Adds derived fields to records; changes none that is there.
class Annotator : public Stage {
 public:
  using Stage::Stage;
  /// What can be read from one record; nothing if nothing can be said. Thread: work.
  virtual void annotate(Record record, Annotations& annotations) = 0;
};

// ---- rankers --------------------------------------------------------------------------------------------------------

/// What a reader has said of a record.
struct Label {
  std::uint64_t record;
  bool isRelevant;
};

/// Collects the places of records in the order of reading.
class Scores {
 public:
  /// The greater the score, the sooner it is read. `byChance`: nothing was learned, the place is a draw's.
  void add(std::uint64_t record, double score, bool byChance = false) {
    list_.push_back({record, score, byChance ? 1u : 0u, 0});
  }
  void send(const winnow_out* out) {
    if (!list_.empty()) out->scores(out, list_.data(), list_.size());
    list_.clear();
  }

 private:
  std::vector<winnow_score> list_;
};

/// Learns from what was read, and orders what is left.
class Ranker : public Stage {
 public:
  using Stage::Stage;
  /// Takes a record over; copies what it needs. Thread: work.
  virtual void take(Record record) = 0;
  /// All that is known now; takes the place of what was said before. Thread: work.
  virtual void learn(const std::vector<Label>& labels) = 0;
  /// A score for each record without a label: a function of the set of records and the set of labels alone. Thread:
  /// work.
  virtual void rank(Scores& scores) = 0;
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

/// Tells of the exception that is being handled, with the record that was worked on (0: none).
inline void tellException(const Host& host, std::string_view stage, std::uint64_t record) noexcept {
  try {
    throw;
  } catch (const Refusal& refusal) {
    host.diagnose({WINNOW_ERROR, "plugin.settings", refusal.what(), {}, refusal.at(), record, refusal.option(), stage});
  } catch (const std::bad_alloc&) {  // its own words speak of C++
    host.diagnose({WINNOW_ERROR, "plugin.memory", "there is not enough memory for this", {}, {}, record, {}, stage});
  } catch (const std::exception& error) {
    host.diagnose({WINNOW_ERROR, "plugin.exception", error.what(), {}, {}, record, {}, stage});
  } catch (...) {
    host.diagnose(
        {WINNOW_ERROR, "plugin.exception", "an exception that is no std::exception", {}, {}, record, {}, stage});
  }
}

/// Runs `work`; an exception becomes a diagnostic with its own text and WINNOW_FAILED.
template <class Work>
winnow_status guarded(const Host& host, std::string_view stage, Work&& work) noexcept {
  try {
    return work();
  } catch (...) {
    tellException(host, stage, 0);
  }
  return WINNOW_FAILED;
}

/// Calls `each` with every record of the batch until the run is cancelled; an exception is reported with its record.
/// `send` comes after the last.
template <class Each, class Send>
winnow_status forEachRecord(const Host& host, std::string_view stage, const winnow_batch* batch, Each&& each,
                            Send&& send) noexcept {
  std::uint64_t record = 0;
  try {
    for (std::size_t i = 0; i < batch->count; ++i) {
      if (host.cancelled()) return WINNOW_CANCELLED;
      record = batch->records[i].id;
      each(Record(batch->records[i]));
    }
    record = 0;
    send();
    return WINNOW_OK;
  } catch (...) {
    tellException(host, stage, record);
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

template <class T, std::size_t... I>
constexpr auto tagNames(const std::string_view* names, std::index_sequence<I...>) {
  struct Table {
    winnow_str at[sizeof...(I)];
  };
  return Table{{str(names[I])...}};
}
template <class T, class = void>
struct Reads {
  static constexpr std::size_t count = 0;
  static constexpr const winnow_str* table = nullptr;
};
template <class T>
struct Reads<T, std::void_t<decltype(T::reads)>> {
  static constexpr std::size_t count = std::extent_v<decltype(T::reads)>;
  static constexpr auto names = tagNames<T>(T::reads, std::make_index_sequence<count>{});
  static constexpr const winnow_str* table = names.at;
};
template <class T, class = void>
struct Gives {
  static constexpr std::size_t count = 0;
  static constexpr const winnow_str* table = nullptr;
};
template <class T>
struct Gives<T, std::void_t<decltype(T::gives)>> {
  static constexpr std::size_t count = std::extent_v<decltype(T::gives)>;
  static constexpr auto names = tagNames<T>(T::gives, std::make_index_sequence<count>{});
  static constexpr const winnow_str* table = names.at;
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
    std::vector<Verdict> verdicts;
    return forEachRecord(
        filter.host(), T::id, batch,
        [&](Record record) {
          if (verdicts.empty()) verdicts.reserve(batch->count);
          verdicts.push_back(filter.judge(record));
        },
        [&] {
          std::vector<winnow_verdict> answers;
          answers.reserve(verdicts.size());
          for (std::size_t i = 0; i < verdicts.size(); ++i) answers.push_back(verdicts[i].raw(batch->records[i].id));
          if (!answers.empty()) out->verdicts(out, answers.data(), answers.size());
        });
  }
  static constexpr winnow_filter methods{sizeof(winnow_filter), 0, process};
};

template <class T>
struct MatcherMethods {
  static constexpr std::uint32_t kind = WINNOW_MATCHER;
  static winnow_status WINNOW_CALL keys(void* instance, const winnow_batch* batch, const winnow_out* out) noexcept {
    T& matcher = self<T>(instance);
    Keys keys;
    return forEachRecord(
        matcher.host(), T::id, batch, [&](Record record) { matcher.keys(record, keys); }, [&] { keys.send(out); });
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
    Keys keys;
    return forEachRecord(
        sampler.host(), T::id, batch,
        [&](Record record) {
          const auto [space, value] = sampler.key(record);
          keys.add(record.id(), space, value);
        },
        [&] { keys.send(out); });
  }
  static winnow_status WINNOW_CALL take(void* instance, std::uint32_t space, std::uint64_t count,
                                        std::uint64_t* taken) noexcept {
    T& sampler = self<T>(instance);
    return guarded(sampler.host(), T::id, [&] {
      *taken = sampler.take(space, count);
      return winnow_status{WINNOW_OK};
    });
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
struct AnnotatorMethods {
  static constexpr std::uint32_t kind = WINNOW_ANNOTATOR;
  static_assert(Gives<T>::count > 0, "an annotator declares the tags that it gives: gives[]");
  static winnow_status WINNOW_CALL annotate(void* instance, const winnow_batch* batch, const winnow_out* out) noexcept {
    T& annotator = self<T>(instance);
    Annotations annotations;
    return forEachRecord(
        annotator.host(), T::id, batch,
        [&](Record record) {
          annotations.of(record.id());
          annotator.annotate(record, annotations);
        },
        [&] { annotations.send(out); });
  }
  static constexpr winnow_annotator methods{sizeof(winnow_annotator), 0, annotate};
};

template <class T>
struct RankerMethods {
  static constexpr std::uint32_t kind = WINNOW_RANKER;
  static winnow_status WINNOW_CALL take(void* instance, const winnow_batch* batch) noexcept {
    T& ranker = self<T>(instance);
    return forEachRecord(
        ranker.host(), T::id, batch, [&](Record record) { ranker.take(record); }, [] {});
  }
  static winnow_status WINNOW_CALL learn(void* instance, const winnow_label* list, std::size_t count) noexcept {
    T& ranker = self<T>(instance);
    return guarded(ranker.host(), T::id, [&] {
      std::vector<Label> labels;
      labels.reserve(count);
      for (std::size_t i = 0; i < count; ++i) labels.push_back({list[i].record, list[i].relevant != 0});
      ranker.learn(labels);
      return winnow_status{WINNOW_OK};
    });
  }
  static winnow_status WINNOW_CALL rank(void* instance, const winnow_out* out) noexcept {
    T& ranker = self<T>(instance);
    return guarded(ranker.host(), T::id, [&] {
      Scores scores;
      ranker.rank(scores);
      scores.send(out);
      return winnow_status{WINNOW_OK};
    });
  }
  static constexpr winnow_ranker methods{sizeof(winnow_ranker), 0, take, learn, rank};
};

template <class T>
constexpr auto methodsOf() {
  if constexpr (std::is_base_of_v<Filter, T>)
    return FilterMethods<T>{};
  else if constexpr (std::is_base_of_v<Matcher, T>)
    return MatcherMethods<T>{};
  else if constexpr (std::is_base_of_v<Sampler, T>)
    return SamplerMethods<T>{};
  else if constexpr (std::is_base_of_v<Importer, T>)
    return ImporterMethods<T>{};
  else if constexpr (std::is_base_of_v<Annotator, T>)
    return AnnotatorMethods<T>{};
  else if constexpr (std::is_base_of_v<Ranker, T>)
    return RankerMethods<T>{};
  else
    return ExporterMethods<T>{};
}
template <class T>
using Methods = decltype(methodsOf<T>());

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
                                      extension,
                                      Reads<T>::table,
                                      Reads<T>::count,
                                      Gives<T>::table,
                                      Gives<T>::count};
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

/// The one exported symbol:
///   WINNOW_PLUGIN(winnow::PluginMetadata("vendor", "name", "1.0.0", "Apache-2.0").description("..."), StageClass, ...)
#define WINNOW_PLUGIN(metadata, ...)                                                      \
  extern "C" {                                                                            \
  extern WINNOW_EXPORT constexpr winnow_plugin winnow_plugin_v1 =                         \
      winnow::PluginMetadata(metadata).table(winnow::detail::StageList<__VA_ARGS__>::at); \
  }
