// What is wrong or doubtful about a strategy, with its place. docs/search-strategies.md explains every code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace winnow::search {

enum class Severity { Error, Warning, Info };

struct Diagnostic {
  Severity severity = Severity::Error;
  std::string code;                      ///< stable: "OVID-E04"
  std::uint32_t line = 0;                ///< physical line, from 1
  std::uint32_t number = 0;              ///< of the set
  std::uint32_t column = 0, length = 1;  ///< code points of the physical line
  std::string message;
  std::optional<std::string> fix;  ///< the whole query of the line as it could be; only where it is safe to offer
};

}  // namespace winnow::search
