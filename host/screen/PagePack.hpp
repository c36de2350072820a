// The page as one file for one reader: what the reader reads is in it, and nothing of anybody else.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "Reading.hpp"

namespace winnow::screen {

/// Writes the page with the session and the records of the reader's screening and category steps in it. Returns how
/// many records there are. Throws what `write` throws.
std::size_t writePack(Reading& reading, const std::string& reader, const Manner& manner,
                      const std::function<void(std::string_view)>& write);

}  // namespace winnow::screen
