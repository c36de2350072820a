// The order of hashes: hangs on seed and id alone, not on a generator, a platform or the order of input.
#pragma once

#include <string>
#include <string_view>

namespace winnow::sample {

/// Lower-case hexadecimal SHA-256 of UTF-8 (seed, line feed, id); `printf 'SEED\nID' | sha256sum` gives the same.
std::string orderKey(std::string_view seed, std::string_view id);

}  // namespace winnow::sample
