#include "Share.hpp"

#include <stdexcept>
#include <string>

namespace winnow::sample {

namespace {

[[noreturn]] void refuse(std::string_view text) {
  throw std::invalid_argument("'" + std::string(text) +
                              "' is no share; write a decimal from 0 to 1, such as 0.2, or 20%");
}

}  // namespace

std::uint64_t Share::of(std::uint64_t n) const {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(numerator) * n;
  return static_cast<std::uint64_t>((product + denominator - 1) / denominator);
}

Share parseShare(std::string_view text) {
  std::string_view digits = text;
  Share share;
  if (!digits.empty() && digits.back() == '%') {
    digits.remove_suffix(1);
    share.denominator = 100;
  }
  bool point = false, any = false;
  int places = 0;
  for (const char c : digits) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || (point && ++places > 12) || share.numerator > 1'000'000'000'000'000ull) refuse(text);
    share.numerator = share.numerator * 10 + static_cast<std::uint64_t>(c - '0');
    if (point) share.denominator *= 10;
    any = true;
  }
  if (!any || share.numerator > share.denominator) refuse(text);
  return share;
}

}  // namespace winnow::sample
