// What a thread is doing inside of a plugin, so that a crash there can be reported by name.
#pragma once

#include <cstdint>

#include <winnow/abi.h>

namespace winnow::plugins {

/// Says on standard error which plugin, call and record a crash of this process was in, then lets the process end as it
/// would have ended. A library that a person approved runs in this process, so nothing else can tell. Once, at start.
void reportCrashes();

/// While it lives this thread is in a call of a plugin. Calls may nest (an exporter asks for records, which asks a
/// filter).
class InCall {
 public:
  /// `plugin`: the id of a stage, or whatever names the code best; it and the batch must outlive this object. `call`:
  /// "process()". `batch`: the records that it was given, or null; `title`: the number of the tag that names one.
  InCall(winnow_str plugin, const char* call, const winnow_batch* batch = nullptr, std::uint32_t title = 0);
  ~InCall();
  InCall(const InCall&) = delete;
  InCall& operator=(const InCall&) = delete;

  /// The plugin has answered for so many more records.
  void answered(std::uint64_t count) noexcept { done_ += count; }
  /// The name of the file that an importer reads. Must outlive this object.
  void reads(winnow_str name) noexcept { source_ = name; }

 private:
  friend struct Crash;
  winnow_str plugin_;
  const char* call_;
  const winnow_batch* batch_;
  std::uint32_t title_;
  std::uint64_t done_ = 0;
  winnow_str source_{};
  InCall* outer_;
};

}  // namespace winnow::plugins
