#include "Live.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <type_traits>

#include <winnow/ext/reasons.h>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "config/OptionChecker.hpp"
#include "io/Error.hpp"
#include "io/InputStream.hpp"

namespace winnow::conform {

namespace {

/// A call into the plugin; an exception that comes out of it is a fault whatever the check was looking for.
template <class Call>
auto watched(const char* name, Call&& call) {
  try {
    return call();
  } catch (const Fault&) {
    throw;
  } catch (const Skip&) {
    throw;
  } catch (const std::exception& error) {
    if constexpr (std::is_same_v<decltype(call()), winnow_status>)
      if (plugins::cancelRequested() && dynamic_cast<const winnow::Error*>(&error) != nullptr)
        return winnow_status{WINNOW_CANCELLED};  // the host ended its worker
    throw Fault{std::string(name) + " threw through its boundary: " + error.what() +
                "; catch everything and return WINNOW_FAILED"};
  } catch (...) {
    throw Fault{std::string(name) + " threw through its boundary; catch everything and return WINNOW_FAILED"};
  }
}

std::string asText(double score) { return score != score ? "nan" : std::to_string(score); }

struct Collected {
  std::vector<winnow_verdict> verdicts;
  std::vector<std::string> notes;
  std::vector<std::vector<winnow_evidence>> evidence;
  std::vector<std::pair<std::uint64_t, std::string>> keys;
  std::vector<winnow_pair> pairs;
  std::vector<Live::Given> annotations;
  std::vector<winnow_score> scores;
};

Collected& of(const winnow_out* out) { return *static_cast<Collected*>(out->impl); }

winnow_out outFor(Collected& to) {
  return {sizeof(winnow_out),
          0,
          &to,
          [](const winnow_out* out, const winnow_verdict* list, std::size_t count) {
            for (std::size_t i = 0; i < count; ++i) {
              of(out).verdicts.push_back(list[i]);
              of(out).notes.emplace_back(view(list[i].note));
              of(out).evidence.emplace_back(list[i].evidence, list[i].evidence + list[i].evidence_count);
            }
          },
          [](const winnow_out* out, const winnow_key* list, std::size_t count) {
            for (std::size_t i = 0; i < count; ++i)
              of(out).keys.emplace_back(list[i].record,
                                        std::to_string(list[i].space) + ":" + std::string(view(list[i].value)));
          },
          [](const winnow_out* out, const winnow_pair* list, std::size_t count) {
            for (std::size_t i = 0; i < count; ++i) {
              of(out).pairs.push_back(list[i]);
              of(out).pairs.back().note = {};
            }
          },
          [](const winnow_out* out, const winnow_annotation* list, std::size_t count) {
            for (std::size_t i = 0; i < count; ++i)
              of(out).annotations.push_back({list[i], std::string(view(list[i].value))});
          },
          [](const winnow_out* out, const winnow_score* list, std::size_t count) {
            of(out).scores.insert(of(out).scores.end(), list, list + count);
          }};
}

}  // namespace

// ---- records

void Rows::add(const Fields& fields) {
  std::vector<winnow_field> row;
  for (const auto& [tag, value] : fields) {
    texts_.push_back(value);
    const bool isRaw = tag.rfind("raw:", 0) == 0;
    row.push_back({tags_.number(tag), WINNOW_NONE, 0,
                   static_cast<std::uint16_t>(isRaw ? WINNOW_FIELD_RAW : WINNOW_FIELD_DERIVED), 0, str(texts_.back()),
                   isRaw ? 1u : 0u, 0});
  }
  rows_.push_back(std::move(row));
}

winnow_batch Rows::batch(std::size_t begin, std::size_t count, std::uint64_t first, std::uint64_t step) {
  records_.clear();
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<winnow_field>& row = rows_[begin + i];
    records_.push_back({first + i * step, row.data(), row.size(), {}});
  }
  return {sizeof(winnow_batch), 0, records_.data(), records_.size()};
}

void Rows::reverse() { std::reverse(rows_.begin(), rows_.end()); }

std::vector<Rows::Fields> plainRecords() {
  std::vector<Rows::Fields> list;
  const char* languages[] = {"en", "no", "de", ""};
  const char* types[] = {"article-journal", "book", "chapter", ""};
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i % 20);  // each work twice, for matchers
    Rows::Fields fields{{std::string(tags::kTitle), "Peer support in community mental health services, study " + n},
                        {std::string(tags::kAuthorFamily), "Family" + n},
                        {std::string(tags::kAuthorGiven), "Given"}};
    if (i % 5 != 0) fields.emplace_back(tags::kIssuedYear, std::to_string(2000 + i % 20));
    if (*languages[i % 4] != 0) fields.emplace_back(tags::kLanguage, languages[i % 4]);
    if (*types[i % 4] != 0) fields.emplace_back(tags::kType, types[i % 4]);
    if (i % 3 == 0) fields.emplace_back(tags::kDoi, "10.1000/winnow." + n);
    if (i % 2 == 0)
      fields.emplace_back(tags::kAbstract, "Peer support workers were interviewed about recovery in study " + n + ".");
    list.push_back(std::move(fields));
  }
  return list;
}

std::vector<Rows::Fields> hostileRecords() {
  std::vector<Rows::Fields> list;
  const std::string title(tags::kTitle), family(tags::kAuthorFamily);
  list.push_back({});
  list.push_back({{title, ""}});
  list.push_back({{title, std::string("a\0b", 3)}, {std::string(tags::kLanguage), std::string("\0", 1)}});
  list.push_back({{title, "\xFF\xFE\xC3"},
                  {std::string(tags::kLanguage), "\x80"},
                  {std::string(tags::kAbstract), "\xED\xA0\x80"}});
  list.push_back({{title, std::string(1 << 20, 'x')}, {std::string(tags::kAbstract), std::string(1 << 20, '\n')}});
  list.push_back({{std::string(tags::kIssuedYear), "-99999999999999999999"},
                  {std::string(tags::kDoi), "10."},
                  {"no.such.tag", "?"}});
  list.push_back({{title, "\"<&>\\;|\t\r\n"}, {family, ",,;"}, {std::string(tags::kType), "no-such-type"}});
  Rows::Fields many;
  for (int i = 0; i < 10000; ++i) many.emplace_back(family, "A" + std::to_string(i));
  list.push_back(std::move(many));
  return list;
}

// ---- the instance

plugins::SettingList settingsOf(const Subject& subject) {
  plugins::SettingList settings;
  for (std::size_t i = 0; i < subject.stage->option_count; ++i) {
    const winnow_option& option = *subject.stage->options[i];
    const std::string name(view(option.name));
    const bool isGiven = std::any_of(subject.settings.begin(), subject.settings.end(), [&](const auto& s) {
      return s.first == name || s.first.rfind(name + ".", 0) == 0;
    });
    if (isGiven) continue;
    for (auto& setting : config::fallbackSettings(option)) settings.push_back(std::move(setting));
  }
  settings.insert(settings.end(), subject.settings.begin(), subject.settings.end());
  return settings;
}

Live::Live(const Subject& subject) : subject_(subject), services_(tags) {
  services_.onDiagnostic([this](const winnow_diagnostic& d) {
    told.push_back({d.severity, std::string(view(d.code)), std::string(view(d.message)), d.at});
  });
  services_.serve(stage());
  const plugins::SettingList settings = settingsOf(subject);
  std::vector<winnow_setting> list;
  for (const auto& [name, value] : settings) list.push_back({str(name), str(value)});
  self_ = watched("create()", [&] { return stage().create(services_.host(), list.data(), list.size()); });
  if (self_ == nullptr) {
    if (services_.lastError().empty())
      throw Fault{"create() refuses its own defaults without saying why; diagnose an error first"};
    throw Skip{"it wants settings: " + services_.lastError() + "; give them with --set name=value"};
  }
  for (std::size_t i = 0; i < stage().reason_count; ++i)
    reasons.push_back({std::string(view(stage().reasons[i].code)), std::string(view(stage().reasons[i].label)),
                       stage().reasons[i].action});
  if (stage().extension == nullptr) return;
  const auto* own = static_cast<const winnow_reasons*>(stage().extension(self_, WINNOW_EXT_REASONS));
  for (std::size_t i = 0; own != nullptr && i < own->count(self_); ++i) {
    const winnow_reason r = own->get(self_, i);
    reasons.push_back({std::string(view(r.code)), std::string(view(r.label)), r.action});
  }
}

Live::~Live() {
  if (self_ != nullptr) stage().destroy(self_);
}

std::vector<winnow_verdict> Live::process(const winnow_batch& batch) {
  Collected to;
  const winnow_out out = outFor(to);
  const auto& methods = *static_cast<const winnow_filter*>(stage().methods);
  const winnow_status status = watched("process()", [&] { return methods.process(self_, &batch, &out); });
  if (status != WINNOW_OK)
    throw Fault{"process() gave up on a batch: " +
                (services_.lastError().empty() ? "it does not say why" : services_.lastError())};
  notes = std::move(to.notes);
  evidence_ = std::move(to.evidence);
  for (std::size_t i = 0; i < to.verdicts.size(); ++i) {
    to.verdicts[i].evidence = evidence_[i].data();
    for (winnow_evidence& piece : evidence_[i]) piece.label = {};
  }
  return std::move(to.verdicts);
}

std::vector<std::pair<std::uint64_t, std::string>> Live::keys(const winnow_batch& batch) {
  Collected to;
  const winnow_out out = outFor(to);
  const winnow_status status = watched("keys()", [&] {
    return stage().kind == WINNOW_MATCHER
               ? static_cast<const winnow_matcher*>(stage().methods)->keys(self_, &batch, &out)
               : static_cast<const winnow_sampler*>(stage().methods)->keys(self_, &batch, &out);
  });
  if (status != WINNOW_OK) throw Fault{"keys() gave up on a batch"};
  return std::move(to.keys);
}

std::vector<winnow_pair> Live::match(const winnow_batch& block) {
  Collected to;
  const winnow_out out = outFor(to);
  const auto& methods = *static_cast<const winnow_matcher*>(stage().methods);
  if (watched("match()", [&] { return methods.match(self_, &block, &out); }) != WINNOW_OK)
    throw Fault{"match() gave up on a block"};
  return std::move(to.pairs);
}

std::uint64_t Live::take(std::uint64_t count) {
  std::uint64_t taken = 0;
  const auto& methods = *static_cast<const winnow_sampler*>(stage().methods);
  if (watched("take()", [&] { return methods.take(self_, 0, count, &taken); }) != WINNOW_OK)
    throw Fault{"take() gave up"};
  return taken;
}

std::vector<Live::Given> Live::annotate(const winnow_batch& batch) {
  Collected to;
  const winnow_out out = outFor(to);
  const auto& methods = *static_cast<const winnow_annotator*>(stage().methods);
  if (watched("annotate()", [&] { return methods.annotate(self_, &batch, &out); }) != WINNOW_OK)
    throw Fault{"annotate() gave up on a batch: " +
                (services_.lastError().empty() ? "it does not say why" : services_.lastError())};
  for (Given& given : to.annotations) {
    const winnow_annotation& a = given.raw;
    given.text = std::string(tags.name(a.tag)) + " = " + given.text + " (" +
                 std::string(a.rule == 0 ? std::string_view() : tags.name(a.rule)) + ") from " +
                 (a.origin == WINNOW_NONE ? std::string("nothing") : std::to_string(a.origin)) + ":" +
                 std::to_string(a.begin) + "+" + std::to_string(a.size);
  }
  return std::move(to.annotations);
}

void Live::take(const winnow_batch& batch) {
  const auto& methods = *static_cast<const winnow_ranker*>(stage().methods);
  if (watched("take()", [&] { return methods.take(self_, &batch); }) != WINNOW_OK)
    throw Fault{"take() gave up on a batch: " +
                (services_.lastError().empty() ? "it does not say why" : services_.lastError())};
}

void Live::learn(const std::vector<winnow_label>& labels) {
  const auto& methods = *static_cast<const winnow_ranker*>(stage().methods);
  if (watched("learn()", [&] { return methods.learn(self_, labels.data(), labels.size()); }) != WINNOW_OK)
    throw Fault{"learn() gave up"};
}

std::vector<winnow_score> Live::rank() {
  Collected to;
  const winnow_out out = outFor(to);
  const auto& methods = *static_cast<const winnow_ranker*>(stage().methods);
  if (watched("rank()", [&] { return methods.rank(self_, &out); }) != WINNOW_OK) throw Fault{"rank() gave up"};
  return std::move(to.scores);
}

winnow_probe Live::probe(std::string_view head) {
  winnow_probe found{sizeof found, 0, {}};
  const auto& methods = *static_cast<const winnow_importer*>(stage().methods);
  if (watched("probe()", [&] { return methods.probe(self_, str(head), str("sample"), &found); }) != WINNOW_OK)
    throw Fault{"probe() gave up"};
  return found;
}

// ---- importers and exporters

namespace {

struct Source {
  std::string_view text;
  std::size_t chunk, cut, repeat;
  const std::function<bool(std::size_t)>& onChunk;
  plugins::TagTable& tags;
  io::ByteAccount account;
  std::size_t at = 0, given = 0;
  std::string current;
  std::string breach;
  std::vector<Live::Record> records;

  Source(std::string_view whole, std::size_t size, std::size_t last, std::size_t times,
         const std::function<bool(std::size_t)>& on, plugins::TagTable& table)
      : text(whole),
        chunk(size),
        cut(last),
        repeat(times),
        onChunk(on),
        tags(table),
        account([whole](auto byte, auto length) {
          return whole.substr(std::min<std::size_t>(byte, whole.size()), length);
        }) {}

  /// Nothing of ours is thrown through the plugin.
  template <class Work>
  void accounting(Work&& work) {
    if (repeat > 1 || !breach.empty()) return;
    try {
      work();
    } catch (const winnow::Error& error) {
      breach = error.what();
    }
  }

  static Source& of(const winnow_source* source) { return *static_cast<Source*>(source->impl); }
  static winnow_status WINNOW_CALL next(const winnow_source* source, winnow_str* out) {
    Source& self = of(source);
    if (self.given++ >= self.cut) return WINNOW_FAILED;
    if (self.onChunk && !self.onChunk(self.given)) return WINNOW_END;
    if (plugins::cancelRequested()) return WINNOW_CANCELLED;  // as the host does
    if (self.at >= self.text.size() && self.repeat > 1) {
      --self.repeat;
      self.at = 0;
    }
    if (self.at >= self.text.size()) return WINNOW_END;
    self.current = std::string(self.text.substr(self.at, self.chunk));  // a copy: the last chunk's view dies here
    self.at += self.current.size();
    *out = str(self.current);
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL emit(const winnow_source* source, const winnow_batch* batch) {
    Source& self = of(source);
    for (std::size_t i = 0; i < batch->count; ++i) {
      const winnow_record& record = batch->records[i];
      Live::Record copy{record.at, {}, {}};
      for (std::size_t k = 0; k < record.field_count; ++k) {
        const winnow_field& field = record.fields[k];
        std::string text = std::string(self.tags.name(field.tag)) + "=" + std::string(view(field.value));
        ((field.flags & WINNOW_FIELD_RAW) != 0 ? copy.raw : copy.derived).push_back(std::move(text));
      }
      self.accounting([&] { self.account.take(record.at, self.at); });
      self.records.push_back(std::move(copy));
    }
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL declare(const winnow_source* source, const winnow_declaration* list,
                                           std::size_t count) {
    Source& self = of(source);
    for (std::size_t i = 0; i < count; ++i) self.accounting([&] { self.account.declare(list[i], self.at); });
    return WINNOW_OK;
  }
};

struct Sink {
  Rows& rows;
  std::size_t most, repeat;
  const std::function<bool(std::size_t)>& onBatch;
  std::size_t at = 0, given = 0;
  winnow_batch batch{};
  std::string text;

  static Sink& of(const winnow_sink* sink) { return *static_cast<Sink*>(sink->impl); }
  static winnow_status WINNOW_CALL next(const winnow_sink* sink, const winnow_batch** batch) {
    Sink& self = of(sink);
    if (self.onBatch && !self.onBatch(++self.given)) return WINNOW_END;
    if (plugins::cancelRequested()) return WINNOW_CANCELLED;
    if (self.at >= self.rows.size() && self.repeat > 1) {
      --self.repeat;
      self.at = 0;
    }
    if (self.at >= self.rows.size()) return WINNOW_END;
    const std::size_t count = std::min<std::size_t>(7, self.rows.size() - self.at);
    self.batch = self.rows.batch(self.at, count, self.at + 1);
    self.at += count;
    *batch = &self.batch;
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL write(const winnow_sink* sink, winnow_str bytes) {
    Sink& self = of(sink);
    if (self.text.size() + bytes.size > self.most) return WINNOW_FAILED;
    if (self.most == SIZE_MAX && self.repeat > 1) return WINNOW_OK;  // an endless export is not kept
    self.text.append(view(bytes));
    return WINNOW_OK;
  }
};

}  // namespace

Live::Reading Live::read(std::string_view text, std::size_t chunk, std::size_t cut,
                         const std::function<bool(std::size_t)>& onChunk, std::size_t repeat) {
  Source impl(text, chunk, cut, repeat, onChunk, tags);
  const winnow_source source{sizeof source,  0, &impl, str("sample"), text.size(), Source::next, Source::emit,
                             Source::declare};
  const auto& methods = *static_cast<const winnow_importer*>(stage().methods);
  const winnow_status status = watched("read()", [&] { return methods.read(self_, &source); });
  impl.accounting([&] { impl.account.finish(text.size(), status != WINNOW_OK); });
  return {status, std::move(impl.records), impl.account.counts(), impl.account.unaccounted(), std::move(impl.breach)};
}

std::pair<winnow_status, std::string> Live::write(Rows& rows, std::size_t most, std::size_t repeat,
                                                  const std::function<bool(std::size_t)>& onBatch) {
  Sink impl{rows, most, repeat, onBatch, 0, 0, {}, {}};
  const winnow_sink sink{sizeof sink, 0, &impl, Sink::next, Sink::write};
  const auto& methods = *static_cast<const winnow_exporter*>(stage().methods);
  const winnow_status status = watched("write()", [&] { return methods.write(self_, &sink); });
  return {status, std::move(impl.text)};
}

io::Contents wantedContents(const winnow_stage& stage) {
  return (stage.flags & WINNOW_WANTS_BYTES) != 0 ? io::Contents::Bytes : io::Contents::Text;
}

std::string sampleText(const Subject& subject) {
  if (subject.samples.empty()) throw Skip{"no sample was given; name one with --sample FILE"};
  io::InputStream input(subject.samples.front(), {}, {}, wantedContents(*subject.stage));
  std::string text;
  for (std::string_view chunk = input.next(); !chunk.empty(); chunk = input.next()) {
    text.append(chunk);
    input.release(text.size());
  }
  return text;
}

// ---- answers

std::string verdictText(const Live& live, const winnow_verdict& v, const std::string& note) {
  const std::string reason = v.reason == WINNOW_NONE          ? "-"
                             : v.reason < live.reasons.size() ? live.reasons[v.reason].code
                                                              : "undeclared";
  std::string evidence;
  for (std::size_t i = 0; i < v.evidence_count; ++i)
    evidence += " " + std::to_string(v.evidence[i].field) + ":" + std::to_string(v.evidence[i].begin) + "+" +
                std::to_string(v.evidence[i].size);
  return std::to_string(v.action) + " " + reason + evidence + " " + asText(v.score) + " " + note;
}

std::vector<std::string> answers(const Subject& subject) {
  Live live(subject);
  std::vector<std::string> lines;
  if (subject.stage->kind == WINNOW_IMPORTER) {
    for (const Live::Record& record : live.read(sampleText(subject)).records) {
      lines.push_back("@" + std::to_string(record.at.byte) + "+" + std::to_string(record.at.length));
      lines.insert(lines.end(), record.raw.begin(), record.raw.end());
      lines.insert(lines.end(), record.derived.begin(), record.derived.end());
    }
    return lines;
  }
  Rows rows(live.tags);
  for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
  const winnow_batch batch = rows.batch(0, rows.size());
  switch (subject.stage->kind) {
    case WINNOW_FILTER: {
      std::vector<winnow_verdict> verdicts = live.process(batch);
      std::vector<std::string> byRecord(rows.size());
      for (std::size_t i = 0; i < verdicts.size(); ++i)
        if (verdicts[i].record >= 1 && verdicts[i].record <= rows.size())
          byRecord[verdicts[i].record - 1] = verdictText(live, verdicts[i], live.notes[i]);
      return byRecord;
    }
    case WINNOW_MATCHER:
      for (const winnow_pair& p : live.match(batch))
        lines.push_back(std::to_string(std::min(p.left, p.right)) + "+" + std::to_string(std::max(p.left, p.right)) +
                        " " + std::to_string(p.rule) + " " + std::to_string(p.maybe) + " " + asText(p.score));
      std::sort(lines.begin(), lines.end());
      for (const auto& [record, key] : live.keys(batch)) lines.push_back(std::to_string(record) + " " + key);
      return lines;
    case WINNOW_ANNOTATOR:
      for (const Live::Given& given : live.annotate(batch))
        lines.push_back(std::to_string(given.raw.record) + " " + given.text);
      std::sort(lines.begin(), lines.end());
      return lines;
    case WINNOW_RANKER: {
      live.take(batch);
      live.learn({{1, 1, 0}, {2, 0, 0}, {3, 0, 0}});
      for (const winnow_score& s : live.rank()) lines.push_back(std::to_string(s.record) + " " + asText(s.score));
      std::sort(lines.begin(), lines.end());
      return lines;
    }
    case WINNOW_SAMPLER:
      for (const auto& [record, key] : live.keys(batch)) lines.push_back(std::to_string(record) + " " + key);
      lines.push_back(std::to_string(live.take(40)));
      return lines;
    default: {
      const auto [status, text] = live.write(rows);
      lines.push_back(std::to_string(status));
      lines.push_back(text);
      return lines;
    }
  }
}

std::string difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (a[i] != b[i]) return "'" + a[i].substr(0, 120) + "' and '" + b[i].substr(0, 120) + "'";
  return a.size() == b.size() ? std::string() : std::to_string(a.size()) + " answers and " + std::to_string(b.size());
}

}  // namespace winnow::conform
