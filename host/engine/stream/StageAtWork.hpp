// One stage with its settings, as a part of a work on several machines.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/reading/Stream.hpp"
#include "engine/records/Projection.hpp"
#include "engine/stages/Workspace.hpp"
#include "plugins/Instance.hpp"

namespace winnow::engine {

/// What a stage is made of.
struct StageChoice {
  const plugins::StageEntry* entry = nullptr;
  plugins::SettingList settings;
  std::filesystem::path folder;  ///< where the files are that options name
  Documents given;               ///< documents that the stage may ask for
};

/// An instance at work. Borrows tags and sink.
class StageAtWork {
 public:
  /// Throws winnow::Error where the stage refuses its settings.
  StageAtWork(const StageChoice& choice, plugins::TagTable& tags, const io::DiagnosticSink& tell);

  plugins::Instance& instance() { return *instance_; }
  const winnow_stage& stage() const noexcept { return *choice_.entry->stage; }
  plugins::TagTable& tags() const noexcept { return tags_; }
  const io::DiagnosticSink& tell() const noexcept { return tell_; }
  bool wantsRaw() const noexcept { return (stage().flags & WINNOW_WANTS_RAW) != 0; }
  /// Throws UsageError unless the stage is of this kind.
  void require(std::uint32_t kind, const char* verb) const;
  /// The header of a stream of its answers.
  StreamHeader header(const char* holds) const;
  /// Refuses answers that another stage, version, library or setting gave, and records without their raw fields where
  /// the stage wants them.
  void check(StreamReader& reader) const;
  /// The number of the reason of this code; nothing for one that the stage does not have.
  std::optional<std::uint32_t> reason(const std::string& code) const;

 private:
  StageChoice choice_;
  plugins::TagTable& tags_;
  io::DiagnosticSink tell_;
  plugins::Services services_;
  std::unique_ptr<plugins::Instance> instance_;
  std::string key_;
};

}  // namespace winnow::engine
