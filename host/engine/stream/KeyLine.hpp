// Lines of keys: of one record, as many as belong to one part.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/reading/Stream.hpp"

namespace winnow::engine {

/// Keys that a matcher or a sampler gave a record.
struct KeyLine {
  struct Key {
    std::uint32_t space = 0;
    std::string value;
  };
  std::string record;
  std::vector<Key> keys;
};

/// Appends [1,"10.5555/12"] to a list of keys.
void appendKey(std::string& list, std::uint32_t space, std::string_view value);
/// {"record":"medline.ris#12","keys":[[1,"10.5555/12"],[2,"sleep memory"]]} of the list that appendKey() made.
std::string keyJson(std::string_view record, std::string_view list);
/// Reads such a line into `key`, without a JSON document where it can. Throws BadStream.
void readKeys(StreamLine& line, KeyLine& key);
/// The space of a line that has one; throws BadStream.
std::uint32_t keySpace(const StreamLine& line);

}  // namespace winnow::engine
