// The host as plugins see it: tags, diagnostics, cancellation, documents, progress.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <winnow/abi.h>

#include "TagTable.hpp"
#include "io/Cancel.hpp"
#include "io/Diagnostic.hpp"

namespace winnow::plugins {

/// One winnow_host for one instance. Must outlive it. Not movable: plugins hold its address.
class Services {
 public:
  /// Turns the place of a plugin's diagnostic into one in a file; may be empty.
  using Sink = std::function<void(const winnow_diagnostic&)>;
  using Progress = std::function<void(std::string_view what, std::uint64_t done, std::uint64_t total)>;

  explicit Services(TagTable& tags);
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  const winnow_host* host() const noexcept { return &host_; }
  TagTable& tags() const noexcept { return tags_; }

  void onDiagnostic(Sink sink) { sink_ = std::move(sink); }
  void onProgress(Progress progress) { progress_ = std::move(progress); }
  /// Gives the instance a JSON document (ext/documents.h). Before it works.
  void provide(std::string name, std::string json) { documents_[std::move(name)] = std::move(json); }
  /// Names of the documents that the instance asked for, there or not: what its work depends on.
  const std::set<std::string, std::less<>>& asked() const noexcept { return asked_; }
  /// From now on only what was asked for already is given (again, to a worker that starts anew). Gives those documents
  /// by name.
  const std::map<std::string, std::string, std::less<>>& keepAsked();
  /// The message of the last error diagnostic, for refusals.
  const std::string& lastError() const noexcept { return lastError_; }

 private:
  static Services& of(const winnow_host* host) { return *static_cast<Services*>(host->impl); }
  static const void* WINNOW_CALL extension(const winnow_host*, const char* id);
  static std::uint32_t WINNOW_CALL tag(const winnow_host*, winnow_str name);
  static void WINNOW_CALL diagnose(const winnow_host*, const winnow_diagnostic*);
  static std::int32_t WINNOW_CALL cancelled(const winnow_host*);
  static winnow_str WINNOW_CALL document(const winnow_host*, winnow_str name);
  static void WINNOW_CALL report(const winnow_host*, winnow_str what, std::uint64_t done, std::uint64_t total);

  winnow_host host_;
  TagTable& tags_;
  Sink sink_;
  Progress progress_;
  std::map<std::string, std::string, std::less<>> documents_;
  std::set<std::string, std::less<>> asked_;
  std::string lastError_;
};

/// Every stage is asked to stop.
using io::cancelRequested;

}  // namespace winnow::plugins
