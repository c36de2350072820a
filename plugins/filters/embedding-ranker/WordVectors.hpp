// Word vectors from a file: numbers that are alike for words that are used alike.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::ranker {

/// The text format of word2vec and GloVe: a line a word, the word and its numbers with blanks between; a first line of
/// two whole numbers (words and dimensions) may stand before. Words are folded like those of records; of words that
/// fold into one, the first counts, as files begin with the most frequent. T. Mikolov and others, arXiv:1301.3781
/// (2013); J. Pennington and others, EMNLP 2014.
class WordVectors {
 public:
  /// Throws std::invalid_argument with the row that does not fit.
  explicit WordVectors(std::string_view text);

  std::size_t size() const { return places_.size(); }
  std::size_t dimensions() const { return dimensions_; }

  /// For each text the mean of the vectors of its words, each weighted by how rare it is among the texts, less the mean
  /// over all texts (what all have in common says nothing; S. Arora and others, ICLR 2017). Texts without a known word
  /// get an empty vector. Sums are made in the order of texts and words: the same everywhere.
  std::vector<std::vector<float>> meansOf(const std::vector<std::string>& texts) const;

 private:
  void addRow(std::string_view line, std::size_t row);

  std::size_t dimensions_ = 0;
  std::unordered_map<std::string, std::size_t> places_;  ///< by folded word: index of its first number
  std::vector<float> numbers_;
};

}  // namespace winnow::ranker
