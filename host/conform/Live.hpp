// A stage under test: a live instance whose every call is watched, records to feed it, and its answers as comparable
// text.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "Check.hpp"
#include "io/ByteAccount.hpp"
#include "io/ByteSource.hpp"
#include "plugins/Services.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::conform {

/// A diagnostic that the plugin gave.
struct Told {
  std::uint32_t severity;
  std::string code, message;
  winnow_span at;
};

/// Records that own their text.
class Rows {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;
  explicit Rows(plugins::TagTable& tags) : tags_(tags) {}
  void add(const Fields& fields);
  /// Records [begin, begin + count) as a batch with handles `first`, `first` + `step`, ...
  winnow_batch batch(std::size_t begin, std::size_t count, std::uint64_t first = 1, std::uint64_t step = 1);
  std::size_t size() const noexcept { return rows_.size(); }
  void reverse();

 private:
  plugins::TagTable& tags_;
  std::deque<std::string> texts_;
  std::vector<std::vector<winnow_field>> rows_;
  std::vector<winnow_record> records_;
};

/// Forty records as a database would give them, some with gaps.
std::vector<Rows::Fields> plainRecords();
/// Records that no database should give.
std::vector<Rows::Fields> hostileRecords();

/// One instance of the subject's stage.
class Live {
 public:
  /// Throws Skip if the plugin refuses the settings with a reason, Fault if without one.
  explicit Live(const Subject& subject);
  ~Live();
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  plugins::TagTable tags;
  std::vector<Told> told;
  std::vector<plugins::Reason> reasons;

  const winnow_stage& stage() const noexcept { return *subject_.stage; }
  void* self() const noexcept { return self_; }

  std::vector<winnow_verdict> process(const winnow_batch& batch);
  /// "space:value" of each key with the record's handle.
  std::vector<std::pair<std::uint64_t, std::string>> keys(const winnow_batch& batch);
  std::vector<winnow_pair> match(const winnow_batch& block);
  std::uint64_t take(std::uint64_t count);
  /// What an annotator gave, as it gave it, values and rules as text.
  struct Given {
    winnow_annotation raw;
    std::string text;  ///< "study.design = cohort (study-design.title) from 0:3+6"
  };
  std::vector<Given> annotate(const winnow_batch& batch);
  /// A ranker takes records over, learns and ranks.
  void take(const winnow_batch& batch);
  void learn(const std::vector<winnow_label>& labels);
  std::vector<winnow_score> rank();
  winnow_probe probe(std::string_view head);

  struct Record {
    winnow_span at;
    std::vector<std::string> raw, derived;  ///< "tag=value"
  };
  struct Reading {
    winnow_status status;
    std::vector<Record> records;
    io::ByteCounts bytes{};               ///< nothing while an input is repeated
    std::vector<io::Unaccounted> left{};  ///< in no record and not declared
    std::string breach{};                 ///< what the byte account refused, empty if nothing
  };
  /// Reads `text` in chunks. After `cut` chunks the source fails; `onChunk` is called with the number of chunks given;
  /// false: the input ends.
  Reading read(std::string_view text, std::size_t chunk = 1 << 20, std::size_t cut = SIZE_MAX,
               const std::function<bool(std::size_t)>& onChunk = {}, std::size_t repeat = 1);
  /// Writes `rows` in batches of 7; the sink fails at byte `most`.
  std::pair<winnow_status, std::string> write(Rows& rows, std::size_t most = SIZE_MAX, std::size_t repeat = 1,
                                              const std::function<bool(std::size_t)>& onBatch = {});

  /// Notes of the last process() as text; index into it by position of the verdict.
  std::vector<std::string> notes;

 private:
  const Subject& subject_;
  plugins::Services services_;
  void* self_ = nullptr;
  std::vector<std::vector<winnow_evidence>> evidence_;  ///< of the last process()
};

/// Everything the stage answers about the plain records (filters, matchers, samplers, exporters) or the sample
/// (importers), as lines that can be compared.
std::vector<std::string> answers(const Subject& subject);

/// The verdicts as text without handles: by position in the batch.
std::string verdictText(const Live& live, const winnow_verdict& verdict, const std::string& note);

/// What the importer is handed of its samples: their text, or the bytes as they lie there (WINNOW_WANTS_BYTES).
io::Contents wantedContents(const winnow_stage& stage);
/// The first sample as the importer is handed it; throws Skip if none was given.
std::string sampleText(const Subject& subject);

/// The settings of an instance: defaults, then what was given.
plugins::SettingList settingsOf(const Subject& subject);

/// The first line in which two answers differ, for messages; empty if they are equal.
std::string difference(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace winnow::conform
