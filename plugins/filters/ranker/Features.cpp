#include "Features.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "Words.hpp"

namespace winnow::ranker {

namespace {

/// Numbers words and pairs of words in the order in which they first stand.
class Vocabulary {
 public:
  std::uint32_t wordOf(const std::string& word) { return words_.try_emplace(word, next()).first->second; }
  std::uint32_t pairOf(std::uint32_t first, std::uint32_t second) {
    return pairs_.try_emplace(std::uint64_t{first} << 32 | second, next()).first->second;
  }
  std::size_t size() const { return words_.size() + pairs_.size(); }

 private:
  struct Mix {  // neighbouring numbers must not fall into neighbouring buckets
    std::size_t operator()(std::uint64_t key) const noexcept {
      key ^= key >> 31;
      key *= 0x9E3779B97F4A7C15ull;
      return static_cast<std::size_t>(key ^ key >> 29);
    }
  };
  std::uint32_t next() const { return static_cast<std::uint32_t>(size()); }
  std::unordered_map<std::string, std::uint32_t> words_;
  std::unordered_map<std::uint64_t, std::uint32_t, Mix> pairs_;
};

/// The terms of a text, with repetitions, sorted.
std::vector<std::uint32_t> termsOf(const std::string& text, const TermOptions& options, Vocabulary& vocabulary) {
  std::vector<std::uint32_t> words;
  for (const std::string& word : wordsOf(text))
    if (!options.withoutStopWords || !isStopWord(word)) words.push_back(vocabulary.wordOf(word));
  std::vector<std::uint32_t> terms = words;
  for (std::size_t i = 1; options.withPairs && i < words.size(); ++i)
    terms.push_back(vocabulary.pairOf(words[i - 1], words[i]));
  std::sort(terms.begin(), terms.end());
  return terms;
}

}  // namespace

Features::Features(const std::vector<std::string>& texts, const TermOptions& options) {
  Vocabulary vocabulary;
  starts_.push_back(0);
  std::vector<std::uint32_t> textsWith;
  for (const std::string& text : texts) {
    const std::vector<std::uint32_t> terms = termsOf(text, options, vocabulary);
    textsWith.resize(vocabulary.size());
    for (std::size_t i = 0; i < terms.size();) {
      std::size_t end = i;
      while (end < terms.size() && terms[end] == terms[i]) ++end;
      const auto count = static_cast<float>(end - i);
      entries_.push_back({terms[i], options.dampened ? 1 + std::log(count) : count});
      ++textsWith[terms[i]];
      i = end;
    }
    starts_.push_back(entries_.size());
  }
  terms_ = vocabulary.size();
  const double n = static_cast<double>(texts.size()), most = options.mostCommon * n;
  std::vector<float> rarity(terms_);
  for (std::size_t t = 0; t < terms_; ++t) {
    const double with = textsWith[t];
    rarity[t] = with > most ? 0.0F : static_cast<float>(std::log((1 + n) / (1 + with)) + 1);
  }
  for (std::size_t r = 0; r < rows(); ++r) {
    double squares = 0;
    for (std::size_t i = starts_[r]; i < starts_[r + 1]; ++i) {
      entries_[i].weight *= rarity[entries_[i].term];
      squares += static_cast<double>(entries_[i].weight) * static_cast<double>(entries_[i].weight);
    }
    if (squares == 0) continue;
    const auto scale = static_cast<float>(1 / std::sqrt(squares));
    for (std::size_t i = starts_[r]; i < starts_[r + 1]; ++i) entries_[i].weight *= scale;
  }
}

void Features::append(const std::vector<std::vector<float>>& vectors, double length) {
  std::vector<Entry> entries;
  std::vector<std::size_t> starts{0};
  std::size_t size = 0;
  for (std::size_t r = 0; r < rows(); ++r) {
    const auto own = row(r);
    entries.insert(entries.end(), own.begin(), own.end());
    double squares = 0;
    for (const float value : vectors[r]) squares += static_cast<double>(value) * static_cast<double>(value);
    const auto scale = static_cast<float>(squares == 0 ? 0 : length / std::sqrt(squares));
    for (std::size_t d = 0; d < vectors[r].size() && scale != 0; ++d)
      entries.push_back({static_cast<std::uint32_t>(terms_ + d), vectors[r][d] * scale});
    size = std::max(size, vectors[r].size());
    starts.push_back(entries.size());
  }
  entries_ = std::move(entries);
  starts_ = std::move(starts);
  terms_ += size;
}

}  // namespace winnow::ranker
