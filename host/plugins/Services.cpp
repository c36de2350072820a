#include "Services.hpp"

#include <winnow/ext/documents.h>
#include <winnow/ext/progress.h>
#include <winnow/ext/resources.h>
#include <winnow/plugin.hpp>

#include "PluginFile.hpp"
#include "io/Error.hpp"

namespace winnow::plugins {

Services::Services(TagTable& tags)
    : host_{sizeof host_, WINNOW_ABI_MAJOR, WINNOW_ABI_MINOR, 0,       this,     extension,
            tag,          diagnose,         cancelled,        tagName, kFeatures},
      tags_(tags) {}

const void* Services::extension(const winnow_host*, const char* id) {
  static constexpr winnow_documents kDocuments{sizeof(winnow_documents), 0, document};
  static constexpr winnow_progress kProgress{sizeof(winnow_progress), 0, report};
  static constexpr winnow_resources kResources{sizeof(winnow_resources), 0, resource};
  const std::string_view name = id;
  if (name == WINNOW_EXT_DOCUMENTS) return &kDocuments;
  if (name == WINNOW_EXT_PROGRESS) return &kProgress;
  if (name == WINNOW_EXT_RESOURCES) return &kResources;
  return nullptr;
}

std::uint32_t Services::tag(const winnow_host* host, winnow_str name) { return of(host).tags_.number(view(name)); }

void Services::diagnose(const winnow_host* host, const winnow_diagnostic* diagnostic) {
  Services& self = of(host);
  winnow_diagnostic whole = *diagnostic;
  if (whole.stage.size == 0 && self.stage_ != nullptr) whole.stage = self.stage_->id;
  if (whole.severity == WINNOW_ERROR) {
    self.lastError_ = view(whole.message);
    self.lastOption_ = view(whole.option);
  }
  if (self.sink_) self.sink_(whole);
}

winnow_str Services::tagName(const winnow_host* host, std::uint32_t tag) {
  return str(of(host).tags_.nameOrEmpty(tag));
}

winnow_status Services::resource(const winnow_host* host, winnow_str name, winnow_str* bytes) {
  *bytes = {};
  const Services& self = of(host);
  const std::string* found = self.stage_ == nullptr ? nullptr : resourceOf(*self.stage_, view(name));
  if (found == nullptr) return WINNOW_FAILED;
  *bytes = str(*found);
  return WINNOW_OK;
}

std::int32_t Services::cancelled(const winnow_host*) {
  return cancelRequested().load(std::memory_order_relaxed) ? 1 : 0;
}

winnow_str Services::document(const winnow_host* host, winnow_str name) {
  Services& self = of(host);
  self.asked_.emplace(view(name));
  const auto found = self.documents_.find(view(name));
  return found == self.documents_.end() ? winnow_str{} : str(found->second);
}

winnow_str Services::fileText(std::string_view name) {
  const std::string document = "file:" + std::string(name);
  if (!documents_.contains(document)) throw UsageError("the file '" + std::string(name) + "' cannot be had here");
  return Services::document(&host_, str(document));
}

const std::map<std::string, std::string, std::less<>>& Services::keepAsked() {
  std::erase_if(documents_, [&](const auto& document) { return !asked_.contains(document.first); });
  return documents_;
}

void Services::report(const winnow_host* host, winnow_str what, std::uint64_t done, std::uint64_t total) {
  if (of(host).progress_) of(host).progress_(view(what), done, total);
}

}  // namespace winnow::plugins
