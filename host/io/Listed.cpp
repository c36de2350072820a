#include "Listed.hpp"

#include <algorithm>

namespace winnow::io {

namespace {

std::string joined(const std::vector<std::string>& items, std::size_t most, const std::string& around) {
  std::string text;
  for (std::size_t i = 0; i < std::min(items.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + around + items[i] + around;
  return items.size() > most ? text + " and " + std::to_string(items.size() - most) + " more" : text;
}

}  // namespace

std::string listed(const std::vector<std::string>& items, std::size_t most) { return joined(items, most, ""); }

std::string quoted(const std::vector<std::string>& items, std::size_t most) { return joined(items, most, "'"); }

std::string counted(std::size_t number, const std::string& one) {
  return std::to_string(number) + " " + one + (number == 1 ? "" : "s");
}

}  // namespace winnow::io
