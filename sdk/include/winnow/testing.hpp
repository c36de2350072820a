// winnow/testing.hpp: a small host for the unit tests of a plugin, without the program. Runs a stage on text or on
// records written by hand and gives the answers back as values.
//
//   winnow::testing::MockHost host;
//   auto out = host.read(winnow_plugin_v1.stage(0), "TY  - JOUR\nER  - \n");
//   EXPECT_EQ(out.records[0].first("type"), "article-journal");
#pragma once

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "blank.hpp"
#include "plugin.hpp"

namespace winnow::testing {

struct TestField {
  std::string tag, value;
  std::uint16_t group = 0;
  std::uint32_t line = 0;
  std::string rule;
  std::string from;  ///< tag of the raw field it was made from
};

/// A record as plain values.
struct TestRecord {
  std::vector<TestField> fields;
  winnow_span at{};

  TestRecord() = default;
  TestRecord(std::initializer_list<std::pair<std::string, std::string>> list) {
    for (const auto& [tag, value] : list) fields.push_back({tag, value, 0, 0, {}, {}});
  }
  std::string first(std::string_view tag) const {
    for (const TestField& f : fields)
      if (f.tag == tag) return f.value;
    return {};
  }
  std::vector<std::string> all(std::string_view tag) const {
    std::vector<std::string> values;
    for (const TestField& f : fields)
      if (f.tag == tag) values.push_back(f.value);
    return values;
  }
};

struct TestDiagnostic {
  std::uint32_t severity;
  std::string code, message, action;
  std::uint32_t line, column;
  std::uint64_t record;
  std::string option{}, stage{};
};

struct TestEvidence {
  std::string tag, text, label;
};

struct TestVerdict {
  std::uint64_t record;
  std::uint32_t action;
  std::string reason, note, evidence;  ///< evidence: the words of the first piece
  double score;
  std::vector<TestEvidence> pieces{};  ///< all evidence
};

struct TestAnnotation {
  std::uint64_t record;
  std::string tag, value, rule;
  std::string from;  ///< tag of the field that it was read from, and the words: "title: A randomised trial"
};

struct TestScore {
  std::uint64_t record;
  double score;
  bool byChance;
};

struct TestPair {
  std::uint64_t left, right;
  std::string rule;
  bool maybe;
  double score;
};

/// Bytes that the importer declared.
struct TestDeclaration {
  std::string text;
  std::uint32_t kind;  ///< WINNOW_HEADING ...
};

struct ReadResult {
  winnow_status status;
  std::vector<TestRecord> records;
  std::vector<TestDeclaration> declared{};
  /// The stretches that are in no record, not declared and not blank: the host reports each as source.unaccounted.
  std::vector<std::string> unaccounted{};
};

using SettingList = std::vector<std::pair<std::string, std::string>>;

/// The mock host. One thread. Record handles of hand-written records are 1, 2, 3 ... in order.
class MockHost {
 public:
  MockHost() {
    host_ = {sizeof host_,
             WINNOW_ABI_MAJOR,
             WINNOW_ABI_MINOR,
             0,
             this,
             extension,
             tag,
             diagnose,
             cancelled,
             tagName,
             0xFE | WINNOW_HOST_RESOURCES};
  }
  MockHost(const MockHost&) = delete;
  MockHost& operator=(const MockHost&) = delete;

  std::vector<TestDiagnostic> diagnostics;
  std::map<std::string, std::string, std::less<>> documents;  ///< answers of winnow.documents/1
  std::map<std::string, std::string, std::less<>> resources;  ///< answers of winnow.resources/1
  std::size_t chunk = 1 << 20;                                ///< bytes a Source hands out at a time

  const winnow_host* raw() const { return &host_; }
  std::uint32_t tagNumber(std::string_view name) {
    auto found = numbers_.find(name);
    if (found == numbers_.end()) {
      found = numbers_.emplace(name, static_cast<std::uint32_t>(numbers_.size() + 1)).first;
      names_.push_back(&found->first);
    }
    return found->second;
  }

  /// Reads `text` with an importer. Throws std::runtime_error if create() refuses.
  ReadResult read(const winnow_stage* stage, std::string_view text, const SettingList& settings = {}) {
    Instance instance(*this, stage, settings);
    Reading reading{this, text, 0, {}, {}, {}};
    const winnow_source source{sizeof source, 0, &reading, str("test"), text.size(), nextChunk, emit, declare};
    const auto* methods = static_cast<const winnow_importer*>(stage->methods);
    ReadResult result;
    result.status = methods->read(instance.self, &source);
    result.records = std::move(reading.records);
    result.declared = std::move(reading.declared);
    result.unaccounted = unaccounted(text, std::move(reading.spans));
    return result;
  }
  /// Asks an importer how sure it is of `text`.
  std::pair<std::uint32_t, std::string> probe(const winnow_stage* stage, std::string_view text,
                                              std::string_view name = "test", const SettingList& settings = {}) {
    Instance instance(*this, stage, settings);
    winnow_probe out{sizeof out, 0, {}};
    static_cast<const winnow_importer*>(stage->methods)->probe(instance.self, str(text), str(name), &out);
    return {out.confidence, std::string(view(out.dialect))};
  }
  /// Judges records with a filter, one batch.
  std::vector<TestVerdict> judge(const winnow_stage* stage, const std::vector<TestRecord>& records,
                                 const SettingList& settings = {}) {
    Instance instance(*this, stage, settings);
    Rows rows(*this, records);
    Answers answers{this, &instance, &rows, {}, {}, {}, {}, {}};
    const winnow_out out = outFor(answers);
    if (static_cast<const winnow_filter*>(stage->methods)->process(instance.self, &rows.batch, &out) != WINNOW_OK)
      throw std::runtime_error("the filter failed");
    return std::move(answers.verdicts);
  }
  /// Keys of a matcher or sampler.
  std::vector<std::pair<std::uint64_t, std::string>> keys(const winnow_stage* stage,
                                                          const std::vector<TestRecord>& records,
                                                          const SettingList& settings = {}) {
    Instance instance(*this, stage, settings);
    Rows rows(*this, records);
    Answers answers{this, &instance, &rows, {}, {}, {}, {}, {}};
    const winnow_out out = outFor(answers);
    if (stage->kind == WINNOW_MATCHER)
      static_cast<const winnow_matcher*>(stage->methods)->keys(instance.self, &rows.batch, &out);
    else
      static_cast<const winnow_sampler*>(stage->methods)->keys(instance.self, &rows.batch, &out);
    return std::move(answers.keys);
  }
  /// Pairs of one block holding all `records`.
  std::vector<TestPair> match(const winnow_stage* stage, const std::vector<TestRecord>& records,
                              const SettingList& settings = {}) {
    Instance instance(*this, stage, settings);
    Rows rows(*this, records);
    Answers answers{this, &instance, &rows, {}, {}, {}, {}, {}};
    const winnow_out out = outFor(answers);
    static_cast<const winnow_matcher*>(stage->methods)->match(instance.self, &rows.batch, &out);
    return std::move(answers.pairs);
  }
  /// How many of `count` a sampler takes.
  std::uint64_t take(const winnow_stage* stage, std::uint64_t count, const SettingList& settings = {}) {
    Instance instance(*this, stage, settings);
    std::uint64_t taken = 0;
    if (static_cast<const winnow_sampler*>(stage->methods)->take(instance.self, 0, count, &taken) != WINNOW_OK)
      throw std::runtime_error("the sampler failed");
    return taken;
  }
  /// The fields that an annotator gives, one batch.
  std::vector<TestAnnotation> annotate(const winnow_stage* stage, const std::vector<TestRecord>& records,
                                       const SettingList& settings = {}) {
    Instance instance(*this, stage, settings);
    Rows rows(*this, records);
    Answers answers{this, &instance, &rows, {}, {}, {}, {}, {}};
    const winnow_out out = outFor(answers);
    if (static_cast<const winnow_annotator*>(stage->methods)->annotate(instance.self, &rows.batch, &out) != WINNOW_OK)
      throw std::runtime_error("the annotator failed");
    return std::move(answers.annotations);
  }
  /// The scores that a ranker gives after `labels` (record, relevant), as it gives them.
  std::vector<TestScore> rank(const winnow_stage* stage, const std::vector<TestRecord>& records,
                              const std::vector<std::pair<std::uint64_t, bool>>& labels,
                              const SettingList& settings = {}) {
    Instance instance(*this, stage, settings);
    Rows rows(*this, records);
    Answers answers{this, &instance, &rows, {}, {}, {}, {}, {}};
    const winnow_out out = outFor(answers);
    std::vector<winnow_label> list;
    for (const auto& [record, relevant] : labels) list.push_back({record, relevant ? 1u : 0u, 0});
    const auto* methods = static_cast<const winnow_ranker*>(stage->methods);
    if (methods->take(instance.self, &rows.batch) != WINNOW_OK ||
        methods->learn(instance.self, list.data(), list.size()) != WINNOW_OK ||
        methods->rank(instance.self, &out) != WINNOW_OK)
      throw std::runtime_error("the ranker failed");
    return std::move(answers.scores);
  }
  /// What an exporter writes.
  std::pair<winnow_status, std::string> write(const winnow_stage* stage, const std::vector<TestRecord>& records,
                                              const SettingList& settings = {}) {
    Instance instance(*this, stage, settings);
    Rows rows(*this, records);
    Writing writing{&rows.batch, false, {}};
    const winnow_sink sink{sizeof sink, 0, &writing, nextBatch, append};
    const winnow_status status = static_cast<const winnow_exporter*>(stage->methods)->write(instance.self, &sink);
    return {status, std::move(writing.text)};
  }

 private:
  /// Declared defaults first, then what the test gives; list options repeat.
  struct Instance {
    Instance(MockHost& host, const winnow_stage* s, const SettingList& given) : stage(s) {
      std::vector<winnow_setting> settings;
      for (std::size_t i = 0; i < stage->option_count; ++i) {
        const winnow_option& option = *stage->options[i];
        bool isGiven = false;
        for (const auto& [name, value] : given)
          isGiven = isGiven || name == view(option.name) || name.rfind(std::string(view(option.name)) + ".", 0) == 0;
        if (isGiven || option.fallback.size == 0) continue;
        std::string_view rest = view(option.fallback);
        while (option.type == WINNOW_LIST && rest.find('|') != std::string_view::npos) {
          settings.push_back({option.name, str(rest.substr(0, rest.find('|')))});
          rest.remove_prefix(rest.find('|') + 1);
        }
        settings.push_back({option.name, str(rest)});
      }
      for (const auto& [name, value] : given) settings.push_back({str(name), str(value)});
      self = stage->create(host.raw(), settings.data(), settings.size());
      if (self == nullptr)
        throw std::runtime_error(host.diagnostics.empty() ? "create() refused without a diagnostic"
                                                          : host.diagnostics.back().message);
    }
    ~Instance() { stage->destroy(self); }
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;
    std::string reason(std::uint32_t index) const {
      if (index == WINNOW_NONE) return {};
      if (index < stage->reason_count) return std::string(view(stage->reasons[index].code));
      const auto* own = static_cast<const winnow_reasons*>(stage->extension(self, WINNOW_EXT_REASONS));
      if (own == nullptr || index - stage->reason_count >= own->count(self)) return "(undeclared)";
      return std::string(view(own->get(self, index - stage->reason_count).code));
    }
    const winnow_stage* stage;
    void* self = nullptr;
  };
  struct Rows {
    Rows(MockHost& host, const std::vector<TestRecord>& list) : fields(list.size()) {
      for (std::size_t i = 0; i < list.size(); ++i) {
        for (const TestField& f : list[i].fields)
          fields[i].push_back(
              {host.tagNumber(f.tag), WINNOW_NONE, f.group,
               static_cast<std::uint16_t>(f.tag.rfind("raw:", 0) == 0 ? WINNOW_FIELD_RAW : WINNOW_FIELD_DERIVED), 0,
               str(f.value), f.line, 0});
        records.push_back({i + 1, fields[i].data(), fields[i].size(), {}});
      }
      batch = {sizeof batch, 0, records.data(), records.size()};
    }
    std::vector<std::vector<winnow_field>> fields;
    std::vector<winnow_record> records;
    winnow_batch batch{};
  };
  struct Answers {
    MockHost* host;
    Instance* instance;
    Rows* rows;
    std::vector<TestVerdict> verdicts;
    std::vector<std::pair<std::uint64_t, std::string>> keys;
    std::vector<TestPair> pairs;
    std::vector<TestAnnotation> annotations;
    std::vector<TestScore> scores;

    /// Words of a field; all of them if `size` is 0.
    std::string words(std::uint64_t record, std::uint32_t field, std::size_t begin, std::size_t size) const {
      const std::string_view value = view(rows->fields.at(record - 1).at(field).value);
      return std::string(size == 0 ? value : value.substr(begin, size));
    }
    const std::string& tagOf(std::uint64_t record, std::uint32_t field) const {
      return host->name(rows->fields.at(record - 1).at(field).tag);
    }
  };
  struct Reading {
    MockHost* host;
    std::string_view text;
    std::size_t at;
    std::vector<TestRecord> records;
    std::vector<TestDeclaration> declared;
    std::vector<winnow_span> spans;  ///< of records and declarations
  };
  struct Writing {
    const winnow_batch* batch;
    bool done;
    std::string text;
  };

  static winnow_out outFor(Answers& answers) {
    return {sizeof(winnow_out), 0, &answers, onVerdicts, onKeys, onPairs, onAnnotations, onScores};
  }
  static void WINNOW_CALL onAnnotations(const winnow_out* out, const winnow_annotation* list, std::size_t count) {
    auto& answers = *static_cast<Answers*>(out->impl);
    for (std::size_t i = 0; i < count; ++i) {
      const winnow_annotation& a = list[i];
      const std::string from = a.origin == WINNOW_NONE ? std::string()
                                                       : answers.tagOf(a.record, a.origin) + ": " +
                                                             answers.words(a.record, a.origin, a.begin, a.size);
      answers.annotations.push_back({a.record, answers.host->name(a.tag), std::string(view(a.value)),
                                     a.rule == 0 ? std::string() : answers.host->name(a.rule), from});
    }
  }
  static void WINNOW_CALL onScores(const winnow_out* out, const winnow_score* list, std::size_t count) {
    auto& answers = *static_cast<Answers*>(out->impl);
    for (std::size_t i = 0; i < count; ++i)
      answers.scores.push_back({list[i].record, list[i].score, list[i].by_chance != 0});
  }
  static void WINNOW_CALL onVerdicts(const winnow_out* out, const winnow_verdict* list, std::size_t count) {
    auto& answers = *static_cast<Answers*>(out->impl);
    for (std::size_t i = 0; i < count; ++i) {
      const winnow_verdict& v = list[i];
      std::vector<TestEvidence> pieces;
      for (std::size_t k = 0; k < v.evidence_count; ++k) {
        const winnow_evidence& e = v.evidence[k];
        pieces.push_back(
            {answers.tagOf(v.record, e.field),
             std::string(view(answers.rows->fields.at(v.record - 1)[e.field].value).substr(e.begin, e.size)),
             std::string(view(e.label))});
      }
      const std::string first = pieces.empty() ? std::string() : pieces.front().text;
      answers.verdicts.push_back({v.record, v.action, answers.instance->reason(v.reason), std::string(view(v.note)),
                                  first, v.score, std::move(pieces)});
    }
  }
  static void WINNOW_CALL onKeys(const winnow_out* out, const winnow_key* list, std::size_t count) {
    auto& answers = *static_cast<Answers*>(out->impl);
    for (std::size_t i = 0; i < count; ++i)
      answers.keys.emplace_back(list[i].record, std::to_string(list[i].space) + ":" + std::string(view(list[i].value)));
  }
  static void WINNOW_CALL onPairs(const winnow_out* out, const winnow_pair* list, std::size_t count) {
    auto& answers = *static_cast<Answers*>(out->impl);
    for (std::size_t i = 0; i < count; ++i)
      answers.pairs.push_back(
          {list[i].left, list[i].right, answers.instance->reason(list[i].rule), list[i].maybe != 0, list[i].score});
  }
  static winnow_status WINNOW_CALL nextChunk(const winnow_source* source, winnow_str* chunk) {
    auto& reading = *static_cast<Reading*>(source->impl);
    if (reading.at >= reading.text.size()) return WINNOW_END;
    const std::string_view part = reading.text.substr(reading.at, reading.host->chunk);
    *chunk = str(part);
    reading.at += part.size();
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL emit(const winnow_source* source, const winnow_batch* batch) {
    auto& reading = *static_cast<Reading*>(source->impl);
    for (std::size_t i = 0; i < batch->count; ++i) {
      const winnow_record& record = batch->records[i];
      TestRecord copy;
      copy.at = record.at;
      reading.spans.push_back(record.at);
      for (std::size_t k = 0; k < record.field_count; ++k) {
        const winnow_field& f = record.fields[k];
        copy.fields.push_back(
            {reading.host->name(f.tag), std::string(view(f.value)), f.group, f.line,
             f.rule == 0 ? std::string() : reading.host->name(f.rule),
             f.origin == WINNOW_NONE ? std::string() : reading.host->name(record.fields[f.origin].tag)});
      }
      reading.records.push_back(std::move(copy));
    }
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL declare(const winnow_source* source, const winnow_declaration* list,
                                           std::size_t count) {
    auto& reading = *static_cast<Reading*>(source->impl);
    for (std::size_t i = 0; i < count; ++i) {
      reading.declared.push_back({std::string(reading.text.substr(list[i].at.byte, list[i].at.length)), list[i].kind});
      reading.spans.push_back(list[i].at);
    }
    return WINNOW_OK;
  }
  /// Throws if two spans overlap or reach beyond the text.
  static std::vector<std::string> unaccounted(std::string_view text, std::vector<winnow_span> spans) {
    std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.byte < b.byte; });
    spans.push_back({text.size(), 0, 0, 0, 0});
    std::vector<std::string> left;
    std::size_t at = 0;
    for (const winnow_span& span : spans) {
      if (span.byte < at || span.byte + span.length > text.size())
        throw std::runtime_error("records and declarations overlap, or lie outside of the text");
      const std::string_view gap = text.substr(at, span.byte - at);
      const std::size_t begin = skipBlank(gap), end = endOfShown(gap);
      if (begin < end) left.emplace_back(gap.substr(begin, end - begin));
      at = span.byte + span.length;
    }
    return left;
  }
  static winnow_status WINNOW_CALL nextBatch(const winnow_sink* sink, const winnow_batch** batch) {
    auto& writing = *static_cast<Writing*>(sink->impl);
    if (writing.done) return WINNOW_END;
    writing.done = true;
    *batch = writing.batch;
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL append(const winnow_sink* sink, winnow_str bytes) {
    static_cast<Writing*>(sink->impl)->text.append(bytes.data == nullptr ? "" : bytes.data, bytes.size);
    return WINNOW_OK;
  }

  const std::string& name(std::uint32_t number) const { return *names_.at(number - 1); }
  static MockHost& of(const winnow_host* host) { return *static_cast<MockHost*>(host->impl); }
  static const void* WINNOW_CALL extension(const winnow_host*, const char* id) {
    static const winnow_documents kDocuments{sizeof(winnow_documents), 0, document};
    static const winnow_resources kResources{sizeof(winnow_resources), 0, resource};
    if (std::string_view(id) == WINNOW_EXT_RESOURCES) return &kResources;
    return std::string_view(id) == WINNOW_EXT_DOCUMENTS ? &kDocuments : nullptr;
  }
  static winnow_status WINNOW_CALL resource(const winnow_host* host, winnow_str name, winnow_str* bytes) {
    const auto found = of(host).resources.find(view(name));
    *bytes = found == of(host).resources.end() ? winnow_str{} : str(found->second);
    return found == of(host).resources.end() ? WINNOW_FAILED : WINNOW_OK;
  }
  static winnow_str WINNOW_CALL tagName(const winnow_host* host, std::uint32_t number) {
    const MockHost& self = of(host);
    return number == 0 || number > self.names_.size() ? winnow_str{} : str(*self.names_[number - 1]);
  }
  static winnow_str WINNOW_CALL document(const winnow_host* host, winnow_str name) {
    const auto found = of(host).documents.find(view(name));
    return found == of(host).documents.end() ? winnow_str{} : str(found->second);
  }
  static std::uint32_t WINNOW_CALL tag(const winnow_host* host, winnow_str name) {
    return of(host).tagNumber(view(name));
  }
  static void WINNOW_CALL diagnose(const winnow_host* host, const winnow_diagnostic* d) {
    of(host).diagnostics.push_back({d->severity, std::string(view(d->code)), std::string(view(d->message)),
                                    std::string(view(d->action)), d->at.line, d->at.column, d->record,
                                    std::string(view(d->option)), std::string(view(d->stage))});
  }
  static std::int32_t WINNOW_CALL cancelled(const winnow_host*) { return 0; }

  winnow_host host_{};
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<const std::string*> names_;  ///< of numbers from 1
};

}  // namespace winnow::testing
