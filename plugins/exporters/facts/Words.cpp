#include "Words.hpp"

#include <array>
#include <charconv>

#include "picture/Text.hpp"

namespace winnow::facts {

std::string counted(std::int64_t n, const char* one, const char* many) {
  return picture::grouped(n) + " " + (n == 1 ? one : many);
}

const char* were(std::int64_t n) { return n == 1 ? "was" : "were"; }

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i)
    out += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return out;
}

std::string day(const std::string& iso) {
  static constexpr std::array kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
  const auto number = [&](std::size_t at, std::size_t size) {
    unsigned value = 0;
    const char* begin = iso.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + size, value);
    return error == std::errc() && end == begin + size ? value : 0;
  };
  const bool hasDay = iso.size() == 10 && iso[4] == '-' && iso[7] == '-', hasMonth = iso.size() == 7 && iso[4] == '-';
  if (!hasDay && !hasMonth) return iso;
  const unsigned year = number(0, 4), month = number(5, 2);
  if (year == 0 || month < 1 || month > kMonths.size()) return iso;
  const std::string out = std::string(kMonths[month - 1]) + " " + std::to_string(year);
  return hasDay ? std::to_string(number(8, 2)) + " " + out : out;
}

std::string share(const std::string& decimal) {
  // Shares are exact decimals as text: the point moves two places, so that no rounding can creep in.
  const std::size_t point = decimal.find('.');
  if (point == std::string::npos || decimal.find_first_not_of("0123456789.") != std::string::npos) return decimal;
  std::string digits = decimal.substr(0, point), rest = decimal.substr(point + 1);
  while (rest.size() < 2) rest += '0';
  digits += rest.substr(0, 2);
  rest = rest.substr(2);
  while (!rest.empty() && rest.back() == '0') rest.pop_back();
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits + (rest.empty() ? "" : "." + rest) + " %";
}

std::string quoted(const std::string& words) { return "“" + words + "”"; }

}  // namespace winnow::facts
