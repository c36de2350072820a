// Mends the usual damage of one record's XML, each with its place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::xml {

struct Defect {
  std::string code, message, action;
  std::uint32_t line, column;
};

/// The text without characters that XML 1.0 does not allow, with bare & and < escaped and unknown entities replaced or
/// escaped. `line` and `column` are the place of the text's begin; one defect a sort is reported.
std::string repair(std::string_view text, std::uint32_t line, std::uint32_t column, std::vector<Defect>& defects);

/// True if the bytes hold a control character that XML 1.0 does not allow.
bool hasForbiddenCharacter(std::string_view text);

}  // namespace winnow::xml
