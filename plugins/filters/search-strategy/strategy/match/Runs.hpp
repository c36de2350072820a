// The words of a text, found 64 bytes at a time.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace winnow::search::match {

/// A bit for each of 64 bytes.
struct Bytes64 {
  std::uint64_t inWord = 0;  ///< an ASCII letter or digit, or no ASCII at all
  std::uint64_t beyond = 0;  ///< no ASCII
};

#if defined(__SSE2__)
inline Bytes64 classify(const char* bytes) {
  Bytes64 all;
  const auto below = [](__m128i value, char first, char count) {  // value - first < count, unsigned
    const __m128i shifted = _mm_sub_epi8(value, _mm_set1_epi8(static_cast<char>(first + 128)));
    return _mm_cmplt_epi8(shifted, _mm_set1_epi8(static_cast<char>(count - 128)));
  };
  for (unsigned i = 0; i < 4; ++i) {
    const __m128i value = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * i));
    const __m128i letters = below(_mm_or_si128(value, _mm_set1_epi8(0x20)), 'a', 26), digits = below(value, '0', 10);
    const auto beyond = static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(value)));
    all.inWord |=
        (static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(letters, digits)))) |
         beyond)
        << (16 * i);
    all.beyond |= beyond << (16 * i);
  }
  return all;
}
#else
inline Bytes64 classify(const char* bytes) {
  Bytes64 all;
  for (unsigned i = 0; i < 64; ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    const bool beyond = c >= 0x80, letter = (c | 0x20u) - 'a' < 26u || c - '0' < 10u;
    all.inWord |= static_cast<std::uint64_t>(letter || beyond) << i;
    all.beyond |= static_cast<std::uint64_t>(beyond) << i;
  }
  return all;
}
#endif

/// Calls `run(begin, end, isAscii)` for every longest run of bytes that are ASCII letters, digits or no ASCII, in
/// order. A run that is not ASCII may hold several words, or none.
template <class Run>
void forRuns(std::string_view text, Run&& run) {
  std::size_t begin = 0;
  std::uint64_t before = 0;  // 1: a run is open
  bool isAscii = true;
  for (std::size_t base = 0; base < text.size(); base += 64) {
    char last[64] = {};
    const bool whole = base + 64 <= text.size();
    if (!whole) std::memcpy(last, text.data() + base, text.size() - base);
    const Bytes64 bytes = classify(whole ? text.data() + base : last);
    isAscii = isAscii && (before == 0 || bytes.beyond == 0);
    std::uint64_t edges = bytes.inWord ^ ((bytes.inWord << 1) | before);
    bool open = before != 0;
    for (; edges != 0; edges &= edges - 1) {
      const std::size_t at = base + static_cast<std::size_t>(std::countr_zero(edges));
      if (open)
        run(begin, at, isAscii);
      else
        begin = at;
      open = !open;
      isAscii = bytes.beyond == 0;
    }
    before = bytes.inWord >> 63;
  }
  if (before != 0) run(begin, text.size(), isAscii);
}

}  // namespace winnow::search::match
