#include "WordVectors.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include <winnow/formats/text.hpp>

#include "Words.hpp"

namespace winnow::ranker {

namespace {

std::string inRow(std::size_t row, const std::string& what) { return "row " + std::to_string(row) + ": " + what; }

bool isNumber(std::string_view text, float& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

bool isWholeNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The first part of `rest` up to a blank, taken away.
std::string_view nextPart(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

/// The words of each text that are known, by the index of their first number.
using Known = std::vector<std::vector<std::size_t>>;

/// How rare each known word is: ln((1 + texts) / (1 + texts with it)).
std::unordered_map<std::size_t, double> rarityOf(const Known& known) {
  std::unordered_map<std::size_t, double> rarity;
  for (std::vector<std::size_t> words : known) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const std::size_t word : words) rarity[word] += 1;
  }
  for (auto& [word, value] : rarity) value = std::log((1 + static_cast<double>(known.size())) / (1 + value));
  return rarity;
}

}  // namespace

WordVectors::WordVectors(std::string_view text) {
  for (std::size_t row = 1; !text.empty(); ++row) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = formats::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    std::string_view rest = line;
    const std::string_view first = nextPart(rest);
    const bool isHeading = row == 1 && isWholeNumber(first) && isWholeNumber(rest);
    if (!isHeading) addRow(line, row);
  }
  if (places_.empty()) throw std::invalid_argument("the file holds no word with numbers");
}

void WordVectors::addRow(std::string_view line, std::size_t row) {
  std::string_view rest = line;
  const std::string_view word = nextPart(rest);
  const std::size_t begin = numbers_.size();
  while (!rest.empty()) {
    const std::string_view part = nextPart(rest);
    if (part.empty()) continue;
    float value = 0;
    if (!isNumber(part, value)) throw std::invalid_argument(inRow(row, "'" + std::string(part) + "' is no number"));
    numbers_.push_back(value);
  }
  const std::size_t count = numbers_.size() - begin;
  if (dimensions_ == 0) dimensions_ = count;
  if (count == 0 || count != dimensions_)
    throw std::invalid_argument(
        inRow(row, std::to_string(count) + " numbers, where the rows before have " + std::to_string(dimensions_)));
  if (!places_.emplace(formats::foldForMatching(word), begin).second) numbers_.resize(begin);
}

std::vector<std::vector<float>> WordVectors::meansOf(const std::vector<std::string>& texts) const {
  Known known;
  for (const std::string& text : texts) {
    known.emplace_back();
    for (const std::string& word : wordsOf(text))
      if (const auto found = places_.find(word); found != places_.end()) known.back().push_back(found->second);
  }
  const std::unordered_map<std::size_t, double> rarity = rarityOf(known);
  std::vector<std::vector<float>> means(texts.size());
  std::vector<double> centre(dimensions_);
  double counted = 0;
  for (std::size_t t = 0; t < texts.size(); ++t) {
    if (known[t].empty()) continue;
    std::vector<double> sum(dimensions_);
    double weights = 0;
    for (const std::size_t word : known[t]) {
      const double weight = rarity.at(word) + 1e-9;
      weights += weight;
      for (std::size_t d = 0; d < dimensions_; ++d) sum[d] += weight * static_cast<double>(numbers_[word + d]);
    }
    for (std::size_t d = 0; d < dimensions_; ++d) {
      means[t].push_back(static_cast<float>(sum[d] / weights));
      centre[d] += static_cast<double>(means[t][d]);
    }
    counted += 1;
  }
  for (std::vector<float>& mean : means)
    for (std::size_t d = 0; d < mean.size(); ++d)
      mean[d] = static_cast<float>(static_cast<double>(mean[d]) - centre[d] / counted);
  return means;
}

}  // namespace winnow::ranker
