// Lines of blocks: the names of records that share a key.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/reading/Stream.hpp"
#include "engine/steps/Blocks.hpp"

namespace winnow::engine {

struct BlockLine {
  std::uint32_t space = kNoSpace;    ///< kNoSpace where the matcher looks at no blocks of that kind
  std::vector<std::string> records;  ///< two or more
};

/// {"records":["a.ris#1","b.ris#7"]}, with "space" in front where there is one.
std::string blockJson(const BlockLine& block);
/// Reads such a line, without a JSON document where it can. Throws BadStream.
BlockLine readBlock(StreamLine& line);

}  // namespace winnow::engine
