// The reason why a line cannot be read; the parsers throw it, the reader of lines turns it into a diagnostic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace winnow::search {

struct Fault {
  std::string code;
  std::uint32_t column = 1, length = 1;
  std::string message;
  std::optional<std::string> fix = {};
};

/// Brackets and left-nested operators deeper than this are refused, so that no tree is too deep to walk.
inline constexpr std::uint32_t kDeepest = 200;

}  // namespace winnow::search
