#include "Values.hpp"

#include <algorithm>

namespace winnow::config {
namespace {

bool areDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

int daysOf(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

bool isAsciiWord(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

bool isIsoDate(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  if (!areDigits(text.substr(0, 4))) return false;
  if (text.size() == 4) return true;
  if (text[4] != '-' || !areDigits(text.substr(5, 2))) return false;
  const int month = number(text.substr(5, 2));
  if (month < 1 || month > 12) return false;
  if (text.size() == 7) return true;
  if (text[7] != '-' || !areDigits(text.substr(8))) return false;
  const int day = number(text.substr(8));
  return day >= 1 && day <= daysOf(number(text.substr(0, 4)), month);
}

bool isBefore(std::string_view earlier, std::string_view later) {
  const std::size_t shared = std::min(earlier.size(), later.size());
  return earlier.substr(0, shared) < later.substr(0, shared);
}

std::optional<std::string> shareText(std::string_view text) {
  if (text == "all") return "all";
  const bool isPercent = !text.empty() && text.back() == '%';
  if (isPercent) text.remove_suffix(1);
  const std::size_t point = text.find('.');
  std::string whole(text.substr(0, point));
  std::string fraction(point == std::string_view::npos ? std::string_view{} : text.substr(point + 1));
  if (!areDigits(whole) || whole.size() > 3) return std::nullopt;
  if (point != std::string_view::npos && !areDigits(fraction)) return std::nullopt;
  if (isPercent) {  // two places to the right, digit by digit: a binary fraction would not be 0.2
    whole.insert(0, 3 - whole.size(), '0');
    fraction.insert(0, whole.substr(1));
    whole.resize(1);
  }
  fraction.resize(fraction.find_last_not_of('0') + 1);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  if (isPercent && whole == "1" && fraction.empty()) return "all";
  if (!whole.empty() || fraction.empty()) return std::nullopt;
  return "0." + fraction;
}

std::string kebab(std::string_view label) {
  std::string out;
  for (const char c : label) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const auto byte = static_cast<unsigned char>(lower);
    if (isAsciiWord(byte) || byte >= 0x80U) {
      out += lower;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  if (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

bool isKebab(std::string_view text) { return !text.empty() && kebab(text) == text; }

std::vector<std::string> splitBars(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t bar = text.find('|');
    parts.emplace_back(text.substr(0, bar));
    text.remove_prefix(bar == std::string_view::npos ? text.size() : bar + 1);
  }
  return parts;
}

std::string inQuotes(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace winnow::config
