// Lines of keys, which are most of the lines of a work.
#pragma once

#include <cstdint>
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
/// Reads such a line into `key`, without a JSON document where it can. Throws BadStream.
void readKey(StreamLine& line, KeyLine& key);
/// The space of a line that has one; throws BadStream.
std::uint32_t keySpace(const StreamLine& line);

}  // namespace winnow::engine
