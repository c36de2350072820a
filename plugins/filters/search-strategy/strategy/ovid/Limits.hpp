// What stands after "limit N to".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../Ast.hpp"

namespace winnow::search::ovid {

/// Reads a list of limits: `english`, `(english language and yr="2000 -Current")`, `ed=19460101-20170715`. A plain list
/// means "and"; "or" gives one Limit of kind Any. Empty if there is nothing.
std::vector<Limit> readLimits(std::string_view text);

/// The text that readLimits gives back: `english`, `(english and yr="2000 -Current")`.
std::string printLimits(const std::vector<Limit>& limits);

/// True if the word is a language as Ovid writes it in limits.
bool isLanguage(std::string_view word);

}  // namespace winnow::search::ovid
