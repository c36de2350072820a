#include "ColumnWidths.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "picture/Text.hpp"

namespace winnow::office {

std::vector<double> columnWidths(const std::vector<double>& shares, const std::vector<double>& minimums, double room) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  std::vector<double> widths;
  double lacking = 0, spare = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    widths.push_back(room * shares[i] / sum);
    (widths[i] < minimums[i] ? lacking : spare) += std::abs(widths[i] - minimums[i]);
  }
  if (lacking > spare) return widths;
  for (std::size_t i = 0; i < widths.size(); ++i)
    widths[i] =
        widths[i] < minimums[i] ? minimums[i] : widths[i] - (widths[i] - minimums[i]) * lacking / std::max(spare, 1.0);
  return widths;
}

double longestWord(const std::string& text, double size, bool isBold) {
  double most = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end =
        std::min(text.find_first_of(" \n\t-", begin), text.size());  // a line may end after a hyphen
    const std::size_t length = end - begin + (end < text.size() && text[end] == '-' ? 1 : 0);
    most = std::max(most, picture::textWidth(text.substr(begin, length), size,
                                             isBold ? picture::Weight::Bold : picture::Weight::Regular));
    begin = end + 1;
  }
  return most;
}

}  // namespace winnow::office
