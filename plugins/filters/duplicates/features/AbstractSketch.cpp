#include "AbstractSketch.hpp"

#include <algorithm>

#include <xxhash.h>
#include <winnow/formats/ascii.hpp>

namespace winnow::duplicates {

namespace {

constexpr std::size_t kMostWords = 60;
constexpr std::size_t kFewestWords = 8;
constexpr std::size_t kSketchSize = 24;

bool isWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Hashes of the first words, labels left out.
std::vector<std::uint64_t> wordHashes(std::string_view text) {
  std::vector<std::uint64_t> words;
  words.reserve(kMostWords);
  for (std::size_t at = 0; at < text.size() && words.size() < kMostWords;) {
    if (!isWordByte(text[at])) {
      ++at;
      continue;
    }
    std::uint64_t hash = 14695981039346656037ull;  // FNV-1a: words are short
    bool allCapitals = true;
    const std::size_t begin = at;
    for (; at < text.size() && isWordByte(text[at]); ++at) {
      allCapitals = allCapitals && formats::isUpper(text[at]);
      hash = (hash ^ static_cast<unsigned char>(formats::lower(text[at]))) * 1099511628211ull;
    }
    const bool isLabel = at < text.size() && text[at] == ':' && (allCapitals || begin == 0);
    if (!isLabel) words.push_back(hash);
  }
  return words;
}

}  // namespace

AbstractSketch sketchAbstract(std::string_view text) {
  AbstractSketch sketch;
  const std::vector<std::uint64_t> words = wordHashes(text);
  if (words.size() < kFewestWords) return sketch;
  sketch.hashes.reserve(words.size());
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    std::uint64_t run = words[i] * 0x9E3779B97F4A7C15ull;
    run = (run ^ words[i + 1]) * 0x9E3779B97F4A7C15ull;
    run = (run ^ words[i + 2]) * 0x9E3779B97F4A7C15ull;
    sketch.hashes.push_back(static_cast<std::uint32_t>(run >> 32));
  }
  std::sort(sketch.hashes.begin(), sketch.hashes.end());
  sketch.hashes.erase(std::unique(sketch.hashes.begin(), sketch.hashes.end()), sketch.hashes.end());
  if (sketch.hashes.size() > kSketchSize) sketch.hashes.resize(kSketchSize);
  return sketch;
}

double similarity(const AbstractSketch& a, const AbstractSketch& b) {
  if (a.empty() || b.empty()) return -1;
  std::size_t common = 0, seen = 0, i = 0, k = 0;
  while (i < a.hashes.size() && k < b.hashes.size() && seen < kSketchSize) {
    ++seen;
    if (a.hashes[i] == b.hashes[k]) {
      ++common;
      ++i;
      ++k;
    } else if (a.hashes[i] < b.hashes[k]) {
      ++i;
    } else {
      ++k;
    }
  }
  return static_cast<double>(common) / static_cast<double>(seen);
}

}  // namespace winnow::duplicates
