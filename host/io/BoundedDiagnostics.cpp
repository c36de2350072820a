#include "BoundedDiagnostics.hpp"

namespace winnow::io {

void BoundedDiagnostics::add(const Diagnostic& diagnostic) {
  Seen& seen = seen_[diagnostic.code];
  if (++seen.count <= kMost) return to_(diagnostic);
  seen.last.line = diagnostic.line;
  seen.last.column = diagnostic.column;
  seen.last.record = diagnostic.record;
  if (seen.count == kMost + 1) seen.last = diagnostic;
}

void BoundedDiagnostics::addRest() {
  for (auto& [code, seen] : seen_) {
    if (seen.count <= kMost) continue;
    seen.last.message = std::to_string(seen.count - kMost) + " more such problems, the last one here";
    seen.last.action = "they are counted, not listed";
    to_(seen.last);
  }
  seen_.clear();
}

}  // namespace winnow::io
