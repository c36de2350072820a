#include "ExpectedOutputs.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <sstream>

#include <winnow/plugin.hpp>

#include "StageSettings.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/records/Projection.hpp"
#include "engine/stages/Stages.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
#include "plugins/Instance.hpp"
#include "plugins/Package.hpp"

namespace winnow::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kActions[] = {"", "keep", "exclude", "undecided", "category", "wait"};

/// Records that outlive their reading; their handles are their ordinals.
class Kept {
 public:
  void add(const winnow_record& record, bool withRaw) {
    auto& fields = fields_.emplace_back();
    for (std::size_t i = 0; i < record.field_count; ++i) {
      winnow_field field = record.fields[i];
      if (!withRaw && (field.flags & WINNOW_FIELD_RAW) != 0) continue;
      if (!withRaw) field.origin = WINNOW_NONE;  // raw ones are not handed over
      field.value = str(texts_.emplace_back(view(field.value)));
      fields.push_back(field);
    }
    records_.push_back({records_.size() + 1, nullptr, 0, record.at});
  }
  winnow_batch batch() {
    for (std::size_t i = 0; i < records_.size(); ++i) {
      records_[i].fields = fields_[i].data();
      records_[i].field_count = fields_[i].size();
    }
    return {sizeof(winnow_batch), 0, records_.data(), records_.size()};
  }

 private:
  std::deque<std::string> texts_;
  std::deque<std::vector<winnow_field>> fields_;
  std::vector<winnow_record> records_;
};

/// A value on one line.
std::string shown(std::string_view value) {
  std::string text;
  for (const char c : value) text += c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\\' ? "\\\\" : std::string(1, c);
  return text;
}

std::string shown(double value) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << value;
  return text.str();
}

std::string line(std::uint64_t record, const std::string& rest) { return std::to_string(record) + " " + rest + "\n"; }

struct Work {
  Context& context;
  const plugins::Catalogue& catalogue;
  const plugins::StageEntry& entry;
  fs::path input;
  plugins::SettingList settings;
  std::string told;  ///< what was diagnosed, a line each

  void tell(const std::string& severity, std::string_view code, std::string_view message, std::uint64_t at) {
    told += severity + (at == 0 ? "" : " at line " + std::to_string(at)) + " [" + std::string(code) + "] " +
            shown(message) + "\n";
  }
  std::string_view tag(std::uint32_t number) const { return context.tags.name(number); }
};

void readRecords(Work& work, const std::string& importer, const plugins::SettingList& settings,
                 const std::function<void(const winnow_record&)>& each) {
  const engine::ReadRequest request{work.input, work.input.filename().string(), importer, settings, {}};
  engine::readFile(
      request, work.catalogue, work.context.tags,
      [&](const io::Diagnostic& d) {
        if (d.severity != io::Severity::Info)
          work.tell(d.severity == io::Severity::Error ? "error" : "warning", d.code, d.message, d.line);
      },
      [&](const engine::ReadRecord& read) { each(read.record); });
}

std::string imported(Work& work) {
  std::string out;
  std::uint64_t ordinal = 0;
  readRecords(work, std::string(view(work.entry.stage->id)), work.settings, [&](const winnow_record& record) {
    out += line(++ordinal, "at line " + std::to_string(record.at.line));
    for (std::size_t i = 0; i < record.field_count; ++i)
      out += "  " + std::string(work.tag(record.fields[i].tag)) + ": " + shown(view(record.fields[i].value)) + "\n";
  });
  return out;
}

std::string judged(Work& work, plugins::Instance& instance, const winnow_batch& batch) {
  std::string out;
  const std::vector<winnow_verdict>& verdicts = instance.process(batch);
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const winnow_verdict& verdict = verdicts[i];
    std::string text = kActions[verdict.action];
    if (verdict.reason != WINNOW_NONE) text += " " + instance.reasons()[verdict.reason].code;
    if (!std::isnan(verdict.score)) text += " score " + shown(verdict.score);
    if (verdict.note.size != 0) text += " note " + shown(view(verdict.note));
    out += line(i + 1, text);
    for (std::size_t k = 0; k < verdict.evidence_count; ++k) {
      const winnow_evidence& e = verdict.evidence[k];
      const winnow_field& field = batch.records[i].fields[e.field];
      out += "  " + std::string(work.tag(field.tag)) + ": " + shown(view(field.value).substr(e.begin, e.size)) +
             (e.label.size == 0 ? "" : " (" + shown(view(e.label)) + ")") + "\n";
    }
  }
  return out;
}

std::string matched(plugins::Instance& instance, const winnow_batch& batch) {
  std::string out;
  std::map<std::pair<std::uint32_t, std::string>, std::vector<winnow_record>> blocks;
  instance.keys(batch, [&](const winnow_key& key) {
    out += line(key.record, "key " + std::to_string(key.space) + " " + shown(view(key.value)));
    blocks[{key.space, std::string(view(key.value))}].push_back(batch.records[key.record - 1]);
  });
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> pairs;
  for (const auto& [key, records] : blocks) {
    const winnow_batch block{sizeof block, 0, records.data(), records.size()};
    if (records.size() > 1)
      instance.match(block, [&](const winnow_pair& pair) {
        const auto [least, most] = std::minmax(pair.left, pair.right);
        pairs[{least, most}] = std::to_string(most) + (pair.maybe != 0 ? " maybe " : " ") +
                               std::string(view(instance.stage().reasons[pair.rule].code)) + " " + shown(pair.score);
      });
  }
  for (const auto& [pair, text] : pairs) out += line(pair.first, "is " + text);
  return out;
}

std::string sampled(plugins::Instance& instance, const winnow_batch& batch) {
  std::string out;
  std::map<std::uint32_t, std::uint64_t> counts;
  instance.keys(batch, [&](const winnow_key& key) {
    out += line(key.record, "key " + std::to_string(key.space) + " " + shown(view(key.value)));
    ++counts[key.space];
  });
  for (const auto& [space, count] : counts)
    out += "takes " + std::to_string(instance.take(space, count)) + " of " + std::to_string(count) + " of " +
           std::to_string(space) + "\n";
  return out;
}

std::string annotated(Work& work, plugins::Instance& instance, const winnow_batch& batch) {
  std::string out;
  for (const plugins::Annotation& a : instance.annotate(batch))
    out += line(a.place + 1, std::string(work.tag(a.tag)) + ": " + shown(a.value) +
                                 (a.evidence.empty() ? "" : " (" + shown(a.evidence) + ")"));
  return out;
}

std::string ranked(plugins::Instance& instance, const winnow_batch& batch) {
  std::string out;
  instance.take(batch);
  for (const winnow_score& score : instance.rank())
    out += line(score.record, shown(score.score) + (score.by_chance != 0 ? " by chance" : ""));
  return out;
}

/// All records at once, into a text.
struct TextSink {
  const winnow_batch& batch;
  std::string text{};
  bool isGiven = false;

  static TextSink& of(const winnow_sink* sink) { return *static_cast<TextSink*>(sink->impl); }
  static winnow_status WINNOW_CALL next(const winnow_sink* sink, const winnow_batch** batch) {
    TextSink& self = of(sink);
    if (self.isGiven) return WINNOW_END;
    self.isGiven = true;
    *batch = &self.batch;
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL write(const winnow_sink* sink, winnow_str bytes) {
    of(sink).text += view(bytes);
    return WINNOW_OK;
  }
};

std::string exported(plugins::Instance& instance, const winnow_batch& batch) {
  TextSink target{batch};
  const winnow_sink sink{sizeof sink, 0, &target, TextSink::next, TextSink::write};
  if (instance.write(sink) != WINNOW_OK) throw Error("it gave up in write()");
  return std::move(target.text);
}

/// What the stage makes of the input, as text; problems that were reported come last.
std::string outputOf(Work& work) {
  const winnow_stage& stage = *work.entry.stage;
  if (stage.kind == WINNOW_IMPORTER) {
    const std::string out = imported(work);
    return out + work.told;
  }
  Kept kept;
  readRecords(work, {}, {},
              [&](const winnow_record& record) { kept.add(record, (stage.flags & WINNOW_WANTS_RAW) != 0); });
  plugins::Services services(work.context.tags);
  services.onDiagnostic([&](const winnow_diagnostic& d) {
    if (d.severity != WINNOW_INFO)
      work.tell(d.severity == WINNOW_ERROR ? "error" : "warning", view(d.code), view(d.message), d.at.line);
  });
  engine::provideFiles(services, work.input.parent_path(), stage, work.settings);
  plugins::Instance instance(&stage, work.settings, services);
  engine::Projection projection(stage, work.context.tags);
  const winnow_batch whole = kept.batch();
  const winnow_batch& batch = projection.of(whole);
  std::string out = stage.kind == WINNOW_FILTER      ? judged(work, instance, batch)
                    : stage.kind == WINNOW_MATCHER   ? matched(instance, batch)
                    : stage.kind == WINNOW_SAMPLER   ? sampled(instance, batch)
                    : stage.kind == WINNOW_ANNOTATOR ? annotated(work, instance, batch)
                    : stage.kind == WINNOW_RANKER    ? ranked(instance, batch)
                                                     : exported(instance, batch);
  return out + work.told;
}

/// "line 3: expected '...', it gives '...'".
std::string difference(const std::string& expected, const std::string& given) {
  std::istringstream left(expected), right(given);
  std::string a, b;
  for (std::size_t number = 1;; ++number) {
    const bool hasA = static_cast<bool>(std::getline(left, a)), hasB = static_cast<bool>(std::getline(right, b));
    if (!hasA && !hasB) return "it differs in its line ends";
    if (hasA && hasB && a == b) continue;
    return "line " + std::to_string(number) + (hasA ? ": expected '" + a + "'" : ": expected no more lines") +
           (hasB ? ", it gives '" + b + "'" : ", it gives no more lines");
  }
}

fs::path inputOf(const fs::path& test) {
  for (const fs::path& file : io::filesIn(test))
    if (file.stem() == "input") return file;
  throw UsageError("the test '" + test.string() + "' has no input: a file input.* that the stages are given");
}

std::vector<std::string> settingsOfTest(const fs::path& test) {
  std::vector<std::string> words;
  std::error_code ignored;
  if (!fs::exists(test / "settings.txt", ignored)) return words;
  std::istringstream lines(io::readFile(test / "settings.txt"));
  for (std::string text; std::getline(lines, text);)
    if (!text.empty() && text.front() != '#') words.push_back(text);
  return words;
}

conform::Finding found(Work& work, const fs::path& test, Expected how) {
  conform::Finding finding{kOwnTests,
                           "gives what stands in tests/" + test.filename().string(),
                           std::string(view(work.entry.stage->id)),
                           conform::Outcome::Fail,
                           {},
                           0};
  const fs::path expected = test / (finding.stage + ".expected");
  try {
    const std::string given = outputOf(work);
    const bool isThere = fs::exists(expected), isSame = isThere && io::readFile(expected) == given;
    finding.outcome = isSame || how == Expected::Update ? conform::Outcome::Pass : conform::Outcome::Fail;
    if (!isSame && how == Expected::Update) {
      io::writeFile(expected, given);
      finding.description = "wrote tests/" + test.filename().string() + "/" + expected.filename().string();
    } else if (!isSame) {
      finding.reason = expected.string() + ": " + difference(io::readFile(expected), given) + "; --update writes it";
    }
  } catch (const UsageError&) {
    throw;
  } catch (const Error& error) {
    finding.reason = error.what();
  }
  return finding;
}

}  // namespace

std::vector<conform::Finding> testOutputs(Context& context, const fs::path& folder, const fs::path& file, Expected how,
                                          const std::function<void(const conform::Finding&)>& each) {
  std::vector<conform::Finding> findings;
  std::error_code error;
  const std::vector<std::string> names = io::namesIn(folder / "tests", error);
  if (error || names.empty()) return findings;
  // The plugin as a review meets it, whatever is installed or approved under its names.
  const fs::path package = plugins::packageOf(file);
  plugins::Catalogue catalogue =
      plugins::Catalogue::discover({(package.empty() ? file : package).parent_path()}, {}, context.workers);
  catalogue.ask();
  for (const std::string& name : names) {
    const fs::path test = folder / "tests" / name;
    if (!fs::is_directory(test, error)) continue;
    const std::size_t before = findings.size();
    for (const plugins::StageEntry& entry : catalogue.stages()) {
      const bool isTested =
          how == Expected::Update || fs::exists(test / (std::string(view(entry.stage->id)) + ".expected"));
      if (entry.file != file || !isTested) continue;
      Work work{context, catalogue, entry, inputOf(test), settingsOf(*entry.stage, settingsOfTest(test)), {}};
      findings.push_back(found(work, test, how));
      if (each) each(findings.back());
    }
    if (findings.size() == before)
      throw UsageError("the test '" + test.string() +
                       "' says of no stage of the plugin what must come out: STAGE.expected; --update writes it");
  }
  return findings;
}

}  // namespace winnow::cli
