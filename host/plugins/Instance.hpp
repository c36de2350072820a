// One working stage: created from checked settings, destroyed with this object, every call guarded.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
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

using SettingList = std::vector<std::pair<std::string, std::string>>;

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
  /// Exporters.
  winnow_status write(const winnow_sink& sink);

 private:
  template <class Methods>
  const Methods& methods() const noexcept {
    return *static_cast<const Methods*>(stage_->methods);
  }
  void require(winnow_status status, const char* call) const;
  void checkVerdicts(const winnow_batch& batch);
  void checkPair(const winnow_pair& pair, const winnow_batch& batch) const;

  const winnow_stage* stage_;
  Services& services_;
  std::uint32_t title_;
  void* self_ = nullptr;
  const winnow_survey* survey_ = nullptr;
  std::vector<Reason> reasons_;
  std::vector<winnow_verdict> verdicts_, ordered_;
  std::vector<std::unique_ptr<std::string>> notes_;
};

}  // namespace winnow::plugins
