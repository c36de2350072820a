// Something to tell people: what is wrong, where, and what was done about it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace winnow::io {

enum class Severity { Info = 1, Warning = 2, Error = 3 };

/// One message with its place. `line` 0: none; `record` 0: none, otherwise the ordinal in the file from 1.
struct Diagnostic {
  Severity severity = Severity::Warning;
  std::string code;  ///< stable: "ris.missing-er"
  std::string message;
  std::string action;
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint64_t record = 0;
};

/// Takes diagnostics as they come. Called by one thread at a time.
using DiagnosticSink = std::function<void(const Diagnostic&)>;

/// "error", "warning", "info".
inline const char* word(Severity severity) {
  return severity == Severity::Error ? "error" : severity == Severity::Warning ? "warning" : "info";
}

/// "file:line:column: warning [code]: message; action", parts that are missing left out; what comes from data as
/// io/Shown.hpp shows it.
std::string render(const Diagnostic& diagnostic);
/// One JSON object without line end: {severity, code, message, action?, file, line, column, record}.
std::string renderJson(const Diagnostic& diagnostic);

}  // namespace winnow::io
