// A share of n, exactly: 0.07 of 100 is 7, not the 7.000000000000001 of binary arithmetic.
#pragma once

#include <cstdint>
#include <string_view>

namespace winnow::sample {

/// A decimal share between 0 and 1 as a fraction of whole numbers.
struct Share {
  std::uint64_t numerator = 0;
  std::uint64_t denominator = 1;
  /// ceil(share * n), exact.
  std::uint64_t of(std::uint64_t n) const;
};

/// Reads "0.2", "20%", "1", "12.5%". Throws std::invalid_argument for anything else, for less than 0 and more than 1,
/// and for more than 12 decimal places.
Share parseShare(std::string_view text);

}  // namespace winnow::sample
