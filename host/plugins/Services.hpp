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
  /// The text of a file that an option names: the document "file:" and `name`, marked as asked for.
  winnow_str fileText(std::string_view name);
  /// From now on only what was asked for already is given (again, to a worker that starts anew). Gives those documents
  /// by name.
  const std::map<std::string, std::string, std::less<>>& keepAsked();
  /// The message of the last error diagnostic, for refusals, and the option that it named, empty if none.
  const std::string& lastError() const noexcept { return lastError_; }
  const std::string& lastOption() const noexcept { return lastOption_; }
  /// Whose host this is: diagnostics are its own unless they name another stage, and winnow.resources/1 gives the files
  /// of its package. The table lives as long as the process. Before it works.
  void serve(const winnow_stage& stage) noexcept { stage_ = &stage; }

 private:
  static Services& of(const winnow_host* host) { return *static_cast<Services*>(host->impl); }
  static const void* WINNOW_CALL extension(const winnow_host*, const char* id);
  static std::uint32_t WINNOW_CALL tag(const winnow_host*, winnow_str name);
  static void WINNOW_CALL diagnose(const winnow_host*, const winnow_diagnostic*);
  static std::int32_t WINNOW_CALL cancelled(const winnow_host*);
  static winnow_str WINNOW_CALL document(const winnow_host*, winnow_str name);
  static winnow_status WINNOW_CALL resource(const winnow_host*, winnow_str name, winnow_str* bytes);
  static winnow_str WINNOW_CALL tagName(const winnow_host*, std::uint32_t tag);
  static void WINNOW_CALL report(const winnow_host*, winnow_str what, std::uint64_t done, std::uint64_t total);

  winnow_host host_;
  TagTable& tags_;
  Sink sink_;
  Progress progress_;
  std::map<std::string, std::string, std::less<>> documents_;
  std::set<std::string, std::less<>> asked_;
  const winnow_stage* stage_ = nullptr;
  std::string lastError_, lastOption_;
};

/// What this host can do (winnow_host.features).
inline constexpr std::uint64_t kFeatures =
    1u << WINNOW_IMPORTER | 1u << WINNOW_FILTER | 1u << WINNOW_MATCHER | 1u << WINNOW_SAMPLER | 1u << WINNOW_EXPORTER |
    1u << WINNOW_ANNOTATOR | 1u << WINNOW_RANKER | WINNOW_HOST_PROJECTS | WINNOW_HOST_RESOURCES | WINNOW_HOST_BYTES;

/// Every stage is asked to stop.
using io::cancelRequested;

}  // namespace winnow::plugins
