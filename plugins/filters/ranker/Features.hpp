// Texts as sparse vectors of weighted terms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace winnow::ranker {

struct TermOptions {
  bool withPairs = true;  ///< pairs of neighbouring words are terms, too
  bool withoutStopWords = false;
  bool dampened = true;      ///< 1 + ln(count) instead of the count
  double mostCommon = 0.95;  ///< terms in more than this share of the texts are left out
};

/// One row a text, in their order; rows have length 1 or are empty. Terms are numbered in the order in which they first
/// stand. Weight: frequency times ln((1 + N) / (1 + texts with the term)) + 1, as in G. Salton and C. Buckley,
/// Information Processing and Management 24 (1988), smoothed.
class Features {
 public:
  struct Entry {
    std::uint32_t term;
    float weight;
  };
  Features(const std::vector<std::string>& texts, const TermOptions& options);

  /// Adds numbers of another kind to each row, as further terms: vectors of one size, each an empty one or scaled to
  /// the length `length` beside the row's own length of 1.
  void append(const std::vector<std::vector<float>>& vectors, double length);

  std::size_t rows() const { return starts_.size() - 1; }
  std::size_t terms() const { return terms_; }
  std::span<const Entry> row(std::size_t index) const {
    return {entries_.data() + starts_[index], starts_[index + 1] - starts_[index]};
  }

 private:
  std::vector<std::size_t> starts_;
  std::vector<Entry> entries_;
  std::size_t terms_ = 0;
};

}  // namespace winnow::ranker
