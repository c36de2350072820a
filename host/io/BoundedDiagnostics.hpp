// Diagnostics of one file, as many as people can use.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "Diagnostic.hpp"

namespace winnow::io {

/// Hands diagnostics on, of each code the first kMost; the others are counted. A file that has one defect in each of
/// its millions of lines must not take hours and gigabytes to say so. One thread.
class BoundedDiagnostics {
 public:
  explicit BoundedDiagnostics(DiagnosticSink to) : to_(std::move(to)) {}
  void add(const Diagnostic& diagnostic);
  /// Says of each code how many were not handed on, with the place of the last one. At the end.
  void addRest();

  static constexpr std::uint64_t kMost = 1000;

 private:
  struct Seen {
    std::uint64_t count = 0;
    Diagnostic last;
  };
  DiagnosticSink to_;
  std::map<std::string, Seen, std::less<>> seen_;
};

}  // namespace winnow::io
