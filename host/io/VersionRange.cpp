#include "VersionRange.hpp"

#include <algorithm>
#include <charconv>

namespace winnow::io {

namespace {

/// The numbers at the front of a text, with dots between them; `text` keeps what follows. Empty if it begins with none.
std::vector<unsigned long> takeNumbers(std::string_view& text) {
  std::vector<unsigned long> numbers;
  for (;;) {
    unsigned long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return {};
    numbers.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty() || text.front() != '.') return numbers;
    text.remove_prefix(1);
  }
}

int compare(std::vector<unsigned long> a, std::vector<unsigned long> b) {
  const std::size_t size = std::max(a.size(), b.size());
  a.resize(size);
  b.resize(size);
  return a < b ? -1 : a > b ? 1 : 0;
}

}  // namespace

std::optional<VersionRange> VersionRange::parse(std::string_view text) {
  VersionRange range;
  while (!text.empty()) {
    if (text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    Bound bound;
    while (!text.empty() && (text.front() == '<' || text.front() == '>' || text.front() == '=')) {
      bound.sign += text.front();
      text.remove_prefix(1);
    }
    static constexpr std::string_view signs[] = {"", "=", "<", "<=", ">", ">="};
    if (std::find(std::begin(signs), std::end(signs), bound.sign) == std::end(signs)) return std::nullopt;
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    bound.numbers = takeNumbers(text);
    if (bound.numbers.empty() || (!text.empty() && text.front() != ' ')) return std::nullopt;
    range.bounds_.push_back(std::move(bound));
  }
  if (range.bounds_.empty()) return std::nullopt;
  return range;
}

bool VersionRange::holds(const Bound& bound, const std::vector<unsigned long>& version) {
  if (bound.sign.empty()) {
    std::vector<unsigned long> front = version;
    front.resize(bound.numbers.size());
    return front == bound.numbers;
  }
  const int order = compare(version, bound.numbers);
  const bool isEqual = order == 0 && bound.sign.find('=') != std::string::npos;
  return isEqual || (bound.sign.front() == '<' && order < 0) || (bound.sign.front() == '>' && order > 0);
}

bool VersionRange::takes(std::string_view version) const {
  const std::vector<unsigned long> numbers = takeNumbers(version);
  return !numbers.empty() &&
         std::all_of(bounds_.begin(), bounds_.end(), [&](const Bound& bound) { return holds(bound, numbers); });
}

}  // namespace winnow::io
