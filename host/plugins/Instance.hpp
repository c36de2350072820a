// One working stage: created from checked settings, destroyed with this object, every call guarded.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <winnow/abi.h>
#include <winnow/ext/survey.h>

#include "Services.hpp"

namespace winnow::plugins {

/// A reason of the stage or of this instance.
struct Reason {
  std::string code, label;
  std::uint32_t action;
};

/// A format or dialect that an importer tells apart (winnow/ext/formats.h).
struct FormatEntry {
  std::string dialect, title, toldBy, source;
};

/// A field that an annotator gave, with where it was read.
struct Annotation {
  std::size_t place;  ///< of the record in the batch
  std::uint32_t tag, rule;
  std::string value;
  std::string evidence;  ///< "title: A randomised trial": the field that it was read from and the words; or empty
};

using SettingList = std::vector<std::pair<std::string, std::string>>;

/// How many records the host hands to a plugin at once.
inline constexpr std::size_t kRecordsAtOnce = 256;

/// A stage with its settings. One thread at a time. Calls throw winnow::Error naming the stage when the plugin fails,
/// throws, or answers with something it never declared.
class Instance {
 public:
  Instance(const winnow_stage* stage, const SettingList& settings, Services& services);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  const winnow_stage& stage() const noexcept { return *stage_; }
  std::string_view id() const noexcept { return {stage_->id.data, stage_->id.size}; }
  /// The stage's reasons, then the instance's own: verdicts index into these.
  const std::vector<Reason>& reasons() const noexcept { return reasons_; }

  /// Importers. What formats() tells is empty for one that does not declare them.
  std::vector<FormatEntry> formats() const;
  winnow_probe probe(std::string_view head, std::string_view name);
  winnow_status read(const winnow_source& source);
  /// Filters: exactly one verdict a record of the batch, in the batch's order. Notes live until the next call.
  const std::vector<winnow_verdict>& process(const winnow_batch& batch);
  /// Matchers and samplers: `each` gets every key; the value dies with the call.
  void keys(const winnow_batch& batch, const std::function<void(const winnow_key&)>& each);
  /// Matchers.
  void match(const winnow_batch& block, const std::function<void(const winnow_pair&)>& each);
  /// The matcher's survey of the whole set (winnow/ext/survey.h), or null.
  const winnow_survey* surveyed() const noexcept { return survey_; }
  void survey(const winnow_batch& block, const std::function<void(const winnow_key&)>& each);
  void learn(const std::vector<winnow_key>& facts);
  bool canSettle() const noexcept;
  void settle(const winnow_batch& component, const std::vector<winnow_pair>& pairs,
              const std::function<void(const winnow_pair&)>& each);
  /// Samplers.
  std::uint64_t take(std::uint32_t space, std::uint64_t count);
  /// Annotators: what was given, by the records of the batch; those of one record in the order of their being given.
  std::vector<Annotation> annotate(const winnow_batch& batch);
  /// Rankers: takes records over, learns from labels about them, gives every other one a score, in the order of their
  /// being taken.
  void take(const winnow_batch& batch);
  void learn(const std::vector<winnow_label>& labels);
  std::vector<winnow_score> rank();
  /// Exporters.
  winnow_status write(const winnow_sink& sink);

 private:
  template <class Methods>
  const Methods& methods() const noexcept {
    return *static_cast<const Methods*>(stage_->methods);
  }
  void require(winnow_status status, const char* call) const;
  void checkVerdicts(const winnow_batch& batch);
  void keepEvidence(winnow_verdict& verdict);
  void checkEvidence(const winnow_verdict& verdict, const winnow_record& record) const;
  void checkPair(const winnow_pair& pair, const winnow_batch& batch) const;
  void checkAnnotation(const winnow_annotation& given, const winnow_record& record) const;

  const winnow_stage* stage_;
  Services& services_;
  std::uint32_t title_;
  void* self_ = nullptr;
  const winnow_survey* survey_ = nullptr;
  std::vector<Reason> reasons_;
  std::vector<winnow_verdict> verdicts_, ordered_;
  std::vector<std::unique_ptr<std::string>> notes_;
  std::vector<std::unique_ptr<std::vector<winnow_evidence>>> evidence_;
  std::vector<std::uint32_t> gives_;                    ///< numbers of the tags that an annotator gives
  std::vector<std::uint64_t> taken_;                    ///< records that a ranker has, in order
  std::unordered_map<std::uint64_t, bool> isLabelled_;  ///< by record that a ranker has
};

}  // namespace winnow::plugins
