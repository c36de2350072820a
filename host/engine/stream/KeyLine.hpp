// Lines of keys, which are most of the lines of a work.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/reading/Stream.hpp"

namespace winnow::engine {

/// A key that a matcher gave a record.
struct KeyLine {
  std::uint32_t space = 0;
  std::string value, record;
};

/// {"space":1,"value":"10.5555/12","record":"medline.ris#12"}
std::string keyJson(std::uint32_t space, std::string_view value, std::string_view record);
/// Reads such a line into `key`, without JSON where nothing in it is escaped. Throws BadStream.
void readKey(StreamLine& line, KeyLine& key);
/// The name of a record at the begin of its line; nothing where something in it is escaped or members stand otherwise.
std::optional<std::string_view> unescapedName(std::string_view line);
/// The space of a line that has one; throws BadStream.
std::uint32_t keySpace(const StreamLine& line);

}  // namespace winnow::engine
