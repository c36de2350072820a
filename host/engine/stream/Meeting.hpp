// Which part of a divided set wants which record.
#pragma once

#include <string_view>

#include "Verbs.hpp"

namespace winnow::engine {

/// Says that the part which gets the lines of `of` needs the record, where somebody asks.
void want(const VerbCall& call, std::string_view record, std::string_view of);

}  // namespace winnow::engine
