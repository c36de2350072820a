#include <winnow/formats/ascii.hpp>
#include <winnow/formats/dates.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace winnow::formats {

namespace {

/// The number the digits are; 0 for more digits than any part of a date has.
int number(std::string_view digits) {
  if (digits.size() > 8) return 0;
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

int monthOf(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                               "jul", "aug", "sep", "oct", "nov", "dec"};
  if (word.size() < 3) return 0;
  const std::string low = lower(word.substr(0, 3));
  const auto found = std::find(kMonths.begin(), kMonths.end(), low);
  return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

std::string seasonOf(std::string_view word) {
  const std::string low = lower(word);
  if (low == "spring" || low == "summer" || low == "winter") return low;
  if (low == "autumn" || low == "fall") return "autumn";
  return {};
}

bool isYear(int value) { return value >= 1400 && value <= 2100; }

/// A run of digits or of letters.
struct DatePart {
  std::string_view text;
  bool digits;
  char before;  ///< the character before it, 0 at the begin
};

std::vector<DatePart> tokens(std::string_view text) {
  std::vector<DatePart> list;
  for (std::size_t at = 0; at < text.size();) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (!isDigit(text[at]) && !isLetter(text[at])) {
      ++at;
      continue;
    }
    const bool digits = isDigit(text[at]);
    std::size_t end = at;
    while (end < text.size() && (digits ? isDigit(text[end]) : isLetter(text[end]))) ++end;
    list.push_back({text.substr(at, end - at), digits, at == 0 ? '\0' : text[at - 1]});
    at = end;
  }
  return list;
}

std::optional<Date> slashed(const std::vector<DatePart>& list) {
  Date date;
  date.year = number(list[0].text);
  if (list.size() > 1 && list[1].digits && number(list[1].text) <= 12) {
    date.month = number(list[1].text);
    if (date.month != 0 && list.size() > 2 && list[2].digits && number(list[2].text) <= 31)
      date.day = number(list[2].text);
  }
  return date;
}

}  // namespace

std::optional<Date> parseDate(std::string_view text) {
  text = trim(text);
  const std::vector<DatePart> list = tokens(text);
  if (list.empty()) return std::nullopt;
  if (list.size() == 1 && list[0].digits && text.size() == 8 && isYear(number(text.substr(0, 4)))) {  // 20200831
    const int month = number(text.substr(4, 2)), day = number(text.substr(6, 2));
    if (month <= 12 && day <= 31) return Date{number(text.substr(0, 4)), month, month == 0 ? 0 : day, {}};
  }
  const bool beginsWithYear = list[0].digits && list[0].text.size() == 4 && isYear(number(list[0].text));
  const bool isNumeric =
      beginsWithYear && (list.size() == 1 ||
                         (list[1].digits && (list[1].before == '/' || list[1].before == '-' || list[1].before == '.')));
  if (isNumeric) return slashed(list);
  Date date;
  for (const DatePart& token : list) {
    if (!token.digits) {
      if (date.month == 0) date.month = monthOf(token.text);
      if (date.season.empty()) date.season = seasonOf(token.text);
    } else if (token.text.size() == 4 && isYear(number(token.text))) {
      if (date.year == 0) date.year = number(token.text);
    }
  }
  for (const DatePart& token : list)  // a day only beside its month
    if (token.digits && token.text.size() <= 2 && date.month != 0 && date.day == 0 && number(token.text) >= 1 &&
        number(token.text) <= 31)
      date.day = number(token.text);
  if (date.year == 0 && date.month == 0 && date.season.empty()) return std::nullopt;
  return date;
}

int findYear(std::string_view text) {
  int found = 0;
  for (const DatePart& token : tokens(text)) {
    if (!token.digits || token.text.size() != 4 || !isYear(number(token.text))) continue;
    if (found != 0 && found != number(token.text)) return 0;
    found = number(token.text);
  }
  return found;
}

}  // namespace winnow::formats
